/// Settings whose tasks are of the same kinds, and which therefore share a table.
public enum StudyFamily: String, Codable, Sendable, CaseIterable {
  /// Settings 1 and 2: two regressions.
  case regression
  /// Settings 3 and 4: two classifications.
  case classification
  /// Settings 5 and 6: one of each.
  case mixed

  /// - Parameter setting: 1 to 6.
  init(setting: Int) {
    self = setting <= 2 ? .regression : setting <= 4 ? .classification : .mixed
  }

  /// In a table's title.
  var title: String {
    switch self {
    case .regression: "Two regressions (settings 1 and 2)"
    case .classification: "Two classifications (settings 3 and 4)"
    case .mixed: "A classification and a regression (settings 5 and 6)"
    }
  }

  /// The columns of the family's table: those of the paper, then concordance and columns kept.
  var measures: [StudyMeasure] {
    let classes: [StudyMeasure] = [
      .metric(.accuracy), .metric(.precision), .metric(.recall), .metric(.f1),
    ]
    let residuals: [StudyMeasure] = [
      .metric(.mae), .metric(.rmse), .metric(.cauchy), .metric(.huber),
    ]
    let common: [StudyMeasure] = [.truePositives, .metric(.concordance), .keptCount]
    return switch self {
    case .regression: residuals + common
    case .classification: classes + common
    case .mixed: classes + residuals + common
    }
  }
}
