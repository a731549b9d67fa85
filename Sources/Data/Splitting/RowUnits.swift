/// The rows that must stay together when rows are divided: those of one subject.
///
/// Rows that share a subject in any outcome are of one unit, and so are rows linked through others. Rows
/// without a subject, and all rows where no outcome has subjects, are units of their own.
package struct RowUnits: Sendable, Equatable {
  /// The rows of each unit, ascending, in the order of their first rows.
  package let units: [[Int]]

  /// Whether some unit has two rows.
  package var areGrouped: Bool { units.contains { $0.count > 1 } }

  /// - Parameters:
  ///   - rows: those to divide, ascending.
  ///   - outcomes: of all rows of the data.
  package init(of rows: [Int], outcomes: [OutcomeValues]) {
    var parent = Array(rows.indices)
    func root(_ start: Int) -> Int {
      var position = start
      while parent[position] != position { position = parent[position] }
      return position
    }
    for subjects in outcomes.compactMap(\.companions.subject) {
      var first: [Int: Int] = [:]
      for (position, row) in rows.enumerated() where subjects[row] >= 0 {
        guard let earlier = first[subjects[row]] else {
          first[subjects[row]] = position
          continue
        }
        let (a, b) = (root(earlier), root(position))
        parent[max(a, b)] = min(a, b)
      }
    }
    var members: [[Int]] = Array(repeating: [], count: rows.count)
    for (position, row) in rows.enumerated() { members[root(position)].append(row) }
    units = members.filter { !$0.isEmpty }
  }
}
