import CRankineKernels

/// A tape with numbers for sizes and addresses for buffers: fixed-size instructions, no objects.
enum BoundInstruction {
  case loop(UnsafeMutablePointer<BoundLoop>)
  case product(UnsafeMutablePointer<BoundProduct>)
  case gather(BoundGather)
  case scatterAdd(BoundGather)
  case uniform(BoundDraws)
  case pairSums(UnsafeMutablePointer<BoundPairSums>)
  case rankSums(UnsafeMutablePointer<BoundRankSums>)
}

struct BoundLoop {
  let loop: UnsafeMutablePointer<rk_loop>
  let extent: Int
  /// Positions of the chunk axis that one chunk covers.
  let chunk: Int

  var chunkCount: Int { chunk < extent ? (extent + chunk - 1) / chunk : 1 }

  func run(_ number: Int) {
    rk_run_loop(loop, number * chunk, min(extent, (number + 1) * chunk))
  }
}

struct BoundProduct {
  var type: rk_type
  var elementSize: Int
  var m = 0, n = 0, k = 0
  var transposeA: Int32 = 0, transposeB: Int32 = 0
  var lda = 0, ldb = 0, ldc = 0
  var leadCount = 0
  /// Addresses for each leading index.
  var a: UnsafeMutablePointer<UnsafeRawPointer>
  var b: UnsafeMutablePointer<UnsafeRawPointer>
  var c: UnsafeMutablePointer<UnsafeMutableRawPointer>
  var sumsLead = false
  /// Rows of C that one chunk covers, and chunks for each leading index.
  var rowChunk = 0, rowChunks = 1
  var scratch: UnsafeMutableRawPointer
  var scratchSize = 0

  var chunkCount: Int { sumsLead ? rowChunks : rowChunks * leadCount }
  /// Whether it is worth waking other threads.
  var isLarge: Bool { rowChunks > 1 || m * n * k >= 50_000 }

  func run(_ chunk: Int) {
    let part = sumsLead ? chunk : chunk % rowChunks
    let leads = sumsLead ? 0..<leadCount : (chunk / rowChunks)..<(chunk / rowChunks + 1)
    let first = part * rowChunk
    let rows = min(m, first + rowChunk) - first
    let skip = first * (transposeA != 0 ? 1 : lda) * elementSize
    for lead in leads {
      rk_gemm(
        type, transposeA, transposeB, rows, n, k, a[lead] + skip, lda, b[lead], ldb,
        c[lead] + first * ldc * elementSize, ldc, sumsLead && lead > 0 ? 1 : 0,
        scratch + chunk * scratchSize)
    }
  }
}

struct BoundGather {
  var outer: Int, extent: Int, inner: Int, count: Int
  var indices: UnsafePointer<Int32>
  var source: UnsafeRawPointer
  var result: UnsafeMutableRawPointer
}

struct BoundDraws {
  var stream: UInt64
  var count: Int
  var counter: UnsafeRawPointer
  var result: UnsafeMutableRawPointer
}

/// How a sweep over rows × columns is cut: the same for any number of threads.
struct PairChunks {
  let leadCount: Int, rows: Int, columns: Int
  let rowChunk: Int, rowChunks: Int
  let columnChunk: Int, columnChunks: Int

  /// Without sums per column, rows are cut; with them columns are, so that no two chunks write to
  /// one place.
  init(leadCount: Int, rows: Int, columns: Int, sumsPerColumn: Bool) {
    (self.leadCount, self.rows, self.columns) = (leadCount, rows, columns)
    rowChunk = sumsPerColumn ? max(rows, 1) : 32
    columnChunk = sumsPerColumn ? 1024 : max(columns, 1)
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
  var pair: UnsafeMutablePointer<rk_pair>
  var chunks: PairChunks
  var outputCount: Int
  var sums: UnsafeMutablePointer<rk_pair_sum>
  var results: UnsafeMutablePointer<UnsafeMutableRawPointer>
  /// For each lead, column chunk and output, sums per row: [lead, part, output, rows].
  var partials: UnsafeMutableRawPointer
  /// For each chunk, where its results go: [chunk, output].
  var targets: UnsafeMutablePointer<UnsafeMutableRawPointer?>

  func run(_ chunk: Int) {
    let (lead, _, rows, columns) = chunks.range(chunk)
    rk_run_pair(
      pair, lead, rows.lowerBound, rows.upperBound, columns.lowerBound, columns.upperBound,
      targets + chunk * outputCount)
  }
}

struct BoundRankSums {
  var elementSize: Int
  var rank: UnsafeMutablePointer<rk_rank>
  var chunks: PairChunks
  var value: UnsafeMutableRawPointer?
  var rowSlope: UnsafeMutableRawPointer?
  var columnSlope: UnsafeMutableRawPointer?
  /// [lead, part, 2, rows]: values, then slopes.
  var partials: UnsafeMutableRawPointer
  var rowFactors: UnsafeMutableRawPointer
  var columnFactors: UnsafeMutableRawPointer
  /// For each lead whether the factors may be used.
  var isFactored: UnsafeMutablePointer<Bool>

  var form: PairForm {
    (0..<chunks.leadCount).allSatisfy { isFactored[$0] } ? .factored : .direct
  }

  func prepare() {
    for lead in 0..<chunks.leadCount {
      isFactored[lead] =
        rk_rank_factors(
          rank, lead, rowFactors + lead * chunks.rows * elementSize,
          columnFactors + lead * chunks.columns * elementSize) != 0
    }
  }

  func run(_ chunk: Int) {
    let (lead, part, rows, columns) = chunks.range(chunk)
    let rowBytes = chunks.rows * elementSize, columnBytes = chunks.columns * elementSize
    let partial = partials + (lead * chunks.columnChunks + part) * 2 * rowBytes
    rk_run_rank(
      rank, lead, rows.lowerBound, rows.upperBound, columns.lowerBound, columns.upperBound,
      isFactored[lead] ? rowFactors + lead * rowBytes : nil,
      isFactored[lead] ? columnFactors + lead * columnBytes : nil, value == nil ? nil : partial,
      rowSlope == nil ? nil : partial + rowBytes, columnSlope.map { $0 + lead * columnBytes })
  }
}
