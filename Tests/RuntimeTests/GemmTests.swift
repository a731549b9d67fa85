import CRankineKernels
import RankineSupport
import Testing

/// Matrix multiplication against three nested loops in Double.
@Suite struct GemmTests {
  /// Operands with gaps between their rows, which must stay untouched.
  struct Problem<Real: KernelReal> {
    let m: Int, n: Int, k: Int, transposeA: Bool, transposeB: Bool
    let a: Memory<Real>, b: Memory<Real>, before: [Real]
    var lda: Int { (transposeA ? m : k) + 3 }
    var ldb: Int { (transposeB ? k : n) + 1 }
    var ldc: Int { n + 2 }

    init(_ m: Int, _ n: Int, _ k: Int, _ transposeA: Bool, _ transposeB: Bool) {
      (self.m, self.n, self.k) = (m, n, k)
      (self.transposeA, self.transposeB) = (transposeA, transposeB)
      var random = CounterRandom(seed: UInt64(m * 10_000 + n * 100 + k))
      func draws(_ count: Int) -> [Real] { (0..<count).map { _ in Real(random.uniform() - 0.5) } }
      // The last row of each operand ends without a gap.
      func size(_ rows: Int, _ columns: Int, _ gap: Int) -> Int {
        max(0, rows * (columns + gap) - gap)
      }
      a = Memory(draws(transposeA ? size(k, m, 3) : size(m, k, 3)))
      b = Memory(draws(transposeB ? size(n, k, 1) : size(k, n, 1)))
      before = draws(size(m, n, 2))
    }

    /// C after multiplying in the given parts of its rows and columns.
    func run(_ rows: [Range<Int>], _ columns: [Range<Int>], accumulate: Bool) -> [Real] {
      let c = Memory(before)
      for i in rows {
        for j in columns {
          let bytes = rk_gemm_scratch(Real.kernelType, i.count, j.count, k)
          let scratch = UnsafeMutableRawPointer.allocate(byteCount: bytes, alignment: 64)
          defer { scratch.deallocate() }
          var left = rk_matrix(
            base: a.base + i.lowerBound * (transposeA ? 1 : lda), distance: lda,
            is_transposed: transposeA ? 1 : 0, rows: nil)
          var right = rk_matrix(
            base: b.base + j.lowerBound * (transposeB ? ldb : 1), distance: ldb,
            is_transposed: transposeB ? 1 : 0, rows: nil)
          rk_gemm(
            Real.kernelType, i.count, j.count, k, &left, &right,
            c.base + i.lowerBound * ldc + j.lowerBound, ldc, accumulate ? 1 : 0, scratch, nil)
        }
      }
      return c.values
    }

    func expected(accumulate: Bool) -> [Double] {
      var c = before.map { Double($0) }
      for i in 0..<m {
        for j in 0..<n {
          var sum = accumulate ? c[i * ldc + j] : 0
          for p in 0..<k {
            sum +=
              Double(a.base[transposeA ? p * lda + i : i * lda + p])
              * Double(b.base[transposeB ? j * ldb + p : p * ldb + j])
          }
          c[i * ldc + j] = sum
        }
      }
      return c
    }
  }

  static let transposes = [(false, false), (false, true), (true, false), (true, true)]

