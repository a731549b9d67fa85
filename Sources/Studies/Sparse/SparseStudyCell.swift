import RankineSparse
import RankineSupport

/// One replication of one point of an experiment.
public struct SparseStudyCell: Codable, Sendable, Hashable {
  /// The experiment's name.
  public let design: String
  /// The place of the point in the experiment's list, from 0.
  public let point: Int
  public let replication: Int

  /// The name of its file, without the ending: `overlap-3-17`.
  var fileName: String { "\(design)-\(point + 1)-\(replication)" }
}

/// What came of a cell, as its file in the folder `cells` holds it.
public struct SparseStudyRecord: Codable, Sendable, Equatable {
  public let cell: SparseStudyCell
  /// The seed of the study.
  public let seed: UInt64
  /// The version that ran it.
  public let version: String
  /// One a method.
  public let measurements: [SparseMeasurement]
}
