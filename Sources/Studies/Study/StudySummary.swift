import RankineEvaluation

/// A study in numbers: the content of `results.json`.
public struct StudySummary: Codable, Sendable, Equatable {
  /// A measure of a model in a setting.
  public struct Entry: Codable, Sendable, Equatable {
    public let setting: Int
    public let variant: StudyVariant
    public let model: String
    /// As `StudyMeasure.name` has it.
    public let measure: String
    public let mean: Double
    /// Absent for a single replication.
    public let deviation: Double?
    /// The replications that have it.
    public let replications: Int
  }

  /// The first model minus another one, paired over replications.
  public struct Difference: Codable, Sendable, Equatable {
    public let setting: Int
    public let variant: StudyVariant
    public let model: String
    public let minus: String
    public let measure: String
    public let mean: Double
    public let standardError: Double?
    /// Of the 95 % interval; absent below two replications.
    public let lower: Double?
    public let upper: Double?
    /// The replications that both models have.
    public let replications: Int
  }

  /// A model with the hyperparameters of its fits.
  public struct Model: Codable, Sendable, Equatable {
    public let name: String
    public let settings: [Candidate.Setting]
  }

  /// What all fits share; absent without any.
  public let setup: StudySetup?
  /// The first is the one that the others are held against.
  public let models: [Model]
  public let measures: [Entry]
  public let differences: [Difference]
  public let failures: [StudyFailure]

  /// Sums up the findings.
  public init(_ findings: StudyFindings) {
    (setup, failures) = (findings.setup, findings.failures)
    models = findings.models.map { name in
      Model(
        name: name,
        settings: findings.records.first { $0.cell.model == name }?.settings ?? [])
    }
    var measures: [Entry] = []
    var differences: [Difference] = []
    let reference = findings.models.first ?? ""
    for condition in findings.conditions {
      let own = StudyFamily(setting: condition.setting).measures
      for measure in own + own.compactMap(\.excess) {
        for model in findings.models {
          let values = findings.values(measure, model: model, condition).filter(\.isFinite)
          if values.isEmpty { continue }
          measures.append(
            Entry(
              setting: condition.setting, variant: condition.variant, model: model,
              measure: measure.name, mean: Statistics.mean(values),
              deviation: values.count > 1 ? Statistics.standardDeviation(values) : nil,
              replications: values.count))
          let difference = findings.difference(measure, to: model, condition)
          if model == reference || difference.count == 0 { continue }
          differences.append(
            Difference(
              setting: condition.setting, variant: condition.variant, model: reference,
              minus: model, measure: measure.name, mean: difference.mean,
              standardError: difference.count > 1 ? difference.standardError : nil,
              lower: difference.interval?.lowerBound, upper: difference.interval?.upperBound,
              replications: difference.count))
        }
      }
    }
    (self.measures, self.differences) = (measures, differences)
  }

  /// The differences with all digits.
  var differenceTable: ResultTable {
    let names = [
      "setting", "variant", "model", "minus", "measure", "replications", "mean", "se", "lower",
      "upper",
    ]
    var table = ResultTable(columns: names.map { ResultTable.Column($0) })
    for line in differences {
      let numbers = [line.mean, line.standardError ?? .nan, line.lower ?? .nan, line.upper ?? .nan]
      table.append(
        [
          .text("\(line.setting)"), .text("\(line.variant)"), .text(line.model), .text(line.minus),
          .text(line.measure), .text("\(line.replications)"),
        ] + numbers.map { .number($0) })
    }
    return table
  }
}
