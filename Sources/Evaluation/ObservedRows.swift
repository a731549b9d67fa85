/// The rows that have a score and an outcome: what every metric and calibration looks at.
///
/// A missing outcome is NaN. A score that is NaN marks a row on which the model says nothing.
struct ObservedRows {
  let scores: [Double]
  let values: [Double]
  /// Whether the outcome was seen (true) or only bounded from below (false); nil when all were seen.
  let events: [Bool]?

  var count: Int { scores.count }

  init(scores: [Double], values: [Double], events: [Bool]? = nil) {
    precondition(scores.count == values.count, "one score and one value a row")
    precondition(events.map { $0.count == values.count } ?? true, "one event mark a row")
    let kept = scores.indices.filter { !scores[$0].isNaN && !values[$0].isNaN }
    self.scores = kept.map { scores[$0] }
    self.values = kept.map { values[$0] }
    self.events = events.map { events in kept.map { events[$0] } }
  }

  func isEvent(_ row: Int) -> Bool { events?[row] ?? true }

  /// The same rows without infinite scores or values, in ascending order of score.
  func sortedFinite() -> ObservedRows {
    let order = scores.indices.filter { scores[$0].isFinite && values[$0].isFinite }
      .sorted { (scores[$0], $0) < (scores[$1], $1) }
    return ObservedRows(
      scores: order.map { scores[$0] }, values: order.map { values[$0] },
      events: events.map { events in order.map { events[$0] } })
  }
}
