import RankineSupport

extension OutcomeValues {
  /// The same outcomes in another order of rows: row i gets those of row `order[i]`.
  package func permuted(by order: [Int]) -> OutcomeValues {
    OutcomeValues(
      name: name, type: type, values: order.map { values[$0] },
      event: event.map { event in order.map { event[$0] } }, levels: levels,
      companions: companions.rows(order))
  }
}

extension RowUnits {
  /// A random order of the rows, under which outcomes that have nothing to do with features are as
  /// likely as in their own.
  ///
  /// Rows of one subject stay together: subjects change places with others that have as many rows.
  package func permutation(rowCount: Int, random: inout CounterRandom) -> [Int] {
    var order = Array(0..<rowCount)
    let bySize = Dictionary(grouping: units, by: \.count)
    for size in bySize.keys.sorted() {
      let alike = bySize[size] ?? []
      for (place, source) in random.permutation(alike.count).enumerated() {
        for (row, other) in zip(alike[place], alike[source]) { order[row] = other }
      }
    }
    return order
  }
}
