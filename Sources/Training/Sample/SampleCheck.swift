import RankineData

/// Finds outcomes that cannot be trained on before anything is built.
struct SampleCheck {
  let outcomes: [OutcomeValues]
  let rows: [Int]

  /// - Throws: `TrainingError` naming the task: `no-observed-outcome`, `one-class`, `all-censored`,
  ///   `no-comparable-pair`.
  func run() throws(TrainingError) {
    for outcome in outcomes {
      let known = rows.filter { !outcome.values[$0].isNaN }
      let place = "task \"\(outcome.name)\""
      guard let first = known.first else {
        throw TrainingError(
          "no-observed-outcome", at: place, "no training row has this outcome",
          hint: "give the training part a larger share, or leave this task out")
      }
      if outcome.scale == .censored, !known.contains(where: { outcome.event?[$0] == true }) {
        throw TrainingError(
          "all-censored", at: place, "all \(known.count) training rows are censored",
          hint: "training needs events: give it a larger share, or leave this task out")
      }
      if outcome.scale != .censored,
        known.allSatisfy({ outcome.values[$0] == outcome.values[first] })
      {
        throw TrainingError(
          "one-class", at: place,
          "all \(known.count) training rows have the same outcome, \(describe(outcome, first))",
          hint: "give the training part a larger share, or leave this task out")
      }
      guard SamplePairs([outcome], rows: known).factors[0] > 0 else {
        throw TrainingError(
          "no-comparable-pair", at: place,
          "no training row is known to rank above another",
          hint: outcome.scale == .censored
            ? "training needs an event before another row's time, or leave this task out"
            : "training needs two rows that may be compared, or leave this task out")
      }
    }
  }

  private func describe(_ outcome: OutcomeValues, _ row: Int) -> String {
    let value = outcome.values[row]
    let level = Int(exactly: value) ?? -1
    return outcome.levels.indices.contains(level) ? "\"\(outcome.levels[level])\"" : "\(value)"
  }
}
