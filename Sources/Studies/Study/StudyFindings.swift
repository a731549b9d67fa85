import RankineEvaluation
import RankineZoo

/// The cells of a study and what they say about the models.
public struct StudyFindings: Sendable {
  /// By setting, variant, model and replication.
  public let records: [StudyCellRecord]
  /// Of the process that made these findings.
  public let failures: [StudyFailure]
  /// The models, the reference first, then in the order of the zoo, then by name.
  public let models: [String]
  public let conditions: [StudyCondition]
  private let replicationsByCondition: [StudyCondition: [Int]]
  private let byCell: [StudyCell: StudyCellRecord]
  private let secondsByCell: [StudyCell: Double]

  /// - Parameter reference: the model that the others are held against; when it is nil or has no cell,
  ///   the first in the order of the zoo.
  init(_ cells: [TimedCell], failures: [StudyFailure] = [], reference: String? = nil) {
    let names = Set(cells.map(\.record.cell.model))
    func place(_ name: String) -> (Int, Int, String) {
      (
        name == reference ? 0 : 1,
        Zoo.names.firstIndex(of: name) ?? Zoo.names.count, name
      )
    }
    let models = names.sorted { place($0) < place($1) }
    let order = Dictionary(uniqueKeysWithValues: models.enumerated().map { ($1, $0) })
    func rank(_ record: StudyCellRecord) -> (StudyCondition, Int, Int) {
      (
        record.cell.condition, order[record.cell.model] ?? models.count, record.cell.replication
      )
    }
    self.models = models
    self.failures = failures
    records = cells.map(\.record).sorted { rank($0) < rank($1) }
    conditions = Set(records.map(\.cell.condition)).sorted()
    replicationsByCondition = Dictionary(grouping: records.map(\.cell), by: \.condition)
      .mapValues { Set($0.map(\.replication)).sorted() }
    byCell = Dictionary(records.map { ($0.cell, $0) }, uniquingKeysWith: { first, _ in first })
    secondsByCell = Dictionary(
      cells.map { ($0.record.cell, $0.seconds) }, uniquingKeysWith: { first, _ in first })
  }

  /// What all cells share; nil without any.
  public var setup: StudySetup? { records.first?.setup }

  /// The replications that any model has of a condition, ascending.
  public func replications(_ condition: StudyCondition) -> [Int] {
    replicationsByCondition[condition] ?? []
  }

  /// The cells of a model, one a replication of `replications(_:)`; nil where it is missing.
  public func cells(of model: String, _ condition: StudyCondition) -> [StudyCellRecord?] {
    replications(condition).map {
      byCell[StudyCell(condition: condition, replication: $0, model: model)]
    }
  }

  /// A measure of a model, one number a replication; NaN where it is missing.
  public func values(
    _ measure: StudyMeasure, model: String, _ condition: StudyCondition
  ) -> [Double] {
    cells(of: model, condition).map { $0?.value(measure) ?? .nan }
  }

  /// A metric of the true function, one number a replication.
  public func truth(_ metric: MetricName, _ condition: StudyCondition) -> [Double] {
    replications(condition).map { replication in
      let cells = models.lazy.compactMap {
        byCell[StudyCell(condition: condition, replication: replication, model: $0)]
      }
      return cells.first?.truth.mean(of: metric) ?? .nan
    }
  }

  /// The first model's measure minus that of another one, paired over replications.
  ///
  /// Replications are independent, so the interval is Student's.
  public func difference(
    _ measure: StudyMeasure, to model: String, _ condition: StudyCondition
  ) -> PairedDifference {
    PairedDifference(
      values(measure, model: models.first ?? model, condition),
      minus: values(measure, model: model, condition))
  }

  /// Seconds that the cells of a model took, where they are known.
  public func seconds(of model: String) -> [Double] {
    records.filter { $0.cell.model == model }.compactMap { secondsByCell[$0.cell] }
      .filter(\.isFinite)
  }

  /// What to tell whoever asked for all cells when some could not be made; nil when none failed.
  public var failure: StudyError? {
    guard let first = failures.first else { return nil }
    return StudyError(
      "cells-failed", in: first.cell.fileName,
      "\(failures.count) fit\(failures.count == 1 ? "" : "s") failed; this one with \(first.message)",
      hint: records.isEmpty ? nil : "the tables are of the others")
  }
}