  func expectAgreement<Real: KernelReal>(_ m: Int, _ n: Int, _ k: Int, _ type: Real.Type) {
    for (transposeA, transposeB) in Self.transposes {
      let problem = Problem<Real>(m, n, k, transposeA, transposeB)
      for accumulate in [false, true] {
        let expected = problem.expected(accumulate: accumulate)
        onEveryLevel { level in
          #expect(
            areClose(
              problem.run([0..<m], [0..<n], accumulate: accumulate), expected,
              within: Real.tolerance * Double(4 + k).squareRoot()),
            "\(m)x\(n)x\(k), \(transposeA) \(transposeB), \(type) on \(level)")
        }
      }
    }
  }

  @Test func randomSizesAgreeWithDouble() {
    var random = CounterRandom(seed: 11)
    func size() -> Int { Int(random.uniform() * 71) }
    let sizes = (0..<10).map { _ in (size(), size(), size()) }
    for (m, n, k) in sizes + [(0, 3, 2), (3, 0, 2), (3, 2, 0), (1, 1, 1), (64, 1, 16)] {
      expectAgreement(m, n, k, Float.self)
      expectAgreement(m, n, k, Double.self)
    }
  }

  @Test(arguments: [(3, 40, 530), (260, 33, 3), (20, 300, 2)])
  func sizesBeyondABlockAgreeWithDouble(_ m: Int, _ n: Int, _ k: Int) {
    expectAgreement(m, n, k, Float.self)
    expectAgreement(m, n, k, Double.self)
  }

  func expectSplitsKeepBits<Real: KernelReal>(_ type: Real.Type) {
    for (transposeA, transposeB) in Self.transposes {
      for (m, n, k) in [(31, 67, 260), (270, 9, 4)] {
        let problem = Problem<Real>(m, n, k, transposeA, transposeB)
        let whole = problem.run([0..<m], [0..<n], accumulate: true)
        let split = problem.run(
          [0..<1, 1..<6, 6..<m], [0..<7, 7..<8, 8..<n], accumulate: true)
        #expect(whole == split)
      }
    }
  }

  @Test func anySplitOfRowsAndColumnsGivesTheSameBits() {
    onEveryLevel { _ in
      expectSplitsKeepBits(Float.self)
      expectSplitsKeepBits(Double.self)
    }
  }

  @Test func aColumnOfItsOwnIsSummedAsAmongOthers() {
    onEveryLevel { _ in
      for (transposeA, transposeB) in Self.transposes {
        for (m, k) in [(64, 32), (5, 300), (37, 7)] {
          let problem = Problem<Float>(m, 3, k, transposeA, transposeB)
          let among = problem.run([0..<m], [0..<3], accumulate: false)
          let column = Memory<Float>(count: m)
          let scratch = UnsafeMutableRawPointer.allocate(
            byteCount: rk_gemm_scratch(RK_F32, m, 1, k), alignment: 64)
          defer { scratch.deallocate() }
          var left = rk_matrix(
            base: problem.a.base, distance: problem.lda, is_transposed: transposeA ? 1 : 0,
            rows: nil)
          var right = rk_matrix(
            base: problem.b.base + (transposeB ? problem.ldb : 1), distance: problem.ldb,
            is_transposed: transposeB ? 1 : 0, rows: nil)
          rk_gemm(RK_F32, m, 1, k, &left, &right, column.base, 1, 0, scratch, nil)
          let second: [Float] = (0..<m).map { row in among[row * problem.ldc + 1] }
          #expect(column.values == second)
        }
      }
    }
  }

  /// A factor as some of the rows of a larger array, in any order and repeated.
  @Test func rowsByNumberGiveTheBitsOfTheRowsSideBySide() {
    var random = CounterRandom(seed: 3)
    for (transposeA, transposeB) in Self.transposes {
      for (m, n, k) in [(31, 67, 260), (5, 9, 4), (130, 40, 30), (3, 1, 40)] {
        let problem = Problem<Float>(m, n, k, transposeA, transposeB)
        let (rowsOfA, rowsOfB) = (transposeA ? k : m, transposeB ? n : k)
        let stored = [(problem.a, problem.lda, rowsOfA), (problem.b, problem.ldb, rowsOfB)]
        let picks = stored.map { _, _, count in
          (0..<count).map { _ in Int32(random.uniform() * Double(count)) }
        }
        onEveryLevel { _ in
          var results: [[Float]] = []
          for isByNumber in [false, true] {
            let picked = zip(stored, picks).map { factor, rows in
              let (memory, distance, count) = factor
              guard !isByNumber else { return memory }
              return Memory(
                (0..<count).flatMap { row in
                  let start = Int(rows[row]) * distance
                  return (start..<start + distance).map {
                    $0 < memory.count ? memory.base[$0] : 0
                  }
                })
            }
            let c = Memory<Float>(count: m * n)
            let scratch = UnsafeMutableRawPointer.allocate(
              byteCount: rk_gemm_scratch(RK_F32, m, n, k), alignment: 64)
            defer { scratch.deallocate() }
            picks[0].withUnsafeBufferPointer { a in
              picks[1].withUnsafeBufferPointer { b in
                var left = rk_matrix(
                  base: picked[0].base, distance: problem.lda, is_transposed: transposeA ? 1 : 0,
                  rows: isByNumber ? a.baseAddress : nil)
                var right = rk_matrix(
                  base: picked[1].base, distance: problem.ldb, is_transposed: transposeB ? 1 : 0,
                  rows: isByNumber ? b.baseAddress : nil)
                rk_gemm(RK_F32, m, n, k, &left, &right, c.base, n, 0, scratch, nil)
              }
            }
            results.append(c.values)
          }
          #expect(results[0] == results[1])
        }
      }
    }
  }
}
