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
  /// Its hyperparameters as text.
  public let settings: [Setting]
  let fit: Fit

  init(_ name: String, settings: [Setting] = [], fit: @escaping Fit) {
    (self.name, self.settings, self.fit) = (name, settings, fit)
  }

  /// A declaration under a name.
  public init(_ name: String, _ declaration: some ModelDeclaration) {
    self.init(
      name, settings: declaration.settings.map { Setting(name: $0.name, value: $0.value) }
    ) { data, parts, seed, options, threads in
      try declaration.fit(data, parts: parts, seed: seed, options: options, threads: threads)
    }
  }

  /// A model without hyperparameters under a name.
  public init(_ name: String, _ model: Model) {
    self.init(name) { data, parts, seed, options, threads in
      try model.fit(data, parts: parts, seed: seed, options: options, threads: threads)
    }
  }

  /// A model of the zoo.
  ///
  /// - Parameters:
  ///   - name: as `Zoo.names` has it.
  ///   - settings: texts `key=value` that change hyperparameters.
  /// - Throws: `ZooError` (`unknown-model`), `ModelError` for a setting that it does not have.
  public init(named name: String, settings: [String] = []) throws {
    func make(_ type: (some ZooModel).Type) throws -> Candidate {
      var declaration = type.init()
      try declaration.apply(settings)
      return Candidate(name, declaration)
    }
    self = try make(Zoo.model(named: name))
  }

  /// Models of the zoo, with settings of the form `model.key=value`.
  ///
  /// - Parameter names: every model when empty.
  /// - Throws: as `init(named:settings:)`, and `StudyError` (`bad-setting`) for a setting that names
  ///   none of the models.
  public static func fromZoo(_ names: [String], settings: [String] = []) throws -> [Candidate] {
    let names = names.isEmpty ? Zoo.names : names
    var own: [String: [String]] = [:]
    for setting in settings {
      let key = setting.prefix { $0 != "=" }
      guard let dot = key.firstIndex(of: "."), names.contains(String(key[..<dot])) else {
        let model = String(key.prefix { $0 != "." })
        throw StudyError(
          "bad-setting", in: setting,
          "expected model.key=value with a model that is compared, got \"\(setting)\"",
          hint: suggestion(for: model, among: names))
      }
      own[String(key[..<dot]), default: []].append(String(setting[setting.index(after: dot)...]))
    }
    return try names.map { try Candidate(named: $0, settings: own[$0] ?? []) }
  }
}
