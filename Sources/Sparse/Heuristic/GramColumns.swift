/// Columns of X'X/n, computed when they are first asked for.
final class GramColumns {
  private let design: DesignMatrix
  private var known: [Int: [Double]] = [:]
  /// All columns are given up when so many numbers are held.
  private static let limit = 1 << 26

  init(_ design: DesignMatrix) {
    self.design = design
  }

  /// xᵢ'xⱼ/n for every feature i.
  func column(_ j: Int) -> [Double] {
    if let column = known[j] { return column }
    if (known.count + 1) * design.columnCount > Self.limit { known = [:] }
    let n = design.rowCount
    let own = design.column(j)
    let column = (0..<design.columnCount).map { dot(design.column($0), own, n) / Double(n) }
    known[j] = column
    return column
  }
}
