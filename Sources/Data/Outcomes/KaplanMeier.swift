/// The Kaplan–Meier estimate of the probability to outlive a time.
///
///     S(t) = Π over event times u ≤ t of (1 − deaths(u) / at risk(u))
///
/// A row is at risk at u when entry < u ≤ T; without entries, from the start. With entries the first
/// risk sets may be small, and where one dies out the curve is 0 from there on.
///
/// - Source: Kaplan & Meier, JASA 53, 1958.
public struct KaplanMeier: Equatable, Sendable {
  /// The distinct times at which the curve drops, ascending.
  public let times: [Double]
  /// The curve from each of those times on.
  public let survival: [Double]

  /// - Parameters:
  ///   - times: observed times; NaN rows are skipped.
  ///   - events: false where the row was censored. A row censored at an event's time is at risk there.
  ///   - entries: times from which on rows were observed; nil where all were from the start.
  public init(times: [Double], events: [Bool], entries: [Double]? = nil) {
    self.init(times: times, events: events, entries: entries, eventsLeaveFirst: false)
  }

  /// The curve of the censoring time: the parts of event and censoring exchanged.
  ///
  /// At tied times events precede censorings, so an event at t is not at risk of censoring at t.
  public static func ofCensoring(
    times: [Double], events: [Bool], entries: [Double]? = nil
  ) -> KaplanMeier {
    KaplanMeier(
      times: times, events: events.map { !$0 }, entries: entries, eventsLeaveFirst: true)
  }

  private init(
    times: [Double], events: [Bool], entries: [Double]?, eventsLeaveFirst othersLeaveFirst: Bool
  ) {
    precondition(times.count == events.count, "one event mark a time")
    let order = times.indices.filter { !times[$0].isNaN }.sorted { times[$0] < times[$1] }
    let entered = entries.map { entries in order.map { entries[$0] }.sorted() }
    var dropTimes: [Double] = []
    var curve: [Double] = []
    var current = 1.0
    for run in runs(of: order.map { times[$0] }) {
      let deaths = order[run].count { events[$0] }
      guard deaths > 0 else { continue }
      let time = times[order[run.lowerBound]]
      let leftBefore = run.lowerBound + (othersLeaveFirst ? run.count - deaths : 0)
      let cameBefore = entered.map { $0.partitionPoint { $0 >= time } } ?? order.count
      current *= 1 - Double(deaths) / Double(cameBefore - leftBefore)
      dropTimes.append(time)
      curve.append(current)
    }
    (self.times, survival) = (dropTimes, curve)
  }

  /// S(t), the probability to live longer than t.
  public func survival(at time: Double) -> Double {
    value(drops: times.partitionPoint { $0 > time })
  }

  /// S(t−), the probability to live at least until t.
  public func survival(before time: Double) -> Double {
    value(drops: times.partitionPoint { $0 >= time })
  }

  /// The earliest time by which a share of the population has had the event, or nil when the curve
  /// ends above it.
  public func quantile(_ share: Double) -> Double? {
    // A hair of room, because a product of fractions may miss its exact value by a rounding.
    survival.firstIndex { $0 <= 1 - share + 1e-12 }.map { times[$0] }
  }

  /// The median survival time, or nil when the curve ends above one half.
  public var median: Double? { quantile(0.5) }

  private func value(drops: Int) -> Double { drops == 0 ? 1 : survival[drops - 1] }
}
