import Foundation
import RankineData
import RankineSupport
import RankineTraining

/// Several models on the same repeated splits of the same data.
///
///     var comparison = Comparison(try .bundled, candidates: try Candidate.fromZoo([]))
///     comparison.splitCount = 20
///     let result = try comparison.run(threads: 8)
///     print(result.text)
///
/// A split has the same rows, the same preprocessing and the same seed for every model. Each pair of a
/// model and a split is a cell; cells run side by side and do not depend on the number of threads.
public struct Comparison: Sendable {
  public let data: Dataset
  /// The first is the one that the others are held against.
  public let candidates: [Candidate]
  /// What tables and reports call the data.
  public var dataName: String
  /// How often the rows are divided anew.
  public var splitCount: Int = 5
  public var split: Split = .ratio(60, 20, 20)
  /// Of all splits and fits.
  public var seed: UInt64 = 1
  /// Whether models that cannot be fitted to these outcomes are left out, with the reason, instead of
  /// refused.
  public var leavesOutUnsuitable: Bool = false
  /// For every model.
  public var options: TrainingOptions = TrainingOptions()

  public init(_ data: Dataset, candidates: [Candidate], dataName: String? = nil) {
    (self.data, self.candidates) = (data, candidates)
    self.dataName = dataName ?? data.table.name
  }

  /// Fits every model on every split and measures it on the test rows.
  ///
  /// - Parameters:
  ///   - threads: cells that run at the same time.
  ///   - folder: where each finished cell is written to `cells`; nil keeps them in memory.
  ///   - isResuming: whether the cells in the folder are taken over instead of refused.
  ///   - progress: called after each cell, one call at a time.
  /// - Returns: all cells that could be made; a model that fails on a split is among the failures.
  /// - Throws: `StudyError` for models or splits that make no comparison or a folder that is taken,
  ///   `DataError` for a split that the rows do not allow, `FileError` when a cell cannot be written.
  public func run(
    threads: Int = 1, folder: URL? = nil, isResuming: Bool = false,
    progress: (@Sendable (ComparisonProgress) -> Void)? = nil
  ) throws -> ComparisonFindings {
    try validate()
    let (candidates, omissions) = try suitable()
    let plan = ComparisonPlan(self, candidates: candidates, omissions: omissions)
    let store = folder.map { CellFolder(root: $0, content: "comparison") }
    if let store, !isResuming { try store.checkEmpty() }
    let digest = try SetupDigest(self)
    var jobs: [CellJob] = []
    var finished: [CellRecord] = []
    for number in 1...splitCount {
      let seed = plan.seed(ofSplit: number)
      let parts = try split.parts(of: data, seed: seed)
      for candidate in candidates {
        let job = CellJob(
          candidate: candidate, split: number, seed: seed, parts: parts,
          setup: digest.text(for: candidate))
        if let store, let cell = try job.finished(in: store) {
          finished.append(cell)
        } else {
          jobs.append(job)
        }
      }
    }
    let (before, total) = (finished.count, finished.count + jobs.count)
    let made = try CellQueue(
      jobs: jobs, make: { try $0.run(data, options: options, threads: $1) },
      keep: { try store?.write($0, named: $0.fileName) }
    ).run(threads: threads) { job, done in
      progress?(
        ComparisonProgress(
          model: job.candidate.name, split: job.split, completedCells: before + done,
          cellCount: total))
    }
    return ComparisonFindings(
      plan: plan, cells: finished + made.cells,
      failures: made.failures.map { $0.job.failure($0.error) })
  }

  /// The models that can be fitted to the outcomes, and why the others cannot.
  ///
  /// - Throws: `StudyError` (`unsuitable-model`).
  private func suitable() throws -> ([Candidate], [ComparisonPlan.Omission]) {
    var (suitable, omissions): ([Candidate], [ComparisonPlan.Omission]) = ([], [])
    for candidate in candidates {
      do {
        try candidate.check(data)
        suitable.append(candidate)
      } catch let error as any UserError {
        guard leavesOutUnsuitable else {
          throw StudyError(
            "unsuitable-model", in: "\(candidate.name), \(error.place)", error.message,
            hint: error.hint)
        }
        omissions.append(
          ComparisonPlan.Omission(
            model: candidate.name, reason: "\(error.message) (\(error.place))"))
      }
    }
    if suitable.isEmpty, let first = omissions.first {
      throw StudyError(
        "no-model", in: "the comparison", "no model fits the outcomes: \(first.reason)",
        hint: "name other tasks or models")
    }
    return (suitable, omissions)
  }

  private func validate() throws(StudyError) {
    if candidates.isEmpty {
      throw StudyError("no-model", in: "the comparison", "there is no model", hint: "name one")
    }
    var names: Set<String> = []
    for candidate in candidates where !names.insert(candidate.name).inserted {
      throw StudyError(
        "duplicate-model", in: "the comparison", "\"\(candidate.name)\" is there twice",
        hint: "name each model once")
    }
    guard splitCount >= 1 else {
      throw StudyError(
        "bad-splits", in: "the comparison", "\(splitCount) splits", hint: "ask for at least 1")
    }
    guard split.shares.count == 3, split.shares[2] > 0 else {
      throw StudyError(
        "bad-splits", in: "the comparison", "no rows are left to test on",
        hint: "give the test part a share, for example 60/20/20")
    }
  }
}

/// How far a comparison has come.
public struct ComparisonProgress: Sendable {
  /// The cell that has just ended.
  public let model: String
  /// From 1.
  public let split: Int
  /// With those taken over from an earlier run.
  public let completedCells: Int
  public let cellCount: Int
}

/// A cell that is to be made.
private struct CellJob: Sendable {
  let candidate: Candidate
  let split: Int
  let seed: UInt64
  let parts: Parts
  let setup: String

  func run(_ data: Dataset, options: TrainingOptions, threads: Int) throws -> CellRecord {
    let start = ProcessInfo.processInfo.systemUptime
    let fit = try candidate.fit(data, parts, seed, options, threads)
    return CellRecord(
      fit, model: candidate.name, split: split, setup: setup,
      seconds: ProcessInfo.processInfo.systemUptime - start)
  }

  /// The cell as an earlier run left it, or nil when it is yet to be made.
  ///
  /// - Throws: `FileError` for a damaged file; `StudyError` (`other-setup`) for the cell of another
  ///   comparison.
  func finished(in store: CellFolder) throws -> CellRecord? {
    let name = CellRecord.fileName(model: candidate.name, split: split)
    guard let cell = try store.read(CellRecord.self, named: name) else { return nil }
    guard cell.setup == setup, cell.model == candidate.name, cell.split == split else {
      throw StudyError(
        "other-setup", in: store.file(name).path,
        "this cell was made with other data, tasks, split, seed, options or hyperparameters",
        hint: "repeat the options of the first run, or write to another folder")
    }
    return cell
  }

  func failure(_ error: any Error) -> CellFailure {
    CellFailure(model: candidate.name, split: split, message: "\(error)")
  }
}
