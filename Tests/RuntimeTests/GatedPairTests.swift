import CRankineKernels
import RankineSupport
import Testing

/// Sums of terms that count where one value is above another, against two nested loops in Double.
@Suite struct GatedPairTests {
  /// A row's value and key, a column's value and key, one constant, and two values of the pair.
  private enum Number {
    static let row = 0, rowKey = 1, column = 2, columnKey = 3, half = 4, product = 5, sum = 6
  }

  /// Values of both terms' forms, with what their gates compare, for a sum and for its slopes.
  struct Terms: Sendable, CustomTestStringConvertible {
    let testDescription: String
    let terms: [rk_pair_term]
    let slopes: [rk_pair_term]
  }

  private static func term(
    _ form: rk_pair_form, _ operands: (Int, Int, Int), above: Int, below: Int
  ) -> rk_pair_term {
    rk_pair_term(
      form: UInt16(form.rawValue), a: UInt16(operands.0), b: UInt16(operands.1),
      c: UInt16(operands.2), above: UInt16(above), below: UInt16(below))
  }

  private static func wins(_ form: rk_pair_form, _ operands: (Int, Int, Int)) -> rk_pair_term {
    term(form, operands, above: Number.rowKey, below: Number.columnKey)
  }

  private static func loses(_ form: rk_pair_form, _ operands: (Int, Int, Int)) -> rk_pair_term {
    term(form, operands, above: Number.columnKey, below: Number.rowKey)
  }

  private static let value = (Number.product, Number.product, Number.product)
  private static let factors = (Number.row, Number.column, Number.sum)
  private static let falling = (Number.column, Number.row, Number.product)
  private static let rising = (Number.row, Number.column, Number.half)

  private static let cases: [Terms] = {
    let forms: [(String, rk_pair_form, (Int, Int, Int))] = [
      ("value", RK_PAIR_VALUE, value), ("product", RK_PAIR_PRODUCT, factors),
      ("ramp", RK_PAIR_RAMP, falling), ("other ramp", RK_PAIR_RAMP, rising),
    ]
    // In both orders, every form with every other.
    var cases = forms.flatMap { first in
      forms.map { second in
        Terms(
          testDescription: "\(first.0) and \(second.0)",
          terms: [wins(first.1, first.2), loses(second.1, second.2)],
          slopes: [wins(second.1, second.2), loses(first.1, first.2)])
      }
    }
    let general = (Number.product, Number.sum, Number.half)
    for (name, form) in forms.dropLast().map({ ($0.0, $0.1) }) + [("square", RK_PAIR_SQUARE)] {
      cases.append(
        Terms(
          testDescription: "\(name) of pairs alone",
          terms: [term(form, general, above: Number.sum, below: Number.half)],
          slopes: [
            loses(form, general), term(form, general, above: Number.half, below: Number.product),
          ]))
    }
    // Ramps of one column with one addend, and values that are the same in both orders.
    let down = (Number.column, Number.row, Number.half)
    let shared: [(String, rk_pair_form, rk_pair_form)] = [
      ("squares and ramps", RK_PAIR_SQUARE, RK_PAIR_RAMP),
      ("squares", RK_PAIR_SQUARE, RK_PAIR_SQUARE),
      ("ramps and values", RK_PAIR_RAMP, RK_PAIR_VALUE),
      ("ramps", RK_PAIR_RAMP, RK_PAIR_RAMP),
    ]
    for (name, form, slope) in shared {
      let ramps = slope == RK_PAIR_VALUE ? (value, value) : (down, rising)
      cases.append(
        Terms(
          testDescription: "\(name) that share",
          terms: [wins(form, down), loses(form, rising)],
          slopes: [wins(slope, ramps.0), loses(slope, ramps.1)]))
    }
    let sum = (Number.sum, Number.sum, Number.sum)
    cases.append(
      Terms(
        testDescription: "a product and its factor",
        terms: [wins(RK_PAIR_PRODUCT, factors), loses(RK_PAIR_VALUE, sum)],
        slopes: [wins(RK_PAIR_VALUE, sum), loses(RK_PAIR_PRODUCT, factors)]))
    cases.append(
      Terms(
        testDescription: "one order", terms: [wins(RK_PAIR_PRODUCT, factors)],
        slopes: [loses(RK_PAIR_RAMP, falling)]))
    return cases
  }()

  /// The sum of the terms, and their slopes' sums per row and, negated, per column.
  private static func outputs(_ terms: Terms, isSecondSubtracted: Bool) -> [rk_pair_output] {
    [(RK_ALL, terms.terms), (RK_ROWS, terms.slopes), (RK_COLUMNS, terms.slopes)].map { sum, list in
      rk_pair_output(
        value: 0, sum: UInt8(sum.rawValue), is_negated: sum == RK_ROWS ? 0 : 1,
        term_count: UInt8(list.count), is_second_subtracted: isSecondSubtracted ? 1 : 0,
        terms: (list[0], list.count > 1 ? list[1] : rk_pair_term()))
    }
  }

  private struct Problem<Real: KernelReal> {
    let rows: Int, columns: Int
    let row: [Memory<Real>], column: [Memory<Real>]

