import RankineData
import RankineSupport
import RankineTraining

/// What is compared on what: all that decides the numbers of a comparison.
public struct ComparisonPlan: Codable, Sendable, Equatable {
  /// A task of the data.
  public struct Task: Codable, Sendable, Equatable {
    public let name: String
    /// The name of the outcome type.
    public let type: String
    /// Rows that have the outcome.
    public let observedCount: Int
  }

  /// A model with its hyperparameters.
  public struct Competitor: Codable, Sendable, Equatable {
    public let name: String
    public let settings: [Candidate.Setting]
  }

  /// A model that is left out.
  public struct Omission: Codable, Sendable, Equatable {
    public let model: String
    /// What its outcomes lack, without a closing full stop.
    public let reason: String
  }

  /// What tables call the data.
  public let dataName: String
  public let rowCount: Int
  /// The predictors among the columns of the data.
  public let predictors: [String]
  public let standardization: Standardization
  public let tasks: [Task]
  /// The first is the one that the others are held against.
  public let models: [Competitor]
  /// Models that cannot be fitted to the outcomes.
  public let omissions: [Omission]
  public let splitCount: Int
  public let split: Split
  public let seed: UInt64
  public let options: TrainingOptions
  /// The version that ran it.
  public let version: String

  /// - Parameter candidates: those of the comparison that are fitted; all when nil.
  init(_ comparison: Comparison, candidates: [Candidate]? = nil, omissions: [Omission] = []) {
    let data = comparison.data
    dataName = comparison.dataName
    rowCount = data.rowCount
    predictors = data.featureColumns
    standardization = data.standardization
    tasks = data.outcomes.map {
      Task(
        name: $0.name, type: Swift.type(of: $0.type).name, observedCount: $0.observedRows.count)
    }
    self.omissions = omissions
    models = (candidates ?? comparison.candidates).map {
      Competitor(name: $0.name, settings: $0.settings)
    }
    (splitCount, split, seed) = (comparison.splitCount, comparison.split, comparison.seed)
    (options, version) = (comparison.options, Release.version)
  }

  /// The seed of a split, counted from 1: of its rows, and of every model's first weights and batches.
  func seed(ofSplit number: Int) -> UInt64 {
    var random = CounterRandom(seed: seed, named: "comparison split \(number)")
    // Short enough to be typed again after --seed.
    return random.next() >> 40
  }

  /// The shares of the rows: `60/20/20`.
  public var splitText: String {
    split.shares.map { $0 == $0.rounded() ? "\(Int($0))" : "\($0)" }.joined(separator: "/")
  }

  /// The rows of a split for training, validation and testing.
  var sizes: [Double] {
    let total = split.shares.reduce(0, +)
    return split.shares.map { $0 / total * Double(rowCount) }
  }
}
