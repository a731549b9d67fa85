import RankineSupport

extension Digest {
  /// Outcomes as they are, predictors by what preprocessing learns from all rows.
  ///
  /// - Throws: `DataError` for predictors that cannot be used.
  package mutating func add(_ data: Dataset) throws {
    try add(recordOf: data.preprocessor(fittedOn: Array(0..<data.rowCount)))
    try add(recordOf: data.declarations)
    for outcome in data.outcomes {
      for value in outcome.values { add(value.bitPattern) }
      for event in outcome.event ?? [] { add(event ? 1 : 2) }
    }
  }
}
