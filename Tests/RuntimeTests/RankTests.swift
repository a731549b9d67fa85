import CRankineKernels
import Foundation
import RankineSupport
import Testing

/// The smoothed rank criterion, in factored and in direct form, against its definition in Double.
@Suite struct RankTests {
  struct Problem<Real: KernelReal> {
    let rows: Int, columns: Int
    let row: [Memory<Real>], column: [Memory<Real>]  // score, high, low

    /// Integer outcomes with ties; one in `missing` is NaN, and `width` is high less low.
    init(_ rows: Int, _ columns: Int, spread: Double = 6, missing: Int = 9, width: Double = 0.5) {
      (self.rows, self.columns) = (rows, columns)
      var random = CounterRandom(seed: UInt64(rows * 31 + columns))
      func side(_ count: Int) -> [Memory<Real>] {
        let score = (0..<count).map { _ in Real((random.uniform() - 0.5) * spread) }
        let low = (0..<count).map { i in
          i % missing == missing - 1 ? Real.nan : Real((random.uniform() * 8).rounded())
        }
        return [Memory(score), Memory(low.map { $0 + Real(width) }), Memory(low)]
      }
      row = side(rows)
      column = side(columns)
    }

    /// Row value, row slope, column slope; nil for those not wanted.
    func run(
      _ i: Range<Int>, _ j: Range<Int>, factored: Bool, wants: [Bool] = [true, true, true]
    ) -> [[Real]]? {
      let results = [
        Memory<Real>(count: rows), Memory<Real>(count: rows), Memory<Real>(count: columns),
      ]
      let rowFactor = Memory<Real>(count: rows), columnFactor = Memory<Real>(count: columns)
      func input(_ memory: Memory<Real>) -> rk_pair_input {
        rk_pair_input(base: memory.base, lead_stride: 0)
      }
      var rank = rk_rank(
        type: Int32(Real.kernelType.rawValue), rows: rows, columns: columns,
        row_score: input(row[0]), row_high: input(row[1]), row_low: input(row[2]),
        column_score: input(column[0]), column_high: input(column[1]),
        column_low: input(column[2]))
      if factored, rk_rank_factors(&rank, 0, rowFactor.base, columnFactor.base) == 0 { return nil }
      let wanted = zip(results, wants).map { $1 ? $0.base : nil }
      rk_run_rank(
        &rank, 0, i.lowerBound, i.upperBound, j.lowerBound, j.upperBound,
        factored ? rowFactor.base : nil, factored ? columnFactor.base : nil, wanted[0], wanted[1],
        wanted[2])
      return results.map(\.values)
    }

    func expected(_ i: Range<Int>, _ j: Range<Int>) -> [[Double]] {
      var value = (0..<rows).map { i.contains($0) ? 0.0 : -77 }
      var slope = value
      var columnSlope = (0..<columns).map { j.contains($0) ? 0.0 : -77 }
      for r in i {
        for c in j {
          let d = Double(row[0].base[r]) - Double(column[0].base[c])
          let up = reference(RK_SIGMOID, d, 0, 0), down = reference(RK_SIGMOID, -d, 0, 0)
          let wins = row[1].base[r] > column[2].base[c] ? 1.0 : 0
          let loses = column[1].base[c] > row[2].base[r] ? 1.0 : 0
          value[r] += wins * up + loses * down
          slope[r] += (wins - loses) * up * down
          columnSlope[c] -= (wins - loses) * up * down
        }
      }
      return [value, slope, columnSlope]
    }
  }

  func expectAgreement<Real: KernelReal>(_ problem: Problem<Real>, _ note: String) {
    let (rows, columns) = (problem.rows, problem.columns)
    for (i, j) in [(0..<rows, 0..<columns), (rows / 4..<rows, columns / 3..<columns)] {
      let wanted = problem.expected(i, j)
      onEveryLevel { level in
        for factored in [false, true] {
          let got = problem.run(i, j, factored: factored)
          for part in 0..<3 {
            #expect(
              areClose(got?[part] ?? [], wanted[part], within: Real.tolerance * 20, scale: 8),
              "result \(part) of \(note) on \(level), factored \(factored)")
          }
        }
      }
    }
  }

  @Test(arguments: [(0, 3), (3, 0), (1, 1), (4, 16), (5, 17), (13, 100), (6, 2100)])
  func bothFormsAgreeWithTheDefinition(_ rows: Int, _ columns: Int) {
    expectAgreement(Problem<Float>(rows, columns), "float")
    expectAgreement(Problem<Double>(rows, columns), "double")
    // At zero width, equal outcomes are ties, which take no part.
    expectAgreement(Problem<Float>(rows, columns, width: 0), "strict float")
  }

  @Test func aWideSpreadIsRefusedAndTheDirectFormStaysFinite() {
    onEveryLevel { _ in
      #expect(Problem<Float>(8, 40, spread: 500).run(0..<8, 0..<40, factored: true) == nil)
      #expect(Problem<Double>(8, 40, spread: 5000).run(0..<8, 0..<40, factored: true) == nil)
      for spread in [78.0, 500, 6e38] {
        let problem = Problem<Float>(8, 40, spread: spread)
        let results = problem.run(0..<8, 0..<40, factored: spread < 80)
        #expect(results?.joined().allSatisfy(\.isFinite) == true)
      }
    }
  }

  @Test func aScoreThatIsNotFiniteIsRefused() {
    let problem = Problem<Float>(5, 9)
    problem.column[0].base[3] = .nan
    #expect(problem.run(0..<5, 0..<9, factored: true) == nil)
    problem.column[0].base[3] = -.infinity
    #expect(problem.run(0..<5, 0..<9, factored: true) == nil)
  }

  @Test func eachResultMayBeLeftOutWithoutChangingTheOthers() {
    let problem = Problem<Float>(7, 70)
    onEveryLevel { _ in
      for factored in [false, true] {
        let all = problem.run(0..<7, 0..<70, factored: factored)
        for kept in 0..<3 {
          let wants = (0..<3).map { $0 == kept }
          let one = problem.run(0..<7, 0..<70, factored: factored, wants: wants)
          #expect(one?[kept] == all?[kept])
        }
      }
    }
  }

  @Test func outcomesAllMissingGiveZeros() {
    let problem = Problem<Float>(6, 30, missing: 1)
    let zeros = [[Float](repeating: 0, count: 6), .init(repeating: 0, count: 6)]
    onEveryLevel { _ in
      #expect(
        problem.run(0..<6, 0..<30, factored: true) == zeros + [.init(repeating: 0, count: 30)])
    }
  }
}
