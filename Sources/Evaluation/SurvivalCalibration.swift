import RankineData

/// From a score to the median survival time, in the unit of time.
///
/// Rows are cut in order of score into groups with about as many events each (equal scores stay
/// together). A group's time is the median of its Kaplan–Meier curve, so a censored row counts for
/// as long as it was watched; where the curve ends above one half, it is the group's last observed
/// time, a lower bound. Group medians are then made nondecreasing by a fit weighted by group size.
public struct SurvivalCalibration: Codable, Equatable, Sendable {
  /// Median survival time against the score.
  public let median: IsotonicFit
  /// How many groups were cut.
  public let groups: Int

  /// - Parameters:
  ///   - scores: of rows that the model may learn from, larger for longer survival; never test rows.
  ///   - times: observed times, NaN where missing.
  ///   - events: false where the row was censored.
  ///   - entries: times from which on rows were observed; nil where all were from the start.
  ///   - eventsPerGroup: the aimed number of events a group.
  ///   - task: the name that an error gives as its place.
  /// - Throws: `no-observed-outcome`.
  public init(
    scores: [Double], times: [Double], events: [Bool], entries: [Double]? = nil,
    eventsPerGroup: Int = 20, task: String = ""
  ) throws {
    precondition(eventsPerGroup > 0, "a group needs an event")
    let known = scores.indices.filter { scores[$0].isFinite && times[$0].isFinite }
      .sorted { (scores[$0], $0) < (scores[$1], $1) }
    let rows = ObservedRows(
      scores: known.map { scores[$0] }, values: known.map { times[$0] },
      events: known.map { events[$0] })
    let entered = entries.map { entries in known.map { entries[$0] } }
    let cuts = Self.cut(rows, eventsPerGroup: eventsPerGroup)
    let centers = cuts.map { Statistics.median(Array(rows.scores[$0])) }
    let medians = cuts.map { range in
      let times = Array(rows.values[range])
      let curve = KaplanMeier(
        times: times, events: range.map { rows.isEvent($0) },
        entries: entered.map { Array($0[range]) })
      return curve.median ?? times.reduce(times[0], max)
    }
    groups = cuts.count
    median = try IsotonicFit(
      scores: centers, values: medians, weights: cuts.map { Double($0.count) }, task: task)
  }

  /// The median survival time at a score.
  public func predict(_ score: Double) -> Double { median.predict(score) }

  private static func cut(_ rows: ObservedRows, eventsPerGroup: Int) -> [Range<Int>] {
    let total = (0..<rows.count).count { rows.isEvent($0) }
    let wanted = max(1, total / eventsPerGroup)
    var result: [Range<Int>] = []
    var start = 0
    var seen = 0
    for run in runs(of: rows.scores) {
      seen += run.count { rows.isEvent($0) }
      // The last group also takes the rows after the last event.
      let isLast = result.count + 1 == wanted
      guard !isLast, seen * wanted >= (result.count + 1) * total else { continue }
      result.append(start..<run.upperBound)
      start = run.upperBound
    }
    if start < rows.count { result.append(start..<rows.count) }
    return result
  }
}
