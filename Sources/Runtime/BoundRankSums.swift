import CRankineKernels

/// The smoothed rank criterion and its slopes, bound to memory.
struct BoundRankSums {
  let elementSize: Int
  let rank: UnsafeMutablePointer<rk_rank>
  let chunks: PairChunks
  let value: UnsafeMutableRawPointer?
  let rowSlope: UnsafeMutableRawPointer?
  let columnSlope: UnsafeMutableRawPointer?
  /// For each lead the form and the order of its rows; `prepare` fills it in.
  let plans: UnsafeMutablePointer<rk_rank_plan>
  /// Sums of the values of each chunk.
  let values: UnsafeMutablePointer<Double>
  /// Slopes per row, in the plan's order: [lead, part, rows].
  let slopes: UnsafeMutableRawPointer

  /// The first lead's form.
  var form: PairForm {
    guard chunks.leadCount > 0 else { return .direct }
    switch UInt32(plans[0].form) {
    case RK_RANK_BAND.rawValue: return .band
    case RK_RANK_FACTORED.rawValue: return .factored
    default: return .direct
    }
  }

  /// Whether the order of the rows takes long enough to wake other threads for it.
  var isOrderLarge: Bool { chunks.leadCount > 1 && plans[0].workspace != nil }

  func prepare(_ lead: Int) {
    rk_plan_rank(rank, lead, plans + lead)
  }

  func run(_ chunk: Int) {
    let (lead, part, rows, columns) = chunks.range(chunk)
    let partial = slopes + (lead * chunks.columnChunks + part) * chunks.rows * elementSize
    values[chunk] = rk_run_rank(
      rank, lead, plans + lead, rows.lowerBound, rows.upperBound, columns.lowerBound,
      columns.upperBound, rowSlope == nil ? nil : partial,
      columnSlope.map { $0 + lead * chunks.columns * elementSize })
  }

  /// Adds up what the chunks left, in their order.
  func combine<Scalar: KernelScalar>(_ type: Scalar.Type) {
    if let value = value?.assumingMemoryBound(to: Scalar.self) {
      let chunksPerLead = chunks.rowChunks * chunks.columnChunks
      for lead in 0..<chunks.leadCount {
        var total = plans[lead].saturated
        for chunk in 0..<chunksPerLead { total += values[lead * chunksPerLead + chunk] }
        value[lead] = Scalar.round(total)
      }
    }
    guard let rowSlope else { return }
    let leadSize = chunks.rows * elementSize
    for lead in 0..<chunks.leadCount {
      _ = rk_add_parts(
        Scalar.kernelType, chunks.columnChunks, chunks.rows, chunks.rows,
        slopes + lead * chunks.columnChunks * leadSize, plans[lead].order,
        rowSlope + lead * leadSize)
    }
  }
}
