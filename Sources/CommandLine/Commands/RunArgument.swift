import Foundation
import RankineSupport
import RankineTraining

/// The argument that names a run directory to read.
enum RunArgument {
  static let run = Argument<String>.operand("RUN", "A run directory that `rankine fit` wrote")

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
