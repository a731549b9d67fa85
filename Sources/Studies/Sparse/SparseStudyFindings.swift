import Foundation
import RankineEvaluation
import RankineSparse
import RankineSupport

/// What the replications of an experiment came to.
public struct SparseStudyFindings: Sendable {
  /// The experiment's.
  public let name: String
  public let summary: String
  /// The measurements of each replication.
  public let replications: [[SparseMeasurement]]

  /// The files of `write(to:)`.
  public static let fileNames: [String] = [
    "table.txt", "table.md", "table.tex", "table.csv", "results.json",
  ]

  /// A row for each point and method: means over replications, with standard errors in parentheses.
  public var table: ResultTable {
    let names = replications.first?.first?.values.map(\.name) ?? []
    var table = ResultTable(
      caption: "\(name): \(summary); \(replications.count) replications, means (standard errors)",
      columns: [.init("Point"), .init("Method")] + names.map { .init($0) })
    // Replications have the same points and methods in the same order.
    for row in replications.first?.indices ?? 0..<0 {
      let own = replications.map { $0[row] }
      let cells = names.indices.map { column -> ResultTable.Cell in
        let values = own.map { $0.values[column].value }.filter { !$0.isNaN }
        guard !values.isEmpty else { return .empty }
        let error = Statistics.standardError(values)
        return .number(Statistics.mean(values), deviation: values.count > 1 ? error : nil)
      }
      table.append([.text(own[0].point), .text(own[0].method)] + cells, group: own[0].point)
    }
    return table
  }

  /// Writes the table in four forms, and every measurement.
  ///
  /// - Throws: `FileError` (`cannot-write`).
  public func write(to folder: URL) throws {
    let table = table
    let texts = [
      "table.txt": table.plainText(), "table.md": table.markdown(), "table.tex": table.latex(),
      "table.csv": table.csv(),
    ]
    for name in Self.fileNames {
      if let text = texts[name] {
        try writeAtomically(text, to: folder.appendingPathComponent(name))
      }
    }
    try RecordFile.write(replications, to: folder.appendingPathComponent("results.json"))
  }
}
