import CRankineKernels
import Foundation

/// The instruction `slot[to] = operation(a, b, c, d)`.
func step(
  _ operation: rk_opcode, to: Int, _ a: Int, _ b: Int = 0, _ c: Int = 0, _ d: Int = 0
) -> rk_instruction {
  rk_instruction(
    op: UInt16(operation.rawValue), dst: UInt16(to), a: UInt16(a), b: UInt16(b), c: UInt16(c),
    d: UInt16(d))
}

/// What an opcode means, in Double.
func reference(
  _ operation: rk_opcode, _ a: Double, _ b: Double, _ c: Double, _ d: Double = .nan
) -> Double {
  switch operation {
  case RK_ADD: a + b
  case RK_SUBTRACT: a - b
  case RK_MULTIPLY: a * b
  case RK_DIVIDE: a / b
  case RK_MAXIMUM: a.isNaN || b.isNaN ? .nan : max(a, b)
  case RK_MINIMUM: a.isNaN || b.isNaN ? .nan : min(a, b)
  case RK_GREATER: a > b ? 1 : 0
  case RK_EQUAL: a == b ? 1 : 0
  case RK_SELECT: a != 0 ? b : c
  case RK_NEGATE: -a
  case RK_EXP: exp(a)
  case RK_LOG: log(a)
  case RK_SQRT: a.squareRoot()
  case RK_SIGMOID: a < 0 ? exp(a) / (1 + exp(a)) : 1 / (1 + exp(-a))
  case RK_TANH: tanh(a)
  case RK_SOFTPLUS: max(a, 0) + log1p(exp(-abs(a)))
  case RK_ABS: abs(a)
  case RK_SIGN: a.isNaN ? .nan : a > 0 ? 1 : a < 0 ? -1 : 0
  case RK_MULTIPLY_ADD: a * b + c
  case RK_MULTIPLY_SUBTRACT: a * b - c
  case RK_SUBTRACT_PRODUCT: c - a * b
  case RK_ADD_PRODUCTS: a * b + c * d
  case RK_MULTIPLY_TWICE: a * b * c
  case RK_ADD_MULTIPLY: (a + b) * c
  case RK_SUBTRACT_MULTIPLY: (a - b) * c
  case RK_DIVIDE_BY_SUM: c / (a + b)
  case RK_SQRT_PRODUCT: (a * b).squareRoot()
  default: .nan
  }
}

/// Runs a program on one set of values, in order; `values` are all before the slots.
func evaluate(_ program: [rk_instruction], slots: Int, on values: [Double]) -> [Double] {
  var values = values + Array(repeating: 0, count: slots)
  for step in program {
    values[Int(step.dst)] = reference(
      rk_opcode(UInt32(step.op)), values[Int(step.a)], values[Int(step.b)], values[Int(step.c)],
      values[Int(step.d)])
  }
  return values
}

/// An elementwise loop, to be run by the kernels or, obviously, in Double.
struct LoopCase<Real: KernelReal> {
  struct Input {
    var values: [Real]
    var strides: [Int]
  }
  struct Output {
    var count: Int
    var strides: [Int]
    var value: Int
    var combine: rk_combine = RK_STORE
    /// The other factor of a sum of products.
    var factor = 0
  }

  var extent: [Int]
  var inputs: [Input] = []
  var constants: [Double] = []
  var program: [rk_instruction] = []
  var slots = 4
  var outputs: [Output] = []
  var chunkAxis = 0

  /// The outputs after running the parts of the chunk axis one by one. `inPlace` maps outputs to
  /// the inputs that they overwrite.
  func run(parts: [Range<Int>]? = nil, inPlace: [Int: Int] = [:]) -> [[Real]] {
    run(inPlace: inPlace) { loop in
      for part in parts ?? [0..<extent[chunkAxis]] {
        rk_run_loop(&loop, part.lowerBound, part.upperBound)
      }
    }
  }

  /// The outputs after what `body` does with the loop.
  func run(inPlace: [Int: Int] = [:], _ body: (inout rk_loop) -> Void) -> [[Real]] {
    let sources = inputs.map { Memory($0.values) }
    let targets = outputs.enumerated().map { number, output in
      inPlace[number].map { sources[$0] } ?? Memory<Real>(count: output.count)
    }
    let inputStreams = zip(inputs, sources).map { stream($1.base, $0.strides) }
    let outputStreams = zip(outputs, targets).map { output, target in
      rk_output(
        to: stream(target.base, output.strides), value: UInt16(output.value),
        combine: UInt16(output.combine.rawValue), factor: UInt16(output.factor))
    }
    inputStreams.withUnsafeBufferPointer { inputs in
      outputStreams.withUnsafeBufferPointer { outputs in
        constants.withUnsafeBufferPointer { constants in
          program.withUnsafeBufferPointer { program in
            var loop = rk_loop()
            loop.type = Int32(Real.kernelType.rawValue)
            loop.rank = Int32(extent.count)
            withUnsafeMutableBytes(of: &loop.extent) { fill($0, with: extent) }
            loop.input_count = Int32(inputs.count)
            loop.constant_count = Int32(constants.count)
            loop.instruction_count = Int32(program.count)
            loop.output_count = Int32(outputs.count)
            loop.slot_count = Int32(slots)
            loop.chunk_axis = Int32(chunkAxis)
            loop.inputs = inputs.baseAddress
            loop.constants = constants.baseAddress
            loop.instructions = program.baseAddress
            loop.outputs = outputs.baseAddress
            body(&loop)
          }
        }
      }
    }
    return targets.map(\.values)
  }

  /// The same in Double, element by element.
  func expected() -> [[Double]] {
    var results = outputs.map { output in
      Array(
        repeating: output.combine == RK_STORE
          ? -77.0 : output.combine == RK_LARGEST ? -.infinity : 0,
        count: output.count)
    }
    for position in 0..<extent.reduce(1, *) {
      var rest = position
      var index = extent
      for axis in extent.indices.reversed() {
        (rest, index[axis]) = rest.quotientAndRemainder(dividingBy: extent[axis])
      }
      func offset(_ strides: [Int]) -> Int { zip(strides, index).reduce(0) { $0 + $1.0 * $1.1 } }
      let values = evaluate(
        program, slots: slots,
        on: inputs.map { Double($0.values[offset($0.strides)]) } + constants)
      for (number, output) in outputs.enumerated() {
        let place = offset(output.strides)
        switch output.combine {
        case RK_STORE: results[number][place] = values[output.value]
        case RK_SUM: results[number][place] += values[output.value]
        case RK_SUM_OF_PRODUCTS:
          results[number][place] += values[output.value] * values[output.factor]
        default:
          results[number][place] = reference(
            RK_MAXIMUM, results[number][place], values[output.value], 0)
        }
      }
    }
    return results
  }

  private func stream(_ base: UnsafeMutablePointer<Real>, _ strides: [Int]) -> rk_stream {
    var stream = rk_stream()
    stream.base = UnsafeMutableRawPointer(base)
    withUnsafeMutableBytes(of: &stream.stride) { fill($0, with: strides) }
    return stream
  }

  private func fill(_ bytes: UnsafeMutableRawBufferPointer, with values: [Int]) {
    bytes.copyBytes(from: values.withUnsafeBytes { Array($0) })
  }
}
