import Foundation
import RankineData
import RankineGraph
import RankineLanguage
import RankineSupport

/// A folder that keeps the finished fits of a model's paths, so that training that was killed goes on
/// from them and ends with the same bits.
///
///     let checkpoint = FitCheckpoint(folder: URL(fileURLWithPath: "run.checkpoint"))
///     let fit = try model.fit(data, checkpoint: checkpoint)
///     try fit.write(to: "run")
///     try checkpoint.remove()
///
/// A file holds one strength of one path, and is written whole or not at all. All that decides its
/// numbers is in its name: data, split, seed, options, model and version. So a folder may be shared by
/// any fits, and another fit finds nothing of its own. A damaged file counts as none.
public struct FitCheckpoint: Sendable, Equatable {
  public let folder: URL

  public init(folder: URL) { self.folder = folder }

  /// How many finished fits lie there.
  public var count: Int {
    let files = (try? FileManager.default.contentsOfDirectory(atPath: folder.path)) ?? []
    return files.count { $0.hasSuffix(Self.ending) && !$0.hasPrefix(".") }
  }

  /// Removes the folder, once what was fitted is kept elsewhere.
  ///
  /// - Throws: an error of the file system.
  public func remove() throws {
    guard FileManager.default.fileExists(atPath: folder.path) else { return }
    try FileManager.default.removeItem(at: folder)
  }

  private static let ending = ".safetensors"

  fileprivate func file(_ digest: Digest) -> URL {
    folder.appendingPathComponent(digest.text + Self.ending)
  }
}

/// The fits of one network in a checkpoint.
struct CheckpointedFits: Sendable {
  private let checkpoint: FitCheckpoint
  /// Of all that the network's fits share.
  private let digest: Digest

  /// Which of them: `columnWeights` is part of it, since a second path depends on the first.
  struct Place {
    let stage: String
    let trial: Int
    /// The multiple of λ_max.
    let multiple: Double
    let columnWeights: [Double]?
    var epochs: Int?
  }

  /// - Parameter start: the first weights, some of which may be given.
  init(
    _ checkpoint: FitCheckpoint, data: Dataset, parts: Parts, model: LoweredModel,
    start: ParameterSet, options: TrainingOptions, seed: UInt64, task: String?
  ) throws {
    var digest = Digest()
    try digest.add(data)
    try digest.add(recordOf: parts)
    try digest.add(recordOf: options)
    // A closure has no name of its own: its graph tells it from another.
    let loss = Printer([("loss", model.objective().total)], of: model.graph).text
    for text in [model.model.description, loss, task ?? "", Release.version] {
      digest.add(text.utf8)
      digest.add(0)
    }
    for (name, values) in start.values.sorted(by: { $0.key < $1.key }) {
      digest.add(name.utf8)
      for value in values { digest.add(value.bitPattern) }
    }
    digest.add(seed)
    (self.checkpoint, self.digest) = (checkpoint, digest)
  }

  /// The fit at a place, or nil where it is yet to be made.
  func kept(_ place: Place) -> StrengthFit? {
    guard let file = try? WeightFile(contentsOf: file(place)) else { return nil }
    return StrengthFit(file)
  }

  /// - Throws: `FileError` (`cannot-write`).
  func keep(_ fit: StrengthFit, at place: Place) throws {
    try fit.file().write(to: file(place))
  }

  private func file(_ place: Place) -> URL {
    var digest = digest
    digest.add(place.stage.utf8)
    digest.add(UInt64(place.trial))
    digest.add(place.multiple.bitPattern)
    digest.add(UInt64(place.epochs ?? 0))
    for weight in place.columnWeights ?? [] { digest.add(weight.bitPattern) }
    return checkpoint.file(digest)
  }
}
