import CRankineKernels
import RankineSupport
import Testing

/// Products that end with a loop, against the product and the loop one after the other.
@Suite struct ClosedProductTests {
  /// A product op(A) op(B) over some leading indices, and a loop over its elements. Of the loop's
  /// inputs the first is the product; a column vector, a matrix of the product's size, a scalar and a
  /// row vector follow.
  struct Case<Real: KernelReal> {
    let lead: Int, m: Int, n: Int, k: Int, transposeA: Bool, transposeB: Bool
    let a: [Memory<Real>], b: [Memory<Real>]
    var loop: LoopCase<Real>

    init(_ lead: Int, _ m: Int, _ n: Int, _ k: Int, _ transposeA: Bool, _ transposeB: Bool) {
      (self.lead, self.m, self.n, self.k) = (lead, m, n, k)
      (self.transposeA, self.transposeB) = (transposeA, transposeB)
      var random = CounterRandom(seed: UInt64(m * 10_000 + n * 100 + k))
      func draws(_ count: Int) -> [Real] { (0..<count).map { _ in Real(random.uniform() - 0.5) } }
      a = (0..<lead).map { _ in Memory(draws(m * k)) }
      b = (0..<lead).map { _ in Memory(draws(k * n)) }
      loop = LoopCase(extent: [lead, m, n])
      loop.inputs = [
        .init(values: draws(lead * m * n), strides: [m * n, n, 1]),
        .init(values: draws(lead * n), strides: [n, 0, 1]),
        .init(values: draws(lead * m * n), strides: [m * n, n, 1]),
        .init(values: draws(1), strides: [0, 0, 0]),
        .init(values: draws(lead * m), strides: [m, 1, 0]),
      ]
    }

    /// Bias and activation with its slope: two results.
    func layer() -> LoopCase<Real> {
      var loop = loop
      loop.slots = 2
      loop.program = [step(RK_SILU_SLOPE, to: 5, 0, 1), step(RK_MORE, to: 6, 0)]
      loop.outputs = [
        .init(count: lead * m * n, strides: [m * n, n, 1], value: 5),
        .init(count: lead * m * n, strides: [m * n, n, 1], value: 6),
      ]
      return loop
    }

    /// The slope of an activation times what comes back, which is summed over the rows too.
    func slope() -> LoopCase<Real> {
      var loop = loop
      loop.slots = 1
      loop.program = [step(RK_MULTIPLY, to: 5, 0, 2)]
      loop.outputs = [
        .init(count: lead * m * n, strides: [m * n, n, 1], value: 5),
        .init(count: lead * n, strides: [n, 0, 1], value: 5, combine: RK_SUM),
        .init(
          count: lead * n, strides: [n, 0, 1], value: 0, combine: RK_SUM_OF_PRODUCTS, factor: 2),
      ]
      return loop
    }

    /// Several steps, with a row vector, a scalar and a constant, and results in turned places.
    func turned() -> LoopCase<Real> {
      var loop = loop
      loop.constants = [0.75]
      loop.slots = 2
      loop.program = [
        step(RK_MULTIPLY_ADD, to: 6, 0, 3, 4), step(RK_MULTIPLY, to: 7, 3, 5),
        step(RK_SUBTRACT, to: 6, 6, 7), step(RK_MAXIMUM, to: 7, 6, 2),
      ]
      loop.outputs = [
        .init(count: lead * m * n, strides: [m * n, 1, m], value: 6),
        .init(count: lead * m * n, strides: [m * n, n, 1], value: 7),
      ]
      return loop
    }

    private func multiply(
      _ index: Int, rows: Range<Int>, columns: Range<Int>, into c: UnsafeMutablePointer<Real>,
      closing: UnsafePointer<rk_closing>?
    ) {
      let (lda, ldb) = (transposeA ? m : k, transposeB ? k : n)
      let scratch = UnsafeMutableRawPointer.allocate(
        byteCount: rk_gemm_scratch(Real.kernelType, rows.count, columns.count, k), alignment: 64)
      defer { scratch.deallocate() }
      var left = rk_matrix(
        base: a[index].base + rows.lowerBound * (transposeA ? 1 : lda), distance: lda,
        is_transposed: transposeA ? 1 : 0, rows: nil)
      var right = rk_matrix(
        base: b[index].base + columns.lowerBound * (transposeB ? ldb : 1), distance: ldb,
        is_transposed: transposeB ? 1 : 0, rows: nil)
      let target = c + index * m * n + rows.lowerBound * n + columns.lowerBound
      rk_gemm(
        Real.kernelType, rows.count, columns.count, k, &left, &right, target, n, 0, scratch, closing
      )
    }

