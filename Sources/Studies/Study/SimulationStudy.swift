import Foundation
import RankineData
import RankineTraining

/// The simulation study: models on replications of the six settings, where the truth is known.
///
///     var study = SimulationStudy(candidates: try Candidate.fromZoo([]))
///     study.replications = 1...20
///     print(try study.run(threads: 8).text)
///
/// A cell is a model on a replication of a setting and variant. All models of a replication share
/// data, split, standardization and seed; settings and variants share predictors and coefficients.
/// Strength, epoch and tuned hyperparameters are chosen on validation rows, calibrations learned on
/// training and validation rows, and test rows are read once, by the metrics. Cells do not depend on
/// threads, shards or one another, and so neither does anything that is computed from them.
///
/// - Source: Li, Wang, Zhang & Ma, arXiv:2607.00995, simulation study; `Simulation` fixes what it
///   leaves open.
public struct SimulationStudy: Sendable {
  public let candidates: [Candidate]
  /// From 1 to 6.
  public var settings: [Int] = Array(1...6)
  /// Where a variant would equal another one, it is left out.
  public var variants: [StudyVariant] = [.plain]
  public var replications: ClosedRange<Int> = 1...100
  /// How data are drawn, and the seed of all; its setting and variant are not used.
  public var simulation: Simulation = Simulation(setting: 1)
  /// For every model.
  public var options: TrainingOptions = TrainingOptions()
  /// The model that the others are held against; the first of the tables when nil.
  public var reference: String?

  public init(candidates: [Candidate]) { self.candidates = candidates }

  /// What all cells share.
  var setup: StudySetup { StudySetup(simulation: simulation, options: options) }

  /// The groups of rows of the tables.
  public var conditions: [StudyCondition] {
    Set(settings).sorted().flatMap { setting in
      Set(variants).sorted().filter { $0.exists(in: setting) }
        .map { StudyCondition(setting: setting, variant: $0) }
    }
  }

  /// The cells, or those of a shard: models that need more networks first, so that no long cell is begun
  /// last.
  public func cells(of shard: Shard = .whole) -> [StudyCell] {
    shard.share(of: jobs).map(\.cell)
  }

  private var jobs: [StudyJob] {
    let byCost = candidates.enumerated().sorted {
      ($1.element.networkCount(2), $0.offset) < ($0.element.networkCount(2), $1.offset)
    }.map(\.element)
    return byCost.flatMap { candidate in
      replications.flatMap { replication in
        conditions.map {
          StudyJob(
            candidate: candidate,
            cell: StudyCell(condition: $0, replication: replication, model: candidate.name))
        }
      }
    }
  }

  /// Makes the cells that are missing.
  ///
  /// - Parameters:
  ///   - threads: cells that run at the same time.
  ///   - folder: where finished cells are written and looked for; nil keeps them in memory.
  ///   - shard: the part of the cells that is made here; those of others are taken over as they are.
  ///   - isResuming: whether finished cells are taken over by a process that has no shard.
  ///   - progress: called after each cell, one call at a time.
  /// - Returns: the findings of all cells in the folder, whoever made them.
  /// - Throws: `StudyError` for a study without cells, a folder that is taken or holds cells of another
  ///   setup; `DataError` for data that cannot be drawn; `FileError`.
  public func run(
    threads: Int = 1, folder: URL? = nil, shard: Shard = .whole, isResuming: Bool = false,
    progress: (@Sendable (StudyProgress) -> Void)? = nil
  ) throws -> StudyFindings {
    try validate()
    let store = folder.map { StudyFolder(root: $0) }
    if let store, !isResuming, shard == .whole { try store.cells.checkEmpty() }
    let known = try store?.records() ?? []
    try check(known, in: store)
    let done = Set(known.map(\.cell))
    let own = shard.share(of: jobs)
    let jobs = own.filter { !done.contains($0.cell) }
    let before = own.count - jobs.count
    let setup = setup
    let made = try CellQueue(
      jobs: jobs, make: { try $0.run(setup, threads: $1) }, keep: { try store?.write($0) }
    ).run(threads: threads) { job, count in
      progress?(
        StudyProgress(cell: job.cell, completedCells: before + count, cellCount: own.count))
    }
    let failures = made.failures.map { StudyFailure(cell: $0.job.cell, message: "\($0.error)") }
    // Read again: other shards have written meanwhile.
    let timed = try store?.timedRecords() ?? made.cells
    return StudyFindings(timed, failures: failures, reference: reference)
  }
}

/// How far a study, or a shard of it, has come.
public struct StudyProgress: Sendable {
  /// The cell that has just ended.
  public let cell: StudyCell
  /// With those taken over from an earlier run, of the shard alone.
  public let completedCells: Int
  public let cellCount: Int
}

/// A cell that could not be made.
public struct StudyFailure: Codable, Sendable, Equatable {
  public let cell: StudyCell
  /// What went wrong, as the error says it.
  public let message: String
}

/// A cell that is to be made.
private struct StudyJob: Sendable {
  let candidate: Candidate
  let cell: StudyCell

  /// Draws the data, fits the model, and measures it.
  func run(_ setup: StudySetup, threads: Int) throws -> TimedCell {
    let start = ProcessInfo.processInfo.systemUptime
    let data = try setup.data(of: cell)
    let fit = try candidate.fit(
      data.dataset, data.truth.split, setup.seed(ofReplication: cell.replication), setup.options,
      threads)
    let record = StudyCellRecord(
      fit, of: cell, on: data, setup: setup, settings: candidate.settings)
    return TimedCell(
      record: record, seconds: ProcessInfo.processInfo.systemUptime - start)
  }
}
