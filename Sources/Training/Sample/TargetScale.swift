import RankineData
import RankineEvaluation

/// Targets of a pointwise loss without their units.
///
/// Continuous ones become (y − median)/MAD, with the normalized median absolute deviation; where more
/// than half of the values are equal, divided by the standard deviation. Times are divided by their
/// median. Others stay as they are.
func scaledTargets(_ values: [Double], of scale: OutcomeScale) -> [Double] {
  let known = values.filter { !$0.isNaN }
  guard !known.isEmpty else { return values }
  let center = Statistics.median(known)
  switch scale {
  case .continuous:
    let spreads = [
      Statistics.medianAbsoluteDeviation(known), Statistics.standardDeviation(known),
    ]
    let spread = spreads.first { $0 > 0 && $0.isFinite } ?? 1
    return values.map { ($0 - center) / spread }
  case .censored:
    return center > 0 ? values.map { $0 / center } : values
  case .binary, .ordinal, .count:
    return values
  }
}

/// Φ⁻¹((r − ½)/n) with r the rank of a value among the n known ones, the mean rank for equal ones; NaN
/// for NaN.
func normalScores(_ values: [Double]) -> [Double] {
  let order = values.indices.filter { !values[$0].isNaN }.sorted { values[$0] < values[$1] }
  var scores = [Double](repeating: .nan, count: values.count)
  var start = 0
  while start < order.count {
    var end = start
    while end < order.count, values[order[end]] == values[order[start]] { end += 1 }
    // The mean of ranks start + 1, …, end, less a half.
    let score = normalQuantile(Double(start + end) / 2 / Double(order.count))
    for row in order[start..<end] { scores[row] = score }
    start = end
  }
  return scores
}
