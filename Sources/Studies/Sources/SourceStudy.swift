import Foundation
import RankineData
import RankineSupport
import RankineTraining

/// Models on simulated tasks that have rows of their own: scenarios A to F.
///
///     let study = SourceStudy(candidates: try SourceMethods.all())
///     print(try study.run(threads: 8).text)
///
/// All models of a replication share data, parts and seed; strengths, epochs and tuned hyperparameters
/// are chosen on validation rows; test rows are read once, by the errors. Cells do not depend on threads
/// or on one another.
///
/// - Source: the design of `SourceSimulation`.
public struct SourceStudy: Sendable {
  /// The first is the one that the others are held against.
  public let candidates: [Candidate]
  public var scenarios: [SourceSimulation.Scenario] = SourceSimulation.Scenario.allCases
  public var replications: ClosedRange<Int> = 1...20
  /// How data are drawn, and the seed of all; its scenario is not used.
  public var simulation: SourceSimulation = SourceSimulation(.homogeneous)
  /// For every model.
  public var options: TrainingOptions = TrainingOptions()

  public init(candidates: [Candidate]) { self.candidates = candidates }

  var setup: SourceSetup { SourceSetup(simulation: simulation, options: options) }

  /// The cells, a model on a replication of a scenario each, or those of a shard.
  public func cells(of shard: Shard = .whole) -> [SourceCell] { shard.share(of: jobs).map(\.cell) }

  private var jobs: [SourceJob] {
    candidates.flatMap { candidate in
      replications.flatMap { replication in
        Set(scenarios).sorted().map {
          SourceJob(
            candidate: candidate,
            cell: SourceCell(scenario: $0, replication: replication, model: candidate.name))
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
  ///   - isResuming: whether a process that has no shard takes over finished cells instead of refusing
  ///     them.
  ///   - progress: called after each cell, one call at a time.
  /// - Returns: the findings of all cells of the study that are in the folder, whoever made them.
  /// - Throws: `StudyError` for a study without models, a folder that is taken or holds cells of another
  ///   setup; `FileError`.
  public func run(
    threads: Int = 1, folder: URL? = nil, shard: Shard = .whole, isResuming: Bool = false,
    progress: (@Sendable (_ cell: SourceCell, _ done: Int) -> Void)? = nil
  ) throws -> SourceFindings {
    try validate()
    let store = folder.map { CellFolder(root: $0, content: "study") }
    if let store, !isResuming, shard == .whole { try store.checkEmpty() }
    let known = try records(in: store)
    let done = Set(known.map(\.cell))
    let own = shard.share(of: jobs)
    let missing = own.filter { !done.contains($0.cell) }
    let before = own.count - missing.count
    let setup = setup
    let made = try CellQueue(
      jobs: missing, make: { try $0.run(setup, threads: $1) },
      keep: { try store?.write($0, named: $0.cell.fileName) }
    ).run(threads: threads) { job, done in progress?(job.cell, before + done) }
    return SourceFindings(
      // Read again: other shards have written meanwhile.
      store == nil ? made.cells : try records(in: store), models: candidates.map(\.name),
      failures: made.failures.map { "\($0.job.cell.fileName): \($0.error)" })
  }

  /// The cells of this study that are in a folder.
  private func records(in store: CellFolder?) throws -> [SourceCellRecord] {
    guard let store else { return [] }
    return try jobs.compactMap { job in
      guard let record = try store.read(SourceCellRecord.self, named: job.cell.fileName) else {
        return nil
      }
      guard record.setup == setup, record.settings == job.candidate.settings else {
        throw StudyError(
          "other-setup", in: store.file(job.cell.fileName).path,
          "this cell was made with other options or hyperparameters",
          hint: "repeat the first call's options, or write to another folder")
      }
      return record
    }
  }

  private func validate() throws(StudyError) {
    if candidates.isEmpty || scenarios.isEmpty {
      throw StudyError(
        "no-cells", in: "the study", "there is no \(candidates.isEmpty ? "model" : "scenario")",
        hint: "name one")
    }
    var names: Set<String> = []
    for candidate in candidates where !names.insert(candidate.name).inserted {
      throw StudyError(
        "duplicate-model", in: "the study", "\"\(candidate.name)\" is there twice",
        hint: "name each model once")
    }
  }
}

/// A cell that is to be made.
private struct SourceJob: Sendable {
  let candidate: Candidate
  let cell: SourceCell

  func run(_ setup: SourceSetup, threads: Int) throws -> SourceCellRecord {
    var simulation = setup.simulation
    simulation.scenario = cell.scenario
    let data = try simulation.replication(cell.replication)
    var random = CounterRandom(
      seed: simulation.seed, named: "source study replication \(cell.replication)")
    // Short enough to be typed again after --seed.
    let seed = random.next() >> 40
    let fit = try candidate.fit(data.dataset, data.parts, seed, setup.options, threads)
    return SourceCellRecord(
      fit, of: cell, on: data, setup: setup, settings: candidate.settings)
  }
}
