import CRankineKernels
import RankineSupport
import Testing

/// Elementwise loops against the same program run element by element in Double.
@Suite struct LoopTests {
  /// (x + bias) · scale, its sums over rows, over columns and over both, and its largest entries.
  func affine<Real: KernelReal>(_ rows: Int, _ columns: Int, _ type: Real.Type) -> LoopCase<Real> {
    var random = CounterRandom(seed: UInt64(rows * 1000 + columns))
    func draws(_ count: Int) -> [Real] { (0..<count).map { _ in Real(random.uniform() - 0.5) } }
    return LoopCase(
      extent: [rows, columns],
      inputs: [
        .init(values: draws(rows * columns), strides: [columns, 1]),
        .init(values: draws(columns), strides: [0, 1]),
        .init(values: draws(rows), strides: [1, 0]),
      ],
      constants: [2],
      // Slot 4 holds a value that varies with the row alone before it holds one that varies
      // with both, and is read each time.
      program: [
        step(RK_MULTIPLY, to: 4, 2, 3), step(RK_ADD, to: 5, 0, 1),
        step(RK_MULTIPLY, to: 5, 5, 4), step(RK_ADD, to: 4, 5, 4),
      ],
      outputs: [
        .init(count: rows * columns, strides: [columns, 1], value: 5),
        .init(count: rows * columns, strides: [1, rows], value: 4),
        .init(count: columns, strides: [0, 1], value: 5, combine: RK_SUM),
        .init(count: rows, strides: [1, 0], value: 4, combine: RK_SUM),
        .init(count: 1, strides: [0, 0], value: 5, combine: RK_SUM),
        .init(count: rows, strides: [1, 0], value: 5, combine: RK_LARGEST),
        .init(count: columns, strides: [0, 1], value: 4, combine: RK_LARGEST),
        .init(count: rows, strides: [1, 0], value: 2, combine: RK_SUM),
        .init(count: columns, strides: [0, 1], value: 3, combine: RK_SUM),
        .init(count: columns, strides: [0, 1], value: 0, combine: RK_SUM_OF_PRODUCTS, factor: 5),
        .init(count: rows, strides: [1, 0], value: 4, combine: RK_SUM_OF_PRODUCTS, factor: 4),
        .init(count: 1, strides: [0, 0], value: 2, combine: RK_SUM_OF_PRODUCTS, factor: 5),
        .init(count: columns, strides: [0, 1], value: 2, combine: RK_SUM_OF_PRODUCTS, factor: 3),
      ])
  }

