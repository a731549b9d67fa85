import CRankineKernels
import Foundation
import RankineSupport
import Testing

/// The scalar functions of block programs, against the C library in Double.
@Suite struct FunctionTests {
  static let unary = [
    RK_NEGATE, RK_EXP, RK_LOG, RK_SQRT, RK_SIGMOID, RK_TANH, RK_SOFTPLUS, RK_ABS, RK_SIGN,
  ]
  static let specials: [Double] = [
    0, -0.0, 1, -1, .infinity, -.infinity, .nan, 1e-300, 1e-40, 1e-30, -1e-30, 88.5, 89, -87, -103,
    -110, 709, 710, -745, -750, 1e30, -1e30,
  ]

  func apply<Real: KernelReal>(_ operation: rk_opcode, _ operands: [[Real]]) -> [Real] {
    let count = operands[0].count
    let loop = LoopCase<Real>(
      extent: [count], inputs: operands.map { .init(values: $0, strides: [1]) },
      program: [step(operation, to: operands.count, 0, 1 % operands.count, 2 % operands.count)],
      outputs: [.init(count: count, strides: [1], value: operands.count)])
    return loop.run()[0]
  }

  func expectUnary<Real: KernelReal>(_ operation: rk_opcode, _ type: Real.Type) {
    var random = CounterRandom(seed: 1)
    let spread = (0..<3000).map { i in
      (random.uniform() - 0.5) * [0.02, 2, 30, 230, 1600][i % 5]
    }
    let inputs = (Self.specials + spread).map { Real($0) }
    let outputs = apply(operation, [inputs])
    for (x, y) in zip(inputs, outputs) {
      let exact = reference(operation, Double(x), 0, 0)
      // The range of the type decides what overflows and what vanishes.
      let wanted = Double(Real(exact))
      let tiny = Double(Real.leastNormalMagnitude)
      #expect(
        isClose(Double(y), wanted, within: Real.tolerance, scale: tiny * 4),
        "\(operation) of \(x) is \(y), not \(wanted)")
    }
  }

  @Test(arguments: unary.map(\.rawValue))
  func aFunctionIsAccurateOverTheWholeRange(_ code: UInt32) {
    onEveryLevel { _ in
      expectUnary(rk_opcode(code), Float.self)
      expectUnary(rk_opcode(code), Double.self)
    }
  }

  func expectBinary<Real: KernelReal>(_ operation: rk_opcode, _ type: Real.Type) {
    let points: [Real] = [0, -0.0, 1, -2.5, 3, .infinity, -.infinity, .nan]
    let a = points.flatMap { x in points.map { _ in x } }
    let b = points.flatMap { _ in points }
    let c = points.flatMap { x in points.map { $0 + x / 2 } }
    for (i, y) in apply(operation, [a, b, c]).enumerated() {
      let wanted = reference(operation, Double(a[i]), Double(b[i]), Double(c[i]), Double(a[i]))
      #expect(
        isClose(Double(y), wanted, within: Real.tolerance),
        "\(operation) of \(a[i]), \(b[i]), \(c[i]) is \(y), not \(wanted)")
    }
  }

  @Test(
    arguments: [
      RK_ADD, RK_SUBTRACT, RK_MULTIPLY, RK_DIVIDE, RK_MAXIMUM, RK_MINIMUM, RK_GREATER, RK_EQUAL,
      RK_SELECT, RK_MULTIPLY_ADD, RK_MULTIPLY_SUBTRACT, RK_SUBTRACT_PRODUCT, RK_ADD_PRODUCTS,
      RK_MULTIPLY_TWICE, RK_ADD_MULTIPLY, RK_SUBTRACT_MULTIPLY, RK_DIVIDE_BY_SUM, RK_SQRT_PRODUCT,
    ].map(\.rawValue))
  func anOperatorTreatsInfinityAndNaNAsDocumented(_ code: UInt32) {
    onEveryLevel { _ in
      expectBinary(rk_opcode(code), Float.self)
      expectBinary(rk_opcode(code), Double.self)
    }
  }

  @Test func theArmNotSelectedMayBeNaN() {
    onEveryLevel { _ in
      let result: [Float] = apply(RK_SELECT, [[1, 0, -3], [5, .nan, 7], [.nan, 6, .nan]])
      #expect(result == [5, 6, 7])
    }
  }

  func expectFunctionsOfPowers<Real: KernelReal>(_ type: Real.Type) {
    let exponents = (-79 * 4...79 * 4).map { Double($0) / 4 }
    let ones = exponents.map { _ in Real(1) }
    let powers = exponents.map { Real(exp($0)) }, inverses = exponents.map { Real(exp(-$0)) }
    let logistic = apply(RK_LOGISTIC_OF_POWER, [powers, ones])
    // The fourth operand is the first.
    let logarithm = apply(RK_LOG_ONE_PLUS_LEAST, [ones, powers, inverses])
    for (i, x) in exponents.enumerated() {
      let power = Double(powers[i]), least = min(power, Double(inverses[i]))
      #expect(isClose(Double(logistic[i]) * (1 + power), 1, within: Real.tolerance), "at \(x)")
      #expect(
        isClose(Double(logarithm[i]) / log1p(least), 1, within: Real.tolerance), "at \(x)")
    }
  }

  @Test func functionsOfPowersAreAccurateRelativeToTheirValue() {
    onEveryLevel { _ in
      expectFunctionsOfPowers(Float.self)
      expectFunctionsOfPowers(Double.self)
    }
  }

  /// Below where the chain leaves out the smallest values, they are nothing beside this scale. Of the
  /// slope, 1 less sigma has an error of its last digit, times up to where sigma rounds to 1.
  func expectSilu<Real: KernelReal>(_ type: Real.Type) {
    let far: [Double] = [.nan, 0, -0.0, -80, -86.5, -100, -1e30, 80, 100, 1e30, -720]
    let inputs = (far + (-2000...2000).map { Double($0) / 40 }).map { Real($0) }
    let zeros = inputs.map { _ in Real(0) }
    let loop = LoopCase<Real>(
      extent: [inputs.count],
      inputs: [.init(values: inputs, strides: [1]), .init(values: zeros, strides: [1])],
      program: [step(RK_SILU_SLOPE, to: 2, 0, 1), step(RK_MORE, to: 3, 0)],
      outputs: [2, 3].map { .init(count: inputs.count, strides: [1], value: $0) })
    let results = loop.run()
    #expect(areClose(results[0], apply(RK_SILU, [inputs, zeros]).map { Double($0) }, within: 0))
    let scale = Double(Real.leastNormalMagnitude) * 1e20
    for (i, input) in inputs.enumerated() {
      let x = Double(input)
      let sigma = reference(RK_SIGMOID, x, 0, 0), rest = reference(RK_SIGMOID, -x, 0, 0)
      let value = Double(results[0][i]), slope = Double(results[1][i])
      #expect(isClose(value, x * sigma, within: Real.tolerance, scale: scale), "\(value) at \(x)")
      let wanted = sigma * (1 + x * rest)
      #expect(isClose(slope, wanted, within: Real.tolerance * 8), "slope \(slope) at \(x)")
    }
  }

  @Test func aLayerAndItsDerivativeAreAccurateForAnySize() {
    onEveryLevel { _ in
      expectSilu(Float.self)
      expectSilu(Double.self)
    }
  }
}
