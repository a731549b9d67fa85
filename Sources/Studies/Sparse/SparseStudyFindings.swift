import Foundation
import RankineEvaluation
import RankineSparse
import RankineSupport

/// What the cells of an experiment came to.
public struct SparseStudyFindings: Sendable {
  /// The experiment's.
  public let name: String
  public let summary: String
  /// By point and replication.
  public let records: [SparseStudyRecord]
  /// One a point of the experiment.
  let labels: [SparsePointLabel]
  let axis: String

  init(_ experiment: any SparseExperiment.Type, _ records: [SparseStudyRecord]) {
    (name, summary, axis) = (experiment.name, experiment.summary, experiment.axis)
    labels = experiment.labels
    self.records = records.sorted {
      ($0.cell.point, $0.cell.replication) < ($1.cell.point, $1.cell.replication)
    }
  }

  /// The cells of a design that lie in folders.
  ///
  /// - Throws: `StudyError`: `unknown-design`, or `no-cells` where there is none; `FileError` for a
  ///   damaged one.
  public init(of folders: [URL], design: String) throws {
    try self.init(of: folders, SparseStudy.experiment(design))
  }

  init(of folders: [URL], _ experiment: any SparseExperiment.Type) throws {
    let design = experiment.name
    var known: [SparseStudyCell: SparseStudyRecord] = [:]
    for folder in folders {
      let store = CellFolder(root: folder, content: "study")
      for name in store.names where name.hasPrefix(design + "-") {
        guard let record = try store.read(SparseStudyRecord.self, named: name) else { continue }
        known[record.cell] = record
      }
    }
    guard !known.isEmpty else {
      throw StudyError(
        "no-cells", in: folders.map(\.path).joined(separator: ", "),
        "there is no finished cell of the design \"\(design)\"",
        hint: "name the folders that `rankine study --design \(design)` wrote to")
    }
    self.init(experiment, known.values.filter { experiment.labels.indices.contains($0.cell.point) })
  }

  /// How many replications some point has.
  public var replicationCount: Int { Set(records.map(\.cell.replication)).count }

  /// The names of the measures in the order of the table's columns.
  public var measures: [String] { records.first?.measurements.first?.values.map(\.name) ?? [] }

  /// The names of the methods in the order of the table's rows.
  public var methods: [String] { records.first?.measurements.map(\.method) ?? [] }

  /// The places of points that have cells.
  var points: [Int] { Set(records.map(\.cell.point)).sorted() }

  /// A measure of a method at a point, one number a replication that has it.
  func values(_ measure: String, of method: String, at point: Int) -> [Double] {
    records.filter { $0.cell.point == point }.compactMap { record in
      record.measurements.first { $0.method == method }?.values
        .first { $0.name == measure }?.value
    }.filter { !$0.isNaN }
  }

  // MARK: Tables

  /// A row for each point and method: means over replications, with standard errors in parentheses.
  public var table: ResultTable {
    var table = ResultTable(
      caption: caption,
      columns: [.init("Point"), .init("Method")] + measures.map { .init($0) })
    for point in points {
      for method in methods {
        let cells = measures.map { cell($0, method, point) }
        let label = labels[point].name
        table.append([.text(label), .text(method)] + cells, group: label)
      }
    }
    return table
  }

  /// A row for each point and a column for each method, of one measure.
  public func table(of measure: String) -> ResultTable {
    var table = ResultTable(
      caption: "\(measure); \(caption)",
      columns: [.init("Point")] + methods.map { .init($0) })
    for point in points {
      table.append([.text(labels[point].name)] + methods.map { cell(measure, $0, point) })
    }
    return table
  }

  private var caption: String {
    "\(name): \(summary); \(counted(replicationCount, "replication")), means (standard errors)"
  }

  private func cell(_ measure: String, _ method: String, _ point: Int) -> ResultTable.Cell {
    let values = values(measure, of: method, at: point)
    guard !values.isEmpty else { return .empty }
    return .number(
      Statistics.mean(values),
      deviation: values.count > 1 ? Statistics.standardError(values) : nil)
  }

  // MARK: Files

  /// The files of `write(to:command:)`, without the figures.
  public static let fileNames: [String] = [
    "table.txt", "table.md", "table.tex", "table.csv", "measures.md", "results.json",
    "report.html",
  ]

  /// Writes the tables, a figure for each measure of a design with an axis, the report, and every
  /// measurement.
  ///
  /// - Parameter command: the command line that the report shows; empty for none.
  /// - Throws: `FileError` (`cannot-write`).
  public func write(to folder: URL, command: String = "") throws {
    let table = table
    let texts = [
      "table.txt": table.plainText(), "table.md": table.markdown(), "table.tex": table.latex(),
      "table.csv": table.csv(),
      "measures.md": measures.map { self.table(of: $0).markdown() }.joined(separator: "\n"),
      "report.html": report(command: command).html(),
    ]
    for name in Self.fileNames {
      if let text = texts[name] {
        try writeAtomically(text, to: folder.appendingPathComponent(name))
      }
    }
    for (measure, figure) in zip(measures, figures) {
      let word = String(measure.map { $0.isLetter || $0.isNumber ? $0 : "-" })
      try writeAtomically(figure.svg(), to: folder.appendingPathComponent("\(word).svg"))
    }
    try RecordFile.write(records, to: folder.appendingPathComponent("results.json"))
  }
}
