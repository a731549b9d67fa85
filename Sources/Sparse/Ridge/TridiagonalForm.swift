/// A symmetric matrix as Q T Q' with T tridiagonal, so that (A + ρ I)⁻¹ x costs n² for every ρ.
///
/// - Complexity: 2 n³ once.
/// - Source: Householder's reduction, Golub & Van Loan, Matrix Computations, section 8.3.1.
struct TridiagonalForm: Sendable {
  private let count: Int
  private var diagonal: [Double]
  private var beside: [Double]
  /// Reflector i moves the entries behind i: I − v v' with ‖v‖² = 2, or v = 0 where nothing is to be done.
  private var reflectors: [[Double]] = []

  /// - Parameter rows: of the matrix; both halves are read.
  init(_ rows: [[Double]]) {
    count = rows.count
    diagonal = Array(repeating: 0, count: count)
    beside = Array(repeating: 0, count: max(0, count - 1))
    // Row i of what is left holds the entries of the columns from `start` on.
    var left = rows
    for start in 0..<count {
      diagonal[start] = left[0][0]
      let size = count - start - 1
      guard size > 0 else { break }
      let column = Array(left[0].dropFirst())
      let norm = dot(column, column).squareRoot()
      let target = column[0] > 0 ? -norm : norm
      var v = column
      v[0] -= target
      let length = dot(v, v).squareRoot()
      guard size > 1, length > 0 else {
        beside[start] = column[0]
        reflectors.append([])
        left = left.dropFirst().map { Array($0.dropFirst()) }
        continue
      }
      for i in v.indices { v[i] *= 2.0.squareRoot() / length }
      beside[start] = target
      var next = left.dropFirst().map { Array($0.dropFirst()) }
      let image = next.map { dot($0, v) }
      let share = dot(image, v) / 2
      let w = zip(image, v).map { $0 - share * $1 }
      for i in 0..<size {
        next[i].withUnsafeMutableBufferPointer { row in
          for j in 0..<size { row[j] -= v[i] * w[j] + w[i] * v[j] }
        }
      }
      reflectors.append(v)
      left = next
    }
  }

  /// (A + ρ I)⁻¹ x.
  ///
  /// - Precondition: A + ρ I is positive definite.
  func solve(_ x: [Double], shift: Double) -> [Double] {
    precondition(x.count == count, "a number for each row")
    var y = x
    for (start, v) in reflectors.enumerated() { reflect(&y, v, behind: start) }
    eliminate(&y, shift)
    for (start, v) in reflectors.enumerated().reversed() { reflect(&y, v, behind: start) }
    return y
  }

  private func reflect(_ y: inout [Double], _ v: [Double], behind start: Int) {
    guard !v.isEmpty else { return }
    y.withUnsafeMutableBufferPointer { y in
      v.withUnsafeBufferPointer { v in
        guard let target = y.baseAddress, let first = v.baseAddress else { return }
        let share = dot(target + start + 1, first, v.count)
        addMultiple(-share, first, to: target + start + 1, v.count)
      }
    }
  }

  /// y ← (T + ρ I)⁻¹ y.
  private func eliminate(_ y: inout [Double], _ shift: Double) {
    guard count > 0 else { return }
    var pivots = diagonal.map { $0 + shift }
    for i in 1..<max(1, count) {
      let factor = beside[i - 1] / pivots[i - 1]
      pivots[i] -= factor * beside[i - 1]
      y[i] -= factor * y[i - 1]
    }
    y[count - 1] /= pivots[count - 1]
    for i in stride(from: count - 2, through: 0, by: -1) {
      y[i] = (y[i] - beside[i] * y[i + 1]) / pivots[i]
    }
  }
}