    /// Keys with ties, some of them missing.
    init(_ rows: Int, _ columns: Int) {
      (self.rows, self.columns) = (rows, columns)
      var random = CounterRandom(seed: UInt64(rows * 31 + columns))
      func side(_ count: Int) -> [Memory<Real>] {
        let values = (0..<count).map { _ in Real(random.uniform() * 4 - 2) }
        let keys = (0..<count).map { i in
          i % 7 == 6 ? Real.nan : Real((random.uniform() * 6).rounded())
        }
        return [Memory(values), Memory(keys)]
      }
      row = side(rows)
      column = side(columns)
    }

    private var program: [rk_instruction] {
      [
        step(RK_MULTIPLY, to: Number.product, Number.row, Number.column),
        step(RK_ADD, to: Number.sum, Number.product, Number.half),
      ]
    }

    func run(_ outputs: [rk_pair_output]) -> [[Real]] {
      let results = outputs.map {
        Memory<Real>(count: $0.sum == RK_COLUMNS.rawValue ? columns : rows)
      }
      let pointers: [UnsafeMutableRawPointer?] = results.map { UnsafeMutableRawPointer($0.base) }
      let rowInputs = row.map { rk_pair_input(base: $0.base, lead_stride: 0) }
      let columnInputs = column.map { rk_pair_input(base: $0.base, lead_stride: 0) }
      var pair = rk_pair()
      pair.type = Int32(Real.kernelType.rawValue)
      (pair.row_input_count, pair.column_input_count, pair.constant_count) = (2, 2, 1)
      (pair.rows, pair.columns, pair.slot_count) = (rows, columns, 2)
      rowInputs.withUnsafeBufferPointer { rowInputs in
        columnInputs.withUnsafeBufferPointer { columnInputs in
          program.withUnsafeBufferPointer { program in
            outputs.withUnsafeBufferPointer { outputs in
              withUnsafePointer(to: 0.5) { half in
                pair.row_inputs = rowInputs.baseAddress
                pair.column_inputs = columnInputs.baseAddress
                pair.instruction_count = Int32(program.count)
                pair.instructions = program.baseAddress
                pair.output_count = Int32(outputs.count)
                pair.outputs = outputs.baseAddress
                pair.constants = half
                rk_run_pair(&pair, 0, 0, rows, 0, columns, pointers)
              }
            }
          }
        }
      }
      return results.map(\.values)
    }

    func expected(_ outputs: [rk_pair_output]) -> [[Double]] {
      var results = outputs.map {
        Array(repeating: 0.0, count: $0.sum == RK_COLUMNS.rawValue ? columns : rows)
      }
      for i in 0..<rows {
        for j in 0..<columns {
          let values = evaluate(
            program, slots: 2,
            on: row.map { Double($0.base[i]) } + column.map { Double($0.base[j]) } + [0.5])
          func total(_ term: rk_pair_term) -> Double {
            let (a, b, c) = (values[Int(term.a)], values[Int(term.b)], values[Int(term.c)])
            guard values[Int(term.above)] > values[Int(term.below)] else { return 0 }
            return switch rk_pair_form(UInt32(term.form)) {
            case RK_PAIR_VALUE: a
            case RK_PAIR_PRODUCT: a * b * c
            case RK_PAIR_SQUARE: max(a - b, 0) * max(a - b, 0) * c
            default: max(a - b, 0) + c
            }
          }
          for (number, output) in outputs.enumerated() {
            let second = output.term_count > 1 ? total(output.terms.1) : 0
            let sum = total(output.terms.0) + (output.is_second_subtracted != 0 ? -second : second)
            results[number][output.sum == RK_COLUMNS.rawValue ? j : i] +=
              output.is_negated != 0 ? -sum : sum
          }
        }
      }
      return results
    }
  }

  private func expectAgreement<Real: KernelReal>(_ terms: Terms, _ type: Real.Type) {
    for (rows, columns) in [(0, 3), (2, 0), (3, 5), (5, 64), (3, 1100)] {
      let problem = Problem<Real>(rows, columns)
      for isSecondSubtracted in [false, true] {
        let outputs = Self.outputs(terms, isSecondSubtracted: isSecondSubtracted)
        let wanted = problem.expected(outputs)
        onEveryLevel { level in
          let got = problem.run(outputs)
          for number in outputs.indices {
            #expect(
              areClose(got[number], wanted[number], within: Real.tolerance * 100, scale: 8),
              "output \(number) of \(rows)x\(columns) in \(type) on \(level)")
          }
        }
      }
    }
  }

  @Test(arguments: cases) func gatedTermsAgreeWithDouble(_ terms: Terms) {
    expectAgreement(terms, Float.self)
    expectAgreement(terms, Double.self)
  }

  /// A sum taken with its slopes in one pass is the sum taken alone.
  @Test(arguments: cases) func aSumDoesNotDependOnWhatIsSummedBesideIt(_ terms: Terms) {
    let problem = Problem<Float>(5, 300)
    let outputs = Self.outputs(terms, isSecondSubtracted: true)
    onEveryLevel { _ in
      let together = problem.run(outputs)
      let alone = outputs.map { problem.run([$0])[0] }
      for number in outputs.indices {
        #expect(
          areClose(
            together[number], alone[number].map { Double($0) }, within: Float.tolerance * 20,
            scale: 8))
      }
    }
  }
}
