import RankineLanguage
import RankineSupport
import RankineTraining
import RankineZoo

extension Candidate {
  /// A model of the zoo.
  ///
  /// - Parameters:
  ///   - name: as `Zoo.names` has it.
  ///   - strength: of its penalty; nil for the model's own.
  ///   - settings: texts `key=value` that change hyperparameters.
  /// - Throws: `ZooError` (`unknown-model`), `ModelError` for a setting that it does not have.
  public init(named name: String, strength: Strength? = nil, settings: [String] = []) throws {
    func make(_ type: (some ZooModel).Type) throws -> Candidate {
      var declaration = type.init()
      if let strength { declaration.selection = strength }
      try declaration.apply(settings)
      return Candidate(name, declaration)
    }
    self = try make(Zoo.model(named: name))
  }

  /// Models of the zoo.
  ///
  /// - Parameters:
  ///   - names: every model when empty. A text `NAME=MODEL` stands for a model under another name, so
  ///     that one model takes part with several settings; settings go by that name.
  ///   - strength: of all penalties; nil for each model's own.
  ///   - settings: of the form `model.key=value`.
  ///   - tuning: of the form `model.key=value/value/…`, of which validation chooses one; several of a
  ///     model make a grid.
  /// - Throws: as `init(named:strength:settings:)`, and `StudyError` (`bad-setting`) for a setting that
  ///   names none of the models.
  public static func fromZoo(
    _ names: [String], strength: Strength? = nil, settings: [String] = [], tuning: [String] = []
  ) throws -> [Candidate] {
    let models = (names.isEmpty ? Zoo.names : names).map { text in
      let parts = text.split(separator: "=", maxSplits: 1).map(String.init)
      return (name: parts.first ?? text, model: parts.last ?? text)
    }
    let names = models.map(\.name)
    let own = try byModel(settings, among: names)
    let grids = try byModel(tuning, among: names)
    return try models.map { name, model in
      let grid = HyperparameterGrid(grids[name] ?? [])
      let versions = try grid.combinations.map { combination in
        try Candidate(
          named: model, strength: strength,
          settings: (own[name] ?? []) + combination.map(\.text)
        ).renamed(name)
      }
      return versions.count == 1 ? versions[0] : best(of: grid, versions, named: name)
    }
  }

  /// The settings of each model, without its name.
  private static func byModel(
    _ settings: [String], among names: [String]
  ) throws(StudyError) -> [String: [String]] {
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
    return own
  }
}
