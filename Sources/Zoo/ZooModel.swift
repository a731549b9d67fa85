import RankineLanguage

/// A model that comes with the framework: a declaration, and what a reader should know of it.
///
/// A new one is one file that conforms and one line in ``Zoo/all``.
public protocol ZooModel: ModelDeclaration {
  /// What the zoo shows of it.
  static var entry: ZooEntry { get }

  /// The model with its recommended hyperparameters.
  init()

  /// How strongly features are removed: what `--lambda` sets.
  var selection: Strength { get set }
}

extension ZooModel {
  /// The hyperparameters with their recommended values, as text.
  public static var hyperparameterListing: [ZooHyperparameter] {
    let model = Self()
    return hyperparameters.map {
      ZooHyperparameter(
        name: $0.name, summary: $0.summary, kind: $0.kind, value: $0.read(model))
    }
  }
}

/// What the zoo shows of a model besides its hyperparameters.
public struct ZooEntry: Sendable, Equatable {
  /// As the user types it: `deep-smoothed-rank`.
  public let name: String
  /// One line without a closing full stop.
  public let summary: String
  /// What is minimized, in plain text.
  public let formula: String
  /// The paper and its section, and the departures from it.
  public let source: String

  public init(name: String, summary: String, formula: String, source: String) {
    (self.name, self.summary, self.formula, self.source) = (name, summary, formula, source)
  }
}

/// A hyperparameter as `--set name=value` takes it.
public struct ZooHyperparameter: Codable, Sendable, Equatable {
  public let name: String
  /// One line.
  public let summary: String
  /// What its text looks like: `a whole number`.
  public let kind: String
  /// The recommended value.
  public let value: String
}
