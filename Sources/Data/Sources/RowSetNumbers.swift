extension [OutcomeValues] {
  /// For each outcome the number of its set of rows, from 0 in the order of the outcomes; nil where all
  /// share all rows.
  package var rowSetNumbers: [Int]? {
    guard contains(where: { $0.companions.isOwn != nil }) else { return nil }
    var known: [[Bool]?: Int] = [:]
    return map { outcome in
      let number = known[outcome.companions.isOwn] ?? known.count
      known[outcome.companions.isOwn] = number
      return number
    }
  }
}
