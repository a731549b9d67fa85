import RankineData
import RankineLanguage
import RankineSupport
import RankineTraining
import RankineZoo

/// A model that takes part in a comparison: a name in its tables, and how it is fitted.
public struct Candidate: Sendable {
  typealias Fit =
    @Sendable (
      _ data: Dataset, _ parts: Parts, _ seed: UInt64, _ options: TrainingOptions, _ threads: Int
    ) throws -> FittedModel

  /// A hyperparameter and its value as text.
  public struct Setting: Codable, Sendable, Equatable {
    public let name: String
    public let value: String
  }

  /// Its row in tables, its name in files; each in a comparison has its own.
  public let name: String
  /// Its hyperparameters as text; where validation chooses, all values with slashes between them.
  public let settings: [Setting]
  /// How many networks a fit of so many tasks needs, for each strength of a path.
  let networkCount: @Sendable (_ taskCount: Int) -> Int
  /// Throws what is wrong where it cannot be fitted to the outcomes of some data.
  let check: @Sendable (_ data: Dataset) throws -> Void
  let fit: Fit

  init(
    _ name: String, settings: [Setting] = [],
    networkCount: @escaping @Sendable (_ taskCount: Int) -> Int = { _ in 1 },
    check: @escaping @Sendable (_ data: Dataset) throws -> Void = { _ in }, fit: @escaping Fit
  ) {
    (self.name, self.settings) = (name, settings)
    (self.networkCount, self.check, self.fit) = (networkCount, check, fit)
  }

  /// The same under another name.
  func renamed(_ name: String) -> Candidate {
    Candidate(name, settings: settings, networkCount: networkCount, check: check, fit: fit)
  }

  /// A declaration under a name.
  public init(_ name: String, _ declaration: some ModelDeclaration) {
    let model = declaration.model
    self.init(
      name, settings: declaration.settings.map { Setting(name: $0.name, value: $0.value) },
      networkCount: { model.networkCount(ofTasks: $0) },
      check: { try model.checkSuitability(for: $0) }
    ) { data, parts, seed, options, threads in
      try declaration.fit(data, parts: parts, seed: seed, options: options, threads: threads)
    }
  }

  /// A model without hyperparameters under a name.
  public init(_ name: String, _ model: Model) {
    self.init(
      name, networkCount: { model.networkCount(ofTasks: $0) },
      check: { try model.checkSuitability(for: $0) }
    ) {
      data, parts, seed, options, threads in
      try model.fit(data, parts: parts, seed: seed, options: options, threads: threads)
    }
  }
}
