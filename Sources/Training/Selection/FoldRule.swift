import RankineData
import RankineLanguage

/// Whether the validation rows are too few to choose by.
struct FoldRule {
  /// Fewer validation rows than this make a concordance too noisy to compare strengths by.
  static let leastRows = 60
  /// The least events of a censored outcome, or rows of a binary or ordinal one outside its most
  /// common class.
  static let leastCases = 10

  let model: Model
  let outcomes: [OutcomeValues]
  let validation: [Int]

  /// Without validation rows folds are always used: calibration needs scores of rows that a fit has
  /// not seen. With them, only where there is a strength to choose.
  var usesFolds: Bool {
    if validation.isEmpty { return true }
    let penalties = (model.sharedLayers + model.taskLayers).compactMap { $0.penalty?.strength }
    let isPath = penalties.contains { if case .path = $0 { true } else { false } }
    let hasChoices = model.solver.map(\.makesChoices) ?? isPath
    return hasChoices && (validation.count < Self.leastRows || outcomes.contains(where: isSparse))
  }

  private func isSparse(_ outcome: OutcomeValues) -> Bool {
    let rows = validation.filter { !outcome.values[$0].isNaN }
    switch outcome.scale {
    case .censored:
      return rows.count { outcome.event?[$0] == true } < Self.leastCases
    case .binary, .ordinal:
      var counts: [Double: Int] = [:]
      for row in rows { counts[outcome.values[row], default: 0] += 1 }
      return rows.count - (counts.values.max() ?? 0) < Self.leastCases
    case .continuous, .count:
      return rows.count < 2 * Self.leastCases
    }
  }
}
