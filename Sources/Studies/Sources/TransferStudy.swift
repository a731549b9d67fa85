import Foundation
import RankineData
import RankineSupport
import RankineTraining
import RankineZoo

/// How well a new task is predicted from few rows of its own, with and without what other tasks have
/// learned.
///
///     var study = TransferStudy()
///     study.scenarios = [.both]
///     print(try study.run(threads: 2).text())
///
/// The five tasks of a scenario are the old ones, and a sixth of the same scenario is the new one. Of its
/// n rows seven tenths are for training and the others for validation, the same for all methods; the
/// errors are of 500 further rows.
public struct TransferStudy: Sendable {
  public var scenarios: [SourceSimulation.Scenario] = [.homogeneous, .both, .outlier, .unrelated]
  public var replications: ClosedRange<Int> = 1...20
  /// n, how many rows the new task has, ascending.
  public var rowCounts: [Int] = [10, 20, 30, 50, 100]
  /// How data of the old tasks are drawn, and the seed of all; its scenario is not used.
  public var simulation: SourceSimulation = SourceSimulation(.homogeneous)
  /// For every fit.
  public var options: TrainingOptions = TrainingOptions()
  /// What is fitted to the old tasks; the networks that the new task is compared by are variants of it.
  public var encoder: DualEncoder = DualEncoder()

  public init() { encoder.sparsity = 0.1 }

  /// Every replication of every scenario.
  public var cells: [TransferCell] {
    replications.flatMap { replication in
      Set(scenarios).sorted().map { TransferCell(scenario: $0, replication: replication) }
    }
  }

  /// Makes the cells of a shard that are missing.
  ///
  /// - Parameters:
  ///   - threads: cells that run at the same time.
  ///   - folder: where finished cells are written and looked for; nil keeps them in memory.
  ///   - shard: the part of the cells that is made here; those of others are taken over as they are.
  ///   - isResuming: whether a process that has no shard takes over finished cells instead of refusing
  ///     them.
  ///   - progress: called after each cell, one call at a time.
  /// - Returns: the findings of all cells of the study that are in the folder.
  /// - Throws: `StudyError` for a folder that is taken or holds cells of another setup, or numbers of
  ///   rows that are too few; `FileError`; what the fits throw.
  public func run(
    threads: Int = 1, folder: URL? = nil, shard: Shard = .whole, isResuming: Bool = false,
    progress: (@Sendable (_ cell: TransferCell, _ done: Int) -> Void)? = nil
  ) throws -> TransferFindings {
    guard let least = rowCounts.min(), least >= 4 else {
      throw StudyError(
        "too-few-rows", in: "the study", "the new task has \(rowCounts.min() ?? 0) rows",
        hint: "give it at least 4, to train and to validate")
    }
    let store = folder.map { CellFolder(root: $0, content: "study") }
    if let store, !isResuming, shard == .whole { try store.checkEmpty() }
    let known = try records(in: store)
    let done = Set(known.map(\.cell))
    let own = shard.share(of: cells)
    let missing = own.filter { !done.contains($0) }
    let before = own.count - missing.count
    let made = try CellQueue(
      jobs: missing, make: { try TransferTrial($0, of: self).run(threads: $1) },
      keep: { try store?.write($0, named: $0.cell.fileName) }
    ).run(threads: threads) { cell, count in progress?(cell, before + count) }
    if let failure = made.failures.first { throw failure.error }
    return TransferFindings(store == nil ? made.cells : try records(in: store))
  }

  /// What all cells share.
  var setup: TransferSetup {
    TransferSetup(
      simulation: SourceSetup(simulation: simulation, options: options), rowCounts: rowCounts,
      encoder: encoder.settings.map { Candidate.Setting(name: $0.name, value: $0.value) })
  }

  private func records(in store: CellFolder?) throws -> [TransferRecord] {
    guard let store else { return [] }
    return try cells.compactMap { cell in
      guard let record = try store.read(TransferRecord.self, named: cell.fileName) else {
        return nil
      }
      guard record.setup == setup else {
        throw StudyError(
          "other-setup", in: store.file(cell.fileName).path,
          "this cell was made with other options or numbers of rows",
          hint: "repeat the first call's options, or write to another folder")
      }
      return record
    }
  }
}

/// One replication of a scenario with a new task.
public struct TransferCell: Codable, Sendable, Hashable {
  public let scenario: SourceSimulation.Scenario
  public let replication: Int

  /// The name of its file, without the ending: `scenario-D-7`.
  var fileName: String { "scenario-\(scenario.rawValue)-\(replication)" }
}

/// What all cells of a study of transfer share.
struct TransferSetup: Codable, Sendable, Equatable {
  let simulation: SourceSetup
  let rowCounts: [Int]
  let encoder: [Candidate.Setting]
}

/// The new task's errors in one cell, as its file in the folder `cells` holds them.
struct TransferRecord: Codable, Sendable, Equatable {
  let cell: TransferCell
  let setup: TransferSetup
  /// For each method, in the order of `TransferMethod.allCases`, MSE / Var(Y) of the test rows for each
  /// number of rows.
  let errors: [[Double]]
}
