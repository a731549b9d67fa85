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

    /// Makes every third score equal to the one before it, and opens every seventh high key.
    func tieScores() {
      for side in [row, column] {
        for i in 0..<side[0].count where i % 3 == 2 { side[0].base[i] = side[0].base[i - 1] }
        for i in 0..<side[1].count where i % 7 == 6 { side[1].base[i] = .infinity }
      }
    }

    /// What a sweep gives: the sum of the values, the slopes per row and per column.
    struct Results: Equatable {
      var value: Double
      var rowSlope: [Real]
      var columnSlope: [Real]
      var form: rk_rank_form
      var isOrdered = false
    }

    /// Room for an order of the columns.
    func ordering() -> UnsafeMutableRawPointer {
      let size = rk_rank_ordering(Real.kernelType, rows, columns)
      let memory = UnsafeMutableRawPointer.allocate(byteCount: size, alignment: 64)
      memory.initializeMemory(as: UInt8.self, repeating: 0, count: size)
      return memory
    }

    /// Slopes that are not wanted stay at -77.
    func run(
      _ i: Range<Int>, _ j: Range<Int>, _ wanted: rk_rank_form = RK_RANK_FREE,
      rowSlope: Bool = true, columnSlope: Bool = true, ordering: UnsafeMutableRawPointer? = nil
    ) -> Results {
      let slopes = Memory<Real>(count: rows), columnSlopes = Memory<Real>(count: columns)
      let factors = Memory<Real>(count: rows), high = Memory<Real>(count: rows)
      let low = Memory<Real>(count: rows)
      func input(_ memory: Memory<Real>) -> rk_pair_input {
        rk_pair_input(base: memory.base, lead_stride: 0)
      }
      var rank = rk_rank(
        type: Int32(Real.kernelType.rawValue), rows: rows, columns: columns,
        row_score: input(row[0]), row_high: input(row[1]), row_low: input(row[2]),
        column_score: input(column[0]), column_high: input(column[1]),
        column_low: input(column[2]))
      var order = Array(repeating: Int32(-1), count: rows)
      var bases = Array(repeating: 0.0, count: rows + 1)
      var firsts = Array(repeating: Int32(0), count: rows + 2)
      return order.withUnsafeMutableBufferPointer { order in
        bases.withUnsafeMutableBufferPointer { bases in
          firsts.withUnsafeMutableBufferPointer { firsts in
            var plan = rk_rank_plan()
            plan.wanted = Int32(wanted.rawValue)
            (plan.order, plan.bases) = (order.baseAddress, bases.baseAddress)
            (plan.firsts, plan.row_factor) = (firsts.baseAddress, .init(factors.base))
            (plan.row_high, plan.row_low) = (.init(high.base), .init(low.base))
            // As much room as the largest of these problems needs, so that any may take the band.
            let room = UnsafeMutableRawPointer.allocate(byteCount: 400_000, alignment: 64)
            defer { room.deallocate() }
            plan.workspace = wanted == RK_RANK_BAND ? room : nil
            plan.ordering = ordering
            rk_plan_rank(&rank, 0, &plan)
            let value = rk_run_rank(
              &rank, 0, &plan, i.lowerBound, i.upperBound, j.lowerBound, j.upperBound,
              rowSlope ? slopes.base : nil, columnSlope ? columnSlopes.base : nil)
            var inPlace = slopes.values
            for (position, row) in order.enumerated() {
              inPlace[Int(row)] = slopes.base[position]
            }
            return Results(
              value: value + plan.saturated, rowSlope: inPlace, columnSlope: columnSlopes.values,
              form: rk_rank_form(UInt32(plan.form)), isOrdered: plan.is_ordered != 0)
          }
        }
      }
    }

    /// The same in Double by the definition, over all rows.
    func expected(_ j: Range<Int>) -> (value: Double, rowSlope: [Double], columnSlope: [Double]) {
      var value = 0.0
      var rowSlope = Array(repeating: 0.0, count: rows)
      var columnSlope = (0..<columns).map { j.contains($0) ? 0.0 : -77 }
      for r in 0..<rows {
        for c in j {
          let d = Double(row[0].base[r]) - Double(column[0].base[c])
          let up = reference(RK_SIGMOID, d, 0, 0), down = reference(RK_SIGMOID, -d, 0, 0)
          let wins = row[1].base[r] > column[2].base[c] ? 1.0 : 0
          let loses = column[1].base[c] > row[2].base[r] ? 1.0 : 0
          value += wins * up + loses * down
          rowSlope[r] += (wins - loses) * up * down
          columnSlope[c] -= (wins - loses) * up * down
        }
      }
      return (value, rowSlope, columnSlope)
    }
  }

  func expectAgreement<Real: KernelReal>(
    _ problem: Problem<Real>, _ note: String,
    forms: [rk_rank_form] = [RK_RANK_FREE, RK_RANK_DIRECT]
  ) {
    let (rows, columns) = (problem.rows, problem.columns)
    // The band numbers columns in an order of its own, so that a part of them is another part.
    let isBand = forms == [RK_RANK_BAND]
    for j in isBand ? [0..<columns] : [0..<columns, columns / 3..<columns] {
      let wanted = problem.expected(j)
      onEveryLevel { level in
        for form in forms {
          let got = problem.run(0..<rows, j, form)
          #expect(!isBand || got.form == RK_RANK_BAND)
          let note = "\(note) on \(level), form \(got.form.rawValue)"
          let within = Real.tolerance * 20
          #expect(isClose(got.value, wanted.value, within: within, scale: 8), "value of \(note)")
          #expect(areClose(got.rowSlope, wanted.rowSlope, within: within, scale: 8), "\(note)")
          #expect(
            areClose(got.columnSlope, wanted.columnSlope, within: within, scale: 8), "\(note)")
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

  /// Scores about 1,000 and -1,000, near each other and not: columns that fill a step up are like them.
  @Test(arguments: [(1000.0, 5.0), (-1000, 41), (1000, 50)])
  func scoresFarFromZeroAgreeWithTheDefinition(_ center: Double, _ spread: Double) {
    let float = Problem<Float>(13, 75, spread: spread)
    let double = Problem<Double>(13, 75, spread: spread * 8)
    for i in 0..<13 { float.row[0].base[i] += Float(center) }
    for i in 0..<75 { float.column[0].base[i] += Float(center) }
    for i in 0..<13 { double.row[0].base[i] += center }
    for i in 0..<75 { double.column[0].base[i] += center }
    expectAgreement(float, "float about \(center)")
    expectAgreement(double, "double about \(center)")
  }

  /// One base reaches over a spread of 56 (Double: 650), so these take from one to thirty.
  @Test(arguments: [40.0, 60, 115, 300, 1500])
  func factorsOfSeveralBasesAgreeWithTheDefinition(_ spread: Double) {
    expectAgreement(Problem<Float>(70, 90, spread: spread), "float of spread \(spread)")
    expectAgreement(Problem<Double>(70, 90, spread: spread * 10), "double of \(spread * 10)")
    #expect(Problem<Float>(70, 90, spread: spread).run(0..<70, 0..<90).form == RK_RANK_FACTORED)
  }

  /// Ties of scores, of keys and of both, missing and open keys; 2,100 columns are nine tiles.
  @Test(arguments: [3.0, 30, 45, 200, 2000])
  func theBandAgreesWithTheDefinition(_ spread: Double) {
    let sizes = [(1, 1), (9, 255), (40, 257), (90, 2100)]
    for (rows, columns) in sizes where rows == 1 || spread < 50 * Double(rows) {
      let float = Problem<Float>(rows, columns, spread: spread, width: 0)
      let double = Problem<Double>(rows, columns, spread: spread * 2)
      float.tieScores()
      double.tieScores()
      expectAgreement(float, "band of float, spread \(spread)", forms: [RK_RANK_BAND])
      expectAgreement(double, "band of double, spread \(spread * 2)", forms: [RK_RANK_BAND])
    }
  }

  @Test func pairsFarApartAreCountedExactly() {
    // Rows at 0 and 50 with keys 5 and 2, a tile of columns at -1000 and one at 2000, with
    // keys 1...4 in turn.
    let problem = Problem<Float>(2, 512, missing: 1000, width: 0)
    for (row, key) in [Float(5), 2].enumerated() {
      problem.row[0].base[row] = Float(row) * 50
      (problem.row[1].base[row], problem.row[2].base[row]) = (key, key)
    }
    for column in 0..<512 {
      problem.column[0].base[column] = column < 256 ? -1000 : 2000
      let key = Float(column % 4 + 1)
      (problem.column[1].base[column], problem.column[2].base[column]) = (key, key)
    }
    // Below, of each four keys 4 and 1 lose to the rows'; above, 0 and 2 win.
    onEveryLevel { _ in
      let got = problem.run(0..<2, 0..<512, RK_RANK_BAND)
      #expect(got.form == RK_RANK_BAND && got.value == 7 * 64)
      #expect(got.rowSlope == [0, 0] && got.columnSlope == .init(repeating: 0, count: 512))
    }
  }

  @Test func theBandIsLeftToScoresThatAreFinite() {
    let problem = Problem<Float>(5, 9)
    problem.column[0].base[3] = .infinity
    #expect(problem.run(0..<5, 0..<9, RK_RANK_BAND).form == RK_RANK_FACTORED)
  }

  @Test func columnsFarFromAllRowsAreSaturatedWithoutSlopes() {
    let problem = Problem<Float>(6, 4, spread: 1, missing: 99)
    for (column, score) in [Float(-3e38), -200, 200, 3e38].enumerated() {
      problem.column[0].base[column] = score
    }
    onEveryLevel { _ in
      let got = problem.run(0..<6, 0..<4)
      #expect(got.form == RK_RANK_FACTORED)
      #expect(isClose(got.value, problem.expected(0..<4).value, within: 1e-6))
      #expect((got.rowSlope + got.columnSlope).allSatisfy { abs($0) < 1e-12 })
    }
  }

  @Test func rowsTooFarApartToShareBasesTakeTheDirectForm() {
    let problem = Problem<Float>(8, 40, spread: 6e38)
    onEveryLevel { _ in
      let got = problem.run(0..<8, 0..<40)
      #expect(got.form == RK_RANK_DIRECT)
      #expect((got.rowSlope + got.columnSlope).allSatisfy { $0.isFinite })
      #expect(got.value.isFinite)
    }
  }

  @Test func aRowScoreThatIsNotFiniteTakesTheDirectForm() {
    let problem = Problem<Float>(5, 9)
    problem.row[0].base[3] = .nan
    #expect(problem.run(0..<5, 0..<9).form == RK_RANK_DIRECT)
    #expect(problem.run(0..<5, 0..<9).value.isNaN)
    problem.row[0].base[3] = -.infinity
    #expect(problem.run(0..<5, 0..<9).form == RK_RANK_DIRECT)
  }

  @Test func aColumnScoreThatIsNotANumberShowsInTheValue() {
    let problem = Problem<Float>(5, 9, missing: 99)
    problem.column[0].base[3] = .nan
    onEveryLevel { _ in
      let got = problem.run(0..<5, 0..<9)
      #expect(got.form == RK_RANK_FACTORED && got.value.isNaN && got.columnSlope[3].isNaN)
    }
  }

  @Test func aSlopeMayBeLeftOutWithoutChangingTheOthers() {
    let problem = Problem<Float>(7, 70)
    onEveryLevel { _ in
      for form in [RK_RANK_FREE, RK_RANK_DIRECT] {
        let all = problem.run(0..<7, 0..<70, form)
        let noRows = problem.run(0..<7, 0..<70, form, rowSlope: false)
        let noColumns = problem.run(0..<7, 0..<70, form, columnSlope: false)
        let none = problem.run(0..<7, 0..<70, form, rowSlope: false, columnSlope: false)
        #expect(noRows.columnSlope == all.columnSlope && noColumns.rowSlope == all.rowSlope)
        #expect(Set([noRows.value, noColumns.value, none.value]) == [all.value])
      }
    }
  }

  @Test func slopesOfRowsDoNotDependOnHowRowsAreSplit() {
    let problem = Problem<Float>(9, 300)
    onEveryLevel { _ in
      let whole = problem.run(0..<9, 0..<300).rowSlope
      #expect(whole[4...] == problem.run(4..<9, 0..<300).rowSlope[4...])
    }
  }

  @Test func outcomesAllMissingGiveZeros() {
    let problem = Problem<Float>(6, 30, missing: 1)
    onEveryLevel { _ in
      let got = problem.run(0..<6, 0..<30)
      #expect(got.value == 0)
      #expect(got.rowSlope == .init(repeating: 0, count: 6))
      #expect(got.columnSlope == .init(repeating: 0, count: 30))
    }
  }

  private func expectOrderedAgreement<Real: KernelReal>(_ problem: Problem<Real>, _ note: String) {
    let (rows, columns) = (problem.rows, problem.columns)
    let within = Real.tolerance * 20
    onEveryLevel { level in
      let ordering = problem.ordering()
      defer { ordering.deallocate() }
      let before = (problem.column[1].values, problem.column[2].values)
      for keys in ["first", "kept", "changed"] {
        if keys == "changed" {
          for i in 0..<columns {
            let other = before.1[columns - 1 - i]
            (problem.column[1].base[i], problem.column[2].base[i]) = (other, other)
          }
        }
        let wanted = problem.expected(0..<columns)
        let got = problem.run(0..<rows, 0..<columns, columnSlope: false, ordering: ordering)
        let note: Comment = "\(keys) keys, \(note) on \(level)"
        #expect(got.isOrdered, note)
        #expect(isClose(got.value, wanted.value, within: within, scale: 8), note)
        #expect(areClose(got.rowSlope, wanted.rowSlope, within: within, scale: 8), note)
        let bare = problem.run(
          0..<rows, 0..<columns, rowSlope: false, columnSlope: false, ordering: ordering)
        #expect(bare.value == got.value, note)
        // Slopes per column are made without the order.
        let both = problem.run(0..<rows, 0..<columns, ordering: ordering)
        #expect(areClose(both.columnSlope, wanted.columnSlope, within: within, scale: 8), note)
        #expect(areClose(both.rowSlope, wanted.rowSlope, within: within, scale: 8), note)
      }
      for i in 0..<columns {
        (problem.column[1].base[i], problem.column[2].base[i]) = (before.0[i], before.1[i])
      }
    }
  }

  @Test(arguments: [(0, 3), (3, 0), (1, 1), (5, 17), (64, 600), (70, 2100)])
  func columnsInTheOrderOfTheirKeysAgreeWithTheDefinition(_ rows: Int, _ columns: Int) {
    for spread in [6.0, 400] {
      let few = rows < 10 && spread > 100
      // So few rows over so wide a range take an exponential per pair.
      if few { continue }
      expectOrderedAgreement(Problem<Float>(rows, columns, spread: spread, width: 0), "float")
      expectOrderedAgreement(Problem<Double>(rows, columns, spread: spread, width: 0), "double")
      // Rows of which it is not known how far they go.
      let open = Problem<Float>(rows, columns, spread: spread, width: 0)
      for i in 0..<rows where i % 3 == 0 { open.row[2].base[i] = .infinity }
      expectOrderedAgreement(open, "open rows")
      let nothing = Problem<Float>(rows, columns, spread: spread, missing: 1, width: 0)
      expectOrderedAgreement(nothing, "no keys")
    }
  }

  @Test func columnsWithTwoKeysAreNotOrdered() {
    let problem = Problem<Float>(12, 90)
    let ordering = problem.ordering()
    defer { ordering.deallocate() }
    let got = problem.run(0..<12, 0..<90, columnSlope: false, ordering: ordering)
    #expect(!got.isOrdered)
    #expect(got == problem.run(0..<12, 0..<90, columnSlope: false))
  }

  @Test func partsOfOrderedRowsAndColumnsAddUp() {
    let problem = Problem<Float>(64, 600, width: 0)
    let ordering = problem.ordering()
    defer { ordering.deallocate() }
    onEveryLevel { _ in
      let whole = problem.run(0..<64, 0..<600, columnSlope: false, ordering: ordering)
      var value = 0.0
      for rows in [0..<32, 32..<64] {
        for columns in [0..<64, 64..<320, 320..<600] {
          let part = problem.run(rows, columns, columnSlope: false, ordering: ordering)
          value += part.value
        }
      }
      #expect(isClose(value, whole.value, within: 1e-6, scale: 8))
    }
  }

  /// A score that is no number stays out of pairs that do not count.
  @Test func aScoreThatIsNoNumberStaysWithItsPairs() {
    let problem = Problem<Float>(8, 64)
    problem.column[0].base[8] = .nan
    #expect(problem.column[2].base[8].isNaN)
    onEveryLevel { _ in
      let got = problem.run(0..<8, 0..<64)
      #expect(got.value.isFinite && got.rowSlope.allSatisfy(\.isFinite))
    }
  }
}
