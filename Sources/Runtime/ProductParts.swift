/// How a product is cut into chunks of rows or of columns, and which leading indices a chunk takes.
///
/// An element's sum depends on its row, its column and k alone, so no cut can show in the result.
struct ProductParts {
  /// Multiply-adds that take about five microseconds: the least for a chunk.
  private static let smallestChunk = 500_000
  /// Multiply-adds that take about thirty microseconds, or ten. What two threads gain on less they lose
  /// again when each reads what the other has just written; leading indices lie apart.
  private static let smallestShared = 3_000_000, smallestSharedByLead = 1_000_000
  /// Rows and columns of a register tile of the widest level; parts end with one.
  private static let rowTile = 14, columnTile = 32

  let rows: Int, columns: Int
  /// Leading indices whose products are results of their own; a summed one has a single result.
  let leadCount: Int
  let rowParts: Int, columnParts: Int
  /// Whether there is more than one chunk, and enough to do in each.
  let isShared: Bool

  /// - Parameters:
  ///   - packsColumns: whether the kernel packs the right operand anew for each part of the rows, so
  ///     that more of them than threads would cost.
  ///   - sumsRows: whether the product closes with sums over its rows, which are not to be cut then.
  init(
    m: Int, n: Int, k: Int, leadCount: Int, sumsLead: Bool, packsColumns: Bool, sumsRows: Bool,
    threads: Int
  ) {
    (rows, columns) = (m, n)
    self.leadCount = sumsLead ? 1 : leadCount
    let work = m * n * k * leadCount
    let most = packsColumns ? threads : 4 * threads
    let isApart = leadCount > 1 && !sumsLead
    let least = isApart ? Self.smallestSharedByLead : Self.smallestShared
    let wanted = threads == 1 || work < least ? 1 : min(most, work / Self.smallestChunk)
    let pieces = wanted < 2 || (!sumsLead && leadCount >= wanted) ? 1 : wanted
    let ownPieces = sumsLead ? pieces : (pieces + leadCount - 1) / max(1, leadCount)
    if !sumsRows && (packsColumns || n < 2 * m) {
      rowParts = max(1, min(ownPieces, m / Self.rowTile))
      columnParts = 1
    } else {
      rowParts = 1
      columnParts = max(1, min(ownPieces, n / Self.columnTile))
    }
    isShared = wanted >= 2 && self.leadCount * rowParts * columnParts > 1
  }

  var chunkCount: Int { leadCount * rowParts * columnParts }
  var longestRows: Int {
    (0..<rowParts).map { range($0, rowParts, rows, Self.rowTile).count }.max() ?? 0
  }
  var longestColumns: Int {
    (0..<columnParts).map { range($0, columnParts, columns, Self.columnTile).count }.max() ?? 0
  }

  /// The leading index, the rows and the columns that a chunk computes.
  func range(_ chunk: Int) -> (lead: Int, rows: Range<Int>, columns: Range<Int>) {
    let (lead, part) = chunk.quotientAndRemainder(dividingBy: rowParts * columnParts)
    let (row, column) = part.quotientAndRemainder(dividingBy: columnParts)
    return (
      lead, range(row, rowParts, rows, Self.rowTile),
      range(column, columnParts, columns, Self.columnTile)
    )
  }

  /// One of `count` parts of nearly equal length, which begin with a tile.
  private func range(_ part: Int, _ count: Int, _ extent: Int, _ tile: Int) -> Range<Int> {
    func start(_ part: Int) -> Int {
      part == count ? extent : (part * extent / count + tile / 2) / tile * tile
    }
    return start(part)..<start(part + 1)
  }
}
