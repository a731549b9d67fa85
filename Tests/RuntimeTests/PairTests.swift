import CRankineKernels
import RankineSupport
import Testing

/// Pair sums against two nested loops in Double.
@Suite struct PairTests {
  /// Two row inputs, two column inputs, one scalar, one constant, so slots begin at 6; the columns
  /// of the problem are `columns`, and `lead` picks the second of two tasks.
  struct Problem<Real: KernelReal> {
    let rows: Int, columns: Int
    let row: [Memory<Real>], column: [Memory<Real>], scalar: Memory<Real>
    let program = [
      step(RK_MULTIPLY, to: 6, 0, 4), step(RK_TANH, to: 7, 3), step(RK_SUBTRACT, to: 8, 6, 2),
      step(RK_SIGMOID, to: 8, 8), step(RK_GREATER, to: 6, 1, 3), step(RK_MULTIPLY, to: 8, 8, 6),
      step(RK_MULTIPLY_ADD, to: 9, 8, 7, 5), step(RK_ADD, to: 6, 4, 5),
    ]
    let outputs: [(value: Int, sum: rk_pair_sum, isNegated: Bool)] = [
      (8, RK_ROWS, false), (9, RK_COLUMNS, true), (9, RK_ALL, false), (7, RK_ROWS, true),
      (7, RK_COLUMNS, false), (0, RK_ROWS, true), (0, RK_COLUMNS, true), (6, RK_COLUMNS, false),
      (6, RK_ROWS, false), (3, RK_COLUMNS, true),
    ]

    init(rows: Int, columns: Int) {
      (self.rows, self.columns) = (rows, columns)
      var random = CounterRandom(seed: UInt64(rows + 7 * columns))
      func draws(_ count: Int) -> Memory<Real> {
        Memory((0..<2 * count).map { _ in Real(random.uniform() * 4 - 2) })
      }
      row = [draws(rows), draws(rows)]
      column = [draws(columns), draws(columns)]
      scalar = draws(1)
    }

    func run(_ rowRange: Range<Int>, _ columnRange: Range<Int>) -> [[Real]] {
      let results = outputs.map { Memory<Real>(count: $0.sum == RK_COLUMNS ? columns : rows) }
      let pointers: [UnsafeMutableRawPointer?] = results.map { UnsafeMutableRawPointer($0.base) }
      let rowInputs = row.map { rk_pair_input(base: $0.base, lead_stride: rows) }
      let columnInputs = column.map { rk_pair_input(base: $0.base, lead_stride: columns) }
      let scalars = [rk_pair_input(base: scalar.base, lead_stride: 1)]
      let sums = outputs.map {
        rk_pair_output(
          value: UInt16($0.value), sum: UInt8($0.sum.rawValue),
          is_negated: $0.isNegated ? 1 : 0, term_count: 0, is_second_subtracted: 0,
          terms: (rk_pair_term(), rk_pair_term()))
      }
      rowInputs.withUnsafeBufferPointer { rowInputs in
        columnInputs.withUnsafeBufferPointer { columnInputs in
          scalars.withUnsafeBufferPointer { scalars in
            program.withUnsafeBufferPointer { program in
              sums.withUnsafeBufferPointer { sums in
                withUnsafePointer(to: 0.25) { constants in
                  var pair = rk_pair()
                  pair.type = Int32(Real.kernelType.rawValue)
                  pair.row_input_count = 2
                  pair.column_input_count = 2
                  pair.scalar_input_count = 1
                  pair.constant_count = 1
                  pair.instruction_count = Int32(program.count)
                  pair.output_count = Int32(sums.count)
                  pair.slot_count = 4
                  pair.rows = rows
                  pair.columns = columns
                  pair.row_inputs = rowInputs.baseAddress
                  pair.column_inputs = columnInputs.baseAddress
                  pair.scalar_inputs = scalars.baseAddress
                  pair.constants = constants
                  pair.instructions = program.baseAddress
                  pair.outputs = sums.baseAddress
                  rk_run_pair(
                    &pair, 1, rowRange.lowerBound, rowRange.upperBound, columnRange.lowerBound,
                    columnRange.upperBound, pointers)
                }
              }
            }
          }
        }
      }
      return results.map(\.values)
    }

    func expected(_ rowRange: Range<Int>, _ columnRange: Range<Int>) -> [[Double]] {
      var results = outputs.map { output in
        let count = output.sum == RK_COLUMNS ? columns : rows
        let touched = output.sum == RK_COLUMNS ? columnRange : rowRange
        return (0..<count).map { touched.contains($0) ? 0.0 : -77 }
      }
      for i in rowRange {
        for j in columnRange {
          let values = evaluate(
            program, slots: 4,
            on: row.map { Double($0.base[rows + i]) } + column.map { Double($0.base[columns + j]) }
              + [Double(scalar.base[1]), 0.25])
          for (number, output) in outputs.enumerated() {
            results[number][output.sum == RK_COLUMNS ? j : i] +=
              output.isNegated ? -values[output.value] : values[output.value]
          }
        }
      }
      return results
    }
  }

  func expectAgreement<Real: KernelReal>(_ rows: Int, _ columns: Int, _ type: Real.Type) {
    let problem = Problem<Real>(rows: rows, columns: columns)
    for (i, j) in [(0..<rows, 0..<columns), (rows / 3..<rows, columns / 2..<columns)] {
      let expected = problem.expected(i, j)
      onEveryLevel { level in
        for (number, (got, wanted)) in zip(problem.run(i, j), expected).enumerated() {
          #expect(
            areClose(got, wanted, within: Real.tolerance * Double(rows + columns)),
            "output \(number) of \(rows)x\(columns) in \(type) on \(level)")
        }
      }
    }
  }

  @Test(arguments: [(0, 5), (5, 0), (1, 1), (3, 16), (7, 255), (4, 257), (5, 600)])
  func sumsAgreeWithDouble(_ rows: Int, _ columns: Int) {
    expectAgreement(rows, columns, Float.self)
    expectAgreement(rows, columns, Double.self)
  }

  @Test func rowSumsDoNotDependOnHowRowsAreSplit() {
    let problem = Problem<Float>(rows: 9, columns: 300)
    onEveryLevel { _ in
      let whole = problem.run(0..<9, 0..<300), part = problem.run(4..<9, 0..<300)
      #expect(whole[0][4...] == part[0][4...])
      #expect(whole[2][4...] == part[2][4...])
    }
  }
}
