/// The factor L of a symmetric positive definite matrix A = L Lᵀ, grown a row at a time.
///
/// A row that depends on the others to rounding is refused, so that a factor that exists is safe to
/// divide by.
struct Cholesky {
  private(set) var count = 0
  /// Rows of L one behind the other: row i has i + 1 numbers.
  private var rows: [Double] = []

  init() {}

  /// The factor of a whole matrix; nil unless it is positive definite to rounding.
  ///
  /// - Parameter entry: A at row and column, asked for with `column <= row`.
  init?(count: Int, entry: (_ row: Int, _ column: Int) -> Double) {
    for row in 0..<count {
      guard append((0...row).map { entry(row, $0) }) else { return nil }
    }
  }

  /// Adds a row and column of A.
  ///
  /// - Parameter entries: the new row of A up to and including its diagonal.
  /// - Returns: whether A is still positive definite; the factor is unchanged if not.
  mutating func append(_ entries: [Double]) -> Bool {
    precondition(entries.count == count + 1, "one more than the rows before it")
    var row = Array(entries.dropLast())
    forwardSolve(&row)
    let pivot = entries[count] - dot(row, row)
    guard pivot > 1e-12 * entries[count], pivot.isFinite else { return false }
    rows += row
    rows.append(pivot.squareRoot())
    count += 1
    return true
  }

  /// x ← L⁻¹ x.
  func forwardSolve(_ x: inout [Double]) {
    var start = 0
    for i in 0..<count {
      var value = x[i]
      for j in 0..<i { value -= rows[start + j] * x[j] }
      x[i] = value / rows[start + i]
      start += i + 1
    }
  }

  /// x ← L⁻ᵀ x.
  func backwardSolve(_ x: inout [Double]) {
    for i in stride(from: count - 1, through: 0, by: -1) {
      let start = i * (i + 1) / 2
      x[i] /= rows[start + i]
      for j in 0..<i { x[j] -= rows[start + j] * x[i] }
    }
  }

  /// A⁻¹ b.
  func solve(_ b: [Double]) -> [Double] {
    precondition(b.count == count, "a number for each row")
    var x = b
    forwardSolve(&x)
    backwardSolve(&x)
    return x
  }

  /// A⁻¹, row by row.
  func inverse() -> [[Double]] {
    (0..<count).map { position in
      var unit = Array(repeating: 0.0, count: count)
      unit[position] = 1
      return solve(unit)
    }
  }
}
