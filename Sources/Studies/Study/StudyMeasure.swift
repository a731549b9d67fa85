import RankineEvaluation

/// A number that a study has of each cell.
public enum StudyMeasure: Hashable, Sendable {
  /// On test rows, averaged over the tasks that have it.
  case metric(MetricName)
  /// A metric minus that of the true function on the same rows. Errors without a mean, as Cauchy's,
  /// are in both and fall out.
  case excess(MetricName)
  /// Important predictors among the first s by norm, in expectation over ties.
  case truePositives
  /// Predictors with weights that are not exactly zero.
  case keptCount

  /// In files: `mae`, `mae_excess`, `true_positives`, `kept`.
  public var name: String {
    switch self {
    case .metric(let metric): metric.rawValue
    case .excess(let metric): metric.rawValue + "_excess"
    case .truePositives: "true_positives"
    case .keptCount: "kept"
    }
  }

  /// The heading of a table's column.
  public var title: String {
    switch self {
    case .metric(let metric), .excess(let metric): metric.title
    case .truePositives: "TP"
    case .keptCount: "Kept"
    }
  }

  /// Which number is the better one.
  public var preference: ResultTable.Column.Preference {
    switch self {
    case .metric(let metric), .excess(let metric): metric.isBetterWhenLarger ? .larger : .smaller
    case .truePositives: .larger
    case .keptCount: .none
    }
  }

  /// The same measure as excess over the true function; nil where that makes no sense.
  var excess: StudyMeasure? {
    if case .metric(let metric) = self { .excess(metric) } else { nil }
  }
}
