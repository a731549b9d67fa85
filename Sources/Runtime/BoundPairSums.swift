import CRankineKernels

/// How a sweep over rows × columns is cut: the same for any number of threads.
struct PairChunks {
  let leadCount: Int, rows: Int, columns: Int
  let rowChunk: Int, rowChunks: Int
  let columnChunk: Int, columnChunks: Int

  /// Columns are cut, so that what is computed once a column is, and no two chunks write to one sum
  /// per column; rows only where there are few columns and no sums of them. Sums per row are kept for
  /// each of the column chunks, so there are at most 32 of these.
  init(leadCount: Int, rows: Int, columns: Int, sumsPerColumn: Bool) {
    (self.leadCount, self.rows, self.columns) = (leadCount, rows, columns)
    let cutsColumns = sumsPerColumn || columns > 1024
    rowChunk = cutsColumns ? max(rows, 1) : 32
    columnChunk =
      cutsColumns ? 1024 * max(1, (columns + 32 * 1024 - 1) / (32 * 1024)) : max(columns, 1)
    rowChunks = max(1, (rows + rowChunk - 1) / rowChunk)
    columnChunks = max(1, (columns + columnChunk - 1) / columnChunk)
  }

  var count: Int { leadCount * rowChunks * columnChunks }
  /// Whether it is worth waking other threads.
  var isLarge: Bool { leadCount * rows * columns >= 40_000 }

  func range(_ chunk: Int) -> (lead: Int, part: Int, rows: Range<Int>, columns: Range<Int>) {
    let (lead, rest) = chunk.quotientAndRemainder(dividingBy: rowChunks * columnChunks)
    let (row, column) = rest.quotientAndRemainder(dividingBy: columnChunks)
    return (
      lead, column, row * rowChunk..<min(rows, (row + 1) * rowChunk),
      column * columnChunk..<min(columns, (column + 1) * columnChunk)
    )
  }
}

struct BoundPairSums {
  let direct: UnsafeMutablePointer<rk_pair>
  let factored: UnsafeMutablePointer<rk_pair>?
  let factors: UnsafeMutablePointer<rk_pair_factor>
  let factorCount: Int
  /// For each lead whether the factors may be used.
  let isFactored: UnsafeMutablePointer<Bool>
  let chunks: PairChunks
  let outputCount: Int
  let sums: UnsafeMutablePointer<rk_pair_sum>
  let results: UnsafeMutablePointer<UnsafeMutableRawPointer>
  /// For each lead, column chunk and output, sums per row: [lead, part, output, rows].
  let partials: UnsafeMutableRawPointer
  /// For each chunk, where its results go: [chunk, output].
  let targets: UnsafeMutablePointer<UnsafeMutableRawPointer?>

  /// `factored` when all leads are.
  var form: PairForm {
    (0..<chunks.leadCount).allSatisfy { isFactored[$0] } ? .factored : .direct
  }

  func prepare() {
    guard factorCount > 0 else { return }
    for lead in 0..<chunks.leadCount {
      var isFactored = true
      for factor in 0..<factorCount where isFactored {
        isFactored = rk_fill_pair_factor(factors + factor, lead) != 0
      }
      self.isFactored[lead] = isFactored
    }
  }

  func run(_ chunk: Int) {
    let (lead, _, rows, columns) = chunks.range(chunk)
    rk_run_pair(
      (isFactored[lead] ? factored : nil) ?? direct, lead, rows.lowerBound, rows.upperBound,
      columns.lowerBound, columns.upperBound, targets + chunk * outputCount)
  }
}