    func separate(_ loop: LoopCase<Real>, inPlace: [Int: Int] = [:]) -> [[Real]] {
      let product = Memory<Real>(count: lead * m * n)
      for index in 0..<lead {
        multiply(index, rows: 0..<m, columns: 0..<n, into: product.base, closing: nil)
      }
      var loop = loop
      loop.inputs[0].values = product.values
      return loop.run(inPlace: inPlace)
    }

    func closed(
      _ loop: LoopCase<Real>, rows: [Range<Int>]? = nil, columns: [Range<Int>]? = nil,
      inPlace: [Int: Int] = [:]
    ) -> [[Real]] {
      let parts = Memory<Real>(count: lead * m * n)
      return loop.run(inPlace: inPlace) { bound in
        withUnsafePointer(to: bound) { pointer in
          for index in 0..<lead {
            for rows in rows ?? [0..<m] {
              for columns in columns ?? [0..<n] {
                var closing = rk_closing(
                  loop: pointer, product: 0, lead: index, row: rows.lowerBound,
                  column: columns.lowerBound)
                multiply(index, rows: rows, columns: columns, into: parts.base, closing: &closing)
              }
            }
          }
        }
        if k <= Int(RK_GEMM_DEPTH) { #expect(parts.values.allSatisfy { $0 == -77 }) }
      }
    }
  }

  static let sizes = [
    (1, 1, 2, 3), (2, 17, 33, 5), (1, 64, 100, 40), (3, 30, 16, 7), (1, 9, 70, 530), (1, 5, 40, 0),
    (1, 450, 20, 3), (2, 1, 1, 4), (2, 0, 3, 4),
  ]

  func expectSameBits<Real: KernelReal>(_ type: Real.Type) {
    for (lead, m, n, k) in Self.sizes {
      for (transposeA, transposeB) in GemmTests.transposes {
        let problem = Case<Real>(lead, m, n, k, transposeA, transposeB)
        onEveryLevel { level in
          for (name, loop) in [
            ("layer", problem.layer()), ("slope", problem.slope()), ("turned", problem.turned()),
          ] {
            #expect(
              problem.closed(loop) == problem.separate(loop),
              "\(name) \(lead)x\(m)x\(n)x\(k), \(transposeA) \(transposeB), \(type) on \(level)")
          }
        }
      }
    }
  }

  @Test func aClosedProductHasTheBitsOfTheProductAndTheLoop() {
    expectSameBits(Float.self)
    expectSameBits(Double.self)
  }

  @Test func anyCutOfTheColumnsAndOfRowsThatAreNotSummedKeepsTheBits() {
    let problem = Case<Float>(2, 37, 75, 300, false, true)
    let columns = [0..<7, 7..<40, 40..<75]
    onEveryLevel { _ in
      for loop in [problem.layer(), problem.turned()] {
        let parts = problem.closed(loop, rows: [0..<1, 1..<20, 20..<37], columns: columns)
        #expect(parts == problem.separate(loop))
      }
      let slope = problem.slope()
      #expect(problem.closed(slope, columns: columns) == problem.separate(slope))
    }
  }

  @Test func aResultMayTakeTheWholePlaceOfAnOperand() {
    let problem = Case<Float>(2, 23, 50, 9, true, false)
    onEveryLevel { _ in
      // The second step reads what the first one's result would overwrite.
      var loop = problem.loop
      loop.slots = 2
      loop.program = [step(RK_ADD, to: 5, 0, 2), step(RK_MULTIPLY, to: 6, 5, 2)]
      loop.outputs = [5, 6].map {
        .init(count: 2 * 23 * 50, strides: [23 * 50, 50, 1], value: $0)
      }
      #expect(problem.closed(loop, inPlace: [0: 2]) == problem.separate(loop, inPlace: [0: 2]))
      #expect(problem.closed(loop, inPlace: [1: 2]) == problem.separate(loop, inPlace: [1: 2]))
    }
  }
}
