import Foundation
import RankineData
import RankineSupport
import RankineTraining

/// The argument that names a run directory to read.
enum RunArgument {
  static let run = Argument<String>.operand("RUN", "A run directory that `rankine fit` wrote")

  static let source = Argument<String?>.optional(
    "as", "SOURCE",
    "The source that all rows of DATA come from, where the model's tasks have rows of their own")

  /// The table of a file, with the column that says where its rows come from where `--as` says it.
  ///
  /// - Throws: `DataError` as `Table(contentsOf:)`; `UsageError` (`invalid-value`) for a model whose
  ///   tasks share all rows.
  static func table(at path: String, for fit: FittedModel, as source: String?) throws -> Table {
    let table = try Table(contentsOf: URL(fileURLWithPath: path))
    guard let source else { return table }
    guard let column = fit.outcomes.lazy.compactMap(\.source?.column).first else {
      throw UsageError(
        .invalidValue, in: "--as \(source)", "the tasks of this model share all rows",
        hint: "leave it out")
    }
    let origin = Column(column, texts: Array(repeating: source, count: table.rowCount))
    return try Table(table.name, columns: [origin] + table.columns.filter { $0.name != column })
  }

  /// The fitted model of a run directory.
  ///
  /// - Throws: `FileError` (`missing-run`) with the nearest name when there is no run, and what
  ///   `FittedModel(contentsOf:)` throws for one that is damaged.
  static func fit(at path: String) throws -> FittedModel {
    let folder = URL(fileURLWithPath: path)
    let files = FileManager.default
    let model = folder.appendingPathComponent(FittedModel.modelFile)
    guard !files.fileExists(atPath: model.path) else { return try FittedModel(contentsOf: path) }
    guard files.fileExists(atPath: folder.path) else {
      let beside = folder.deletingLastPathComponent().path
      let names = (try? files.contentsOfDirectory(atPath: beside)) ?? []
      throw FileError(
        code: "missing-run", place: folder.path, message: "there is no run directory of this name",
        hint: suggestion(for: folder.lastPathComponent, among: names.sorted()))
    }
    throw FileError(
      code: "missing-run", place: folder.path,
      message: "this is no run directory: there is no \(FittedModel.modelFile) in it",
      hint: "name a directory that `rankine fit` wrote with --out")
  }
}
