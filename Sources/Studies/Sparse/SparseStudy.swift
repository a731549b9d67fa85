import Foundation
import RankineSparse
import RankineSupport
import RankineTraining

/// Replications of an experiment on sparse-pattern regressions, and their means.
///
///     let study = try SparseStudy(design: "overlap", replications: 1...20)
///     print(try study.run(threads: 2).table.plainText())
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
    guard let found = SparseExperiments.all.first(where: { $0.name == name }) else {
      throw StudyError(
        "unknown-design", in: "the design \"\(name)\"", "there is no design of this name",
        hint: suggestion(for: name, among: SparseExperiments.all.map { $0.name }))
    }
    self.init(found, replications: replications, seed: seed)
  }

  /// - Parameters:
  ///   - threads: replications run side by side; their number changes times alone.
  ///   - progress: called with the number of replications that are done.
  /// - Throws: `SparseError`.
  public func run(
    threads: Int = 1, progress: (@Sendable (Int) -> Void)? = nil
  ) throws -> SparseStudyFindings {
    let first = replications.lowerBound
    let done = CompletionCount(progress)
    let measured = try concurrentMap(replications.count, threads: threads) { position in
      let own = try experiment.init().run(replication: first + position, seed: seed)
      done.advance()
      return own
    }
    return SparseStudyFindings(
      name: experiment.name, summary: experiment.summary, replications: measured)
  }
}