  func expectAgreement<Real: KernelReal>(_ loop: LoopCase<Real>, _ note: String) {
    let tolerance = Real.tolerance * (8 + Double(loop.extent.reduce(1, *)).squareRoot())
    let expected = loop.expected()
    onEveryLevel { level in
      for (number, (got, wanted)) in zip(loop.run(), expected).enumerated() {
        #expect(
          areClose(got, wanted, within: tolerance), "output \(number) of \(note) on \(level)")
      }
    }
  }

  @Test(arguments: [
    (1, 1), (1, 700), (5, 1), (3, 2), (61, 7), (33, 16), (9, 64), (4, 129), (3, 257),
  ])
  func broadcastsAndReductionsAgreeWithDouble(_ rows: Int, _ columns: Int) {
    expectAgreement(affine(rows, columns, Float.self), "\(rows)x\(columns) float")
    expectAgreement(affine(rows, columns, Double.self), "\(rows)x\(columns) double")
  }

  func randomCase<Real: KernelReal>(_ seed: UInt64, _ type: Real.Type) -> LoopCase<Real> {
    var random = CounterRandom(seed: seed)
    func below(_ bound: Int) -> Int { Int(random.uniform() * Double(bound)) }
    let extent = (0..<1 + below(5)).map { _ in [1, 2, 3, 5, 17, 40][below(6)] }
      .reduce(into: [Int]()) { $0.append($0.reduce(1, *) * $1 > 1500 ? 1 : $1) }
    // Strides of a permuted, possibly gapped array, with some axes broadcast.
    func strides(broadcasting share: Double) -> (strides: [Int], count: Int) {
      var strides = extent.map { _ in 0 }, next = 1 + below(2)
      let order = below(3) > 0 ? Array(extent.indices.reversed()) : random.permutation(extent.count)
      for axis in order where random.uniform() >= share {
        strides[axis] = next
        next *= extent[axis]
      }
      return (strides, 1 + zip(extent, strides).reduce(0) { $0 + ($1.0 - 1) * $1.1 })
    }
    var loop = LoopCase<Real>(extent: extent, constants: [0.5, -1])
    for _ in 0..<3 {
      let layout = strides(broadcasting: 0.3)
      let values = (0..<layout.count).map { _ in Real(random.uniform() * 2 - 1) }
      loop.inputs.append(.init(values: values, strides: layout.strides))
    }
    let operations = [
      RK_ADD, RK_SUBTRACT, RK_MULTIPLY, RK_MAXIMUM, RK_MINIMUM, RK_TANH, RK_SIGMOID, RK_NEGATE,
      RK_ABS, RK_MULTIPLY_ADD, RK_SUBTRACT_PRODUCT, RK_ADD_PRODUCTS, RK_SUBTRACT_MULTIPLY,
    ]
    var written = Array(0..<5)
    for _ in 0..<8 {
      func any() -> Int { written[below(written.count)] }
      let to = 5 + below(loop.slots)
      let operation = operations[below(operations.count)]
      loop.program.append(step(operation, to: to, any(), any(), any(), any()))
      loop.program.append(step(RK_TANH, to: to, to))
      if !written.contains(to) { written.append(to) }
    }
    for combine in [RK_STORE, RK_SUM, RK_LARGEST] {
      let layout = strides(broadcasting: combine == RK_STORE ? 0 : 0.5)
      loop.outputs.append(
        .init(
          count: layout.count, strides: layout.strides, value: written[below(written.count)],
          combine: combine))
    }
    return loop
  }

  @Test func randomProgramsAgreeWithDouble() {
    for seed in 0..<60 as Range<UInt64> {
      expectSameWhereWritten(randomCase(seed, Float.self), "seed \(seed) float")
      expectSameWhereWritten(randomCase(seed, Double.self), "seed \(seed) double")
    }
  }

  /// Gaps of an output keep what was there, which is -77 on both sides except in combined ones.
  func expectSameWhereWritten<Real: KernelReal>(_ loop: LoopCase<Real>, _ note: String) {
    let tolerance = Real.tolerance * (40 + Double(loop.extent.reduce(1, *)))
    let expected = loop.expected()
    onEveryLevel { level in
      for (number, (got, wanted)) in zip(loop.run(), expected).enumerated() {
        let wrong = zip(got, wanted).first {
          $0 != -77 && !isClose(Double($0), $1, within: tolerance)
        }
        #expect(wrong == nil, "output \(number) of \(note) on \(level)")
      }
    }
  }

  @Test func runningAnAxisInPartsGivesTheSameBits() {
    onEveryLevel { _ in
      for (rows, columns) in [(37, 5), (12, 300), (50, 64)] {
        var byRow = affine(rows, columns, Float.self)
        byRow.outputs.removeAll { $0.combine != RK_STORE && $0.strides[0] == 0 }
        #expect(byRow.run(parts: [0..<1, 1..<7, 7..<7, 7..<rows]) == byRow.run())
        var byColumn = affine(rows, columns, Float.self)
        byColumn.chunkAxis = 1
        byColumn.outputs.removeAll { $0.combine != RK_STORE && $0.strides[1] == 0 }
        let inParts = byColumn.run(parts: [0..<2, 2..<3, 3..<columns]), whole = byColumn.run()
        for (number, (part, all)) in zip(inParts, whole).enumerated() {
          let isSame = part == all
          #expect(isSame, "output \(number) of \(rows)x\(columns)")
        }
      }
    }
  }

  @Test(arguments: [1, 31, 256, 1000])
  func anOutputMayOverwriteAnInput(_ count: Int) {
    let values = (0..<count).map { Float($0) * 0.25 }
    let loop = LoopCase<Float>(
      extent: [count], inputs: [.init(values: values, strides: [1])], constants: [3],
      program: [step(RK_MULTIPLY, to: 2, 0, 1), step(RK_ADD, to: 3, 2, 0)],
      outputs: [.init(count: count, strides: [1], value: 3)])
    onEveryLevel { _ in #expect(loop.run(inPlace: [0: 0])[0] == values.map { $0 * 4 }) }
  }

  /// x ← 4 x beside Σ x · 4 x, which must see the x before.
  @Test(arguments: [3, 16, 1000])
  func aSumOfProductsReadsAnInputBeforeItIsOverwritten(_ count: Int) {
    let values = (0..<count).map { Double($0) * 0.25 - 1 }
    let loop = LoopCase<Double>(
      extent: [count], inputs: [.init(values: values, strides: [1])], constants: [4],
      program: [step(RK_MULTIPLY, to: 2, 0, 1)],
      outputs: [
        .init(count: count, strides: [1], value: 2),
        .init(count: 1, strides: [0], value: 0, combine: RK_SUM_OF_PRODUCTS, factor: 2),
      ])
    onEveryLevel { _ in
      let results = loop.run(inPlace: [0: 0])
      #expect(results[0] == values.map { $0 * 4 })
      #expect(results[1] == [values.reduce(0) { $0 + $1 * $1 * 4 }])
    }
  }

  @Test func reducingNothingGivesZeroAndMinusInfinity() {
    let loop = LoopCase<Float>(
      extent: [3, 0], inputs: [.init(values: [1], strides: [0, 1])],
      outputs: [
        .init(count: 3, strides: [1, 0], value: 0, combine: RK_SUM),
        .init(count: 3, strides: [1, 0], value: 0, combine: RK_LARGEST),
        .init(count: 2, strides: [0, 1], value: 0),
      ])
    onEveryLevel { _ in
      #expect(loop.run() == [[0, 0, 0], Array(repeating: -.infinity, count: 3), [-77, -77]])
    }
  }

  @Test(arguments: [1, 40, 300])
  func theLargestOfASetWithNaNIsNaN(_ place: Int) {
    var values = [Float](repeating: 1, count: 301)
    values[place] = .nan
    let loop = LoopCase<Float>(
      extent: [301], inputs: [.init(values: values, strides: [1])],
      outputs: [.init(count: 1, strides: [0], value: 0, combine: RK_LARGEST)])
    onEveryLevel { _ in #expect(loop.run()[0][0].isNaN) }
  }
}
