import CRankineKernels
import RankineSupport
import Testing

/// Where a loop reads and writes: in place, in blocks, or in one long row, which must not show.
@Suite struct LoopPlacementTests {
  /// (x · scale + bias of the column, and that times x), both stored.
  func columnwise(_ rows: Int, _ columns: Int) -> LoopCase<Float> {
    var random = CounterRandom(seed: UInt64(rows * 1000 + columns))
    func draws(_ count: Int) -> [Float] { (0..<count).map { _ in Float(random.uniform() - 0.5) } }
    return LoopCase(
      extent: [rows, columns],
      inputs: [
        .init(values: draws(rows * columns), strides: [columns, 1]),
        .init(values: draws(columns), strides: [0, 1]),
      ],
      constants: [2],
      program: [step(RK_MULTIPLY_ADD, to: 3, 0, 2, 1), step(RK_MULTIPLY, to: 4, 3, 0)],
      outputs: [
        .init(count: rows * columns, strides: [columns, 1], value: 3),
        .init(count: rows * columns, strides: [columns, 1], value: 4),
      ])
  }

  @Test(arguments: [(7, 300), (3, 515), (2, 1031), (40, 257), (5, 512)])
  func rowsThatFillNoWholeVectorsAgreeWithDouble(_ rows: Int, _ columns: Int) {
    let loop = columnwise(rows, columns)
    let expected = loop.expected()
    onEveryLevel { level in
      for (got, wanted) in zip(loop.run(), expected) {
        #expect(areClose(got, wanted, within: Float.tolerance * 8), "\(level)")
      }
    }
  }

  @Test func oneLongRowAndRowByRowGiveTheSameBits() {
    onEveryLevel { _ in
      let whole = columnwise(9, 301)
      var byColumn = whole
      byColumn.chunkAxis = 1
      let expected = whole.run()
      #expect(whole.run(parts: [0..<2, 2..<3, 3..<9]) == expected)
      // A part of the columns cannot run as one long row.
      #expect(byColumn.run(parts: [0..<150, 150..<301]) == expected)
    }
  }

  @Test func bothOutputsMayOverwriteInputsOfTheSameShape() {
    onEveryLevel { _ in
      for columns in [20, 64, 300, 512, 700] {
        let count = 3 * columns
        let x = (0..<count).map { Float($0 % 31) }, y = (0..<count).map { Float($0 % 7) }
        // The first value is written while x is still to be read, by the second step.
        let loop = LoopCase<Float>(
          extent: [3, columns],
          inputs: [
            .init(values: x, strides: [columns, 1]), .init(values: y, strides: [columns, 1]),
          ],
          program: [step(RK_ADD, to: 2, 0, 1), step(RK_SUBTRACT, to: 3, 0, 1)],
          outputs: [
            .init(count: count, strides: [columns, 1], value: 2),
            .init(count: count, strides: [columns, 1], value: 3),
          ])
        let got = loop.run(inPlace: [0: 0, 1: 1])
        let sums: [Float] = zip(x, y).map { pair in pair.0 + pair.1 }
        let differences: [Float] = zip(x, y).map { pair in pair.0 - pair.1 }
        #expect(got[0] == sums)
        #expect(got[1] == differences)
      }
    }
  }

  @Test func aStoredValueIsSummedAsItWasStored() {
    onEveryLevel { _ in
      let values = (0..<1003).map { Float($0 % 5) }
      let loop = LoopCase<Float>(
        extent: [17, 59], inputs: [.init(values: values, strides: [59, 1])], constants: [2],
        program: [step(RK_MULTIPLY, to: 2, 0, 1)],
        outputs: [
          .init(count: 1003, strides: [59, 1], value: 2),
          .init(count: 1, strides: [0, 0], value: 2, combine: RK_SUM),
          .init(count: 59, strides: [0, 1], value: 2, combine: RK_SUM),
        ])
      let got = loop.run()
      let total: Float = got[0].reduce(0, +)
      let lastColumn: [Float] = (0..<17).map { row in got[0][59 * row + 58] }
      let lastSum: Float = lastColumn.reduce(0, +)
      #expect(got[1][0] == total)
      #expect(got[2][58] == lastSum)
    }
  }
}
