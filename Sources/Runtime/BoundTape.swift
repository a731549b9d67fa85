import CRankineKernels

/// A tape with numbers for sizes and addresses for buffers: fixed-size instructions, no objects.
enum BoundInstruction {
  case loop(UnsafeMutablePointer<BoundLoop>)
  case product(UnsafeMutablePointer<BoundProduct>)
  case gather(UnsafeMutablePointer<BoundGather>)
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
  var ldc = 0
  var leadCount = 0
  /// For each leading index.
  var a: UnsafeMutablePointer<rk_matrix>
  var b: UnsafeMutablePointer<rk_matrix>
  var c: UnsafeMutablePointer<UnsafeMutableRawPointer>
  var sumsLead = false
  var closing: UnsafeMutablePointer<rk_loop>?
  /// The number of the closing's input that is the product.
  var closingInput: Int32 = 0
  var parts: ProductParts
  var scratch: UnsafeMutableRawPointer
  var scratchSize = 0

  func run(_ chunk: Int) {
    let (own, rows, columns) = parts.range(chunk)
    let leads = sumsLead ? 0..<leadCount : own..<(own + 1)
    let skip = (rows.lowerBound * ldc + columns.lowerBound) * elementSize
    for lead in leads {
      var a = a[lead], b = b[lead]
      a.skip(rows.lowerBound, alongRows: a.is_transposed == 0, elementSize)
      b.skip(columns.lowerBound, alongRows: b.is_transposed != 0, elementSize)
      let accumulates: Int32 = sumsLead && lead > leads.lowerBound ? 1 : 0
      let c = c[lead] + skip, scratch = scratch + chunk * scratchSize
      guard let closing, !sumsLead || lead + 1 == leads.upperBound else {
        rk_gemm(type, rows.count, columns.count, k, &a, &b, c, ldc, accumulates, scratch, nil)
        continue
      }
      var end = rk_closing(
        loop: closing, product: closingInput, lead: own, row: rows.lowerBound,
        column: columns.lowerBound)
      rk_gemm(type, rows.count, columns.count, k, &a, &b, c, ldc, accumulates, scratch, &end)
    }
  }
}

extension rk_matrix {
  /// Leaves out the first stored rows, or the first elements of each.
  fileprivate mutating func skip(_ count: Int, alongRows: Bool, _ elementSize: Int) {
    if alongRows, rows != nil {
      rows += count
    } else {
      base += count * (alongRows ? distance : 1) * elementSize
    }
  }
}

struct BoundGather {
  var type: rk_type
  var elementSize: Int
  var outer: Int, extent: Int, inner: Int, count: Int
  var indices: UnsafePointer<Int32>
  var source: UnsafeRawPointer
  var result: UnsafeMutableRawPointer

  /// Bytes whose copy takes about five microseconds.
  private static let chunkBytes = 128 << 10

  /// Rows of the result that one chunk copies; all where rows lie in several places.
  private var chunk: Int {
    outer > 1 ? max(1, count) : max(1, Self.chunkBytes / max(1, inner * elementSize))
  }

  var chunkCount: Int { (count + chunk - 1) / chunk }

  func run(_ number: Int) {
    let rows = number * chunk..<min(count, (number + 1) * chunk)
    rk_gather(
      type, outer, extent, inner, indices + rows.lowerBound, rows.count, source,
      result + rows.lowerBound * inner * elementSize)
  }
}

struct BoundDraws {
  var stream: UInt64
  var count: Int
  var counter: UnsafeRawPointer
  var result: UnsafeMutableRawPointer
}
