import Foundation
import RankineSparse
import RankineSupport

/// Replications of an experiment on sparse-pattern regressions, and their means.
///
///     let study = try SparseStudy(design: "overlap", replications: 1...20)
///     print(try study.run(threads: 2).table.plainText())
///
/// A cell is a replication of a point. Cells do not depend on threads, shards or one another.
public struct SparseStudy: Sendable {
  /// What is replicated.
  public let experiment: any SparseExperiment.Type
  public let replications: ClosedRange<Int>
  public let seed: UInt64

  /// An experiment of one's own.
  public init(
    _ experiment: any SparseExperiment.Type, replications: ClosedRange<Int>, seed: UInt64 = 1
  ) {
    (self.experiment, self.replications, self.seed) = (experiment, replications, seed)
  }

  /// - Throws: `StudyError` (`unknown-design`) with the nearest name.
  public init(
    design name: String, replications: ClosedRange<Int>, seed: UInt64 = 1
  ) throws(StudyError) {
    self.init(try Self.experiment(name), replications: replications, seed: seed)
  }

  static func experiment(_ name: String) throws(StudyError) -> any SparseExperiment.Type {
    if let found = SparseExperiments.all.first(where: { $0.name == name }) { return found }
    throw StudyError(
      "unknown-design", in: "the design \"\(name)\"", "there is no design of this name",
      hint: suggestion(for: name, among: SparseExperiments.all.map { $0.name }))
  }

  /// The cells, or those of a shard, replication by replication.
  public func cells(of shard: Shard = .whole) -> [SparseStudyCell] {
    let places = experiment.labels.indices
    return shard.share(
      of: replications.flatMap { replication in
        places.map {
          SparseStudyCell(design: experiment.name, point: $0, replication: replication)
        }
      })
  }

  /// Makes the cells that are missing.
  ///
  /// - Parameters:
  ///   - threads: cells that run at the same time; their number changes times alone.
  ///   - folder: where finished cells are written and looked for; nil keeps them in memory.
  ///   - shard: the part of the cells that is made here.
  ///   - isResuming: whether finished cells in the folder are taken over instead of refused.
  ///   - progress: called after each cell, one call at a time, with the number of those done.
  /// - Returns: what all cells in the folder came to, those of other shards among them.
  /// - Throws: `StudyError`: `already-exists` for a folder with cells, `other-setup` for cells of another
  ///   seed or version; `FileError`; `SparseError`.
  public func run(
    threads: Int = 1, folder: URL? = nil, shard: Shard = .whole, isResuming: Bool = false,
    progress: (@Sendable (_ cell: SparseStudyCell, _ done: Int) -> Void)? = nil
  ) throws -> SparseStudyFindings {
    let store = folder.map { CellFolder(root: $0, content: "study") }
    // Processes of one study share a folder.
    if let store, !isResuming, shard == .whole { try store.checkEmpty() }
    var known: [SparseStudyRecord] = []
    var missing: [SparseStudyCell] = []
    for cell in cells(of: shard) {
      if let record = try store.flatMap({ try own(cell, in: $0) }) {
        known.append(record)
      } else {
        missing.append(cell)
      }
    }
    let before = known.count
    let made = try CellQueue(
      jobs: missing, make: { cell, _ in try record(cell) },
      keep: { try store?.write($0, named: $0.cell.fileName) }
    ).run(threads: threads) { cell, done in progress?(cell, before + done) }
    if let failure = made.failures.first { throw failure.error }
    if let folder { return try SparseStudyFindings(of: [folder], experiment) }
    return SparseStudyFindings(experiment, known + made.cells)
  }

  private func own(
    _ cell: SparseStudyCell, in store: CellFolder
  ) throws -> SparseStudyRecord? {
    let found = try store.read(SparseStudyRecord.self, named: cell.fileName)
    guard let found, found.seed != seed || found.version != Release.version else { return found }
    throw StudyError(
      "other-setup", in: store.file(cell.fileName).path,
      "this cell was made with seed \(found.seed) by version \(found.version)",
      hint: "repeat the first call's seed and version, or write to another folder")
  }

  private func record(_ cell: SparseStudyCell) throws -> SparseStudyRecord {
    SparseStudyRecord(
      cell: cell, seed: seed, version: Release.version,
      measurements: try experiment.run(
        pointAt: cell.point, replication: cell.replication, seed: seed))
  }
}
