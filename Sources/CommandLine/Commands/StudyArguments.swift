import RankineData
import RankineSparse
import RankineStudies
import RankineTraining
import RankineZoo

/// The arguments that say what `rankine study` simulates, and on which models.
enum StudyArguments {
  /// The models of the paper's tables, as far as the zoo has them.
  static let usualModels: [String] = [
    "deep-smoothed-rank", "stl", "uniform", "gradnorm", "dwa", "uncertainty",
  ].filter(Zoo.names.contains)

  static let settings = Argument.option(
    "settings", "LIST", default: NumberList(1...6), "Settings of the simulation study, 1 to 6")
  static let design = Argument<String?>.optional(
    "design", "NAME", showing: "the settings",
    check: .oneOf(["sources", "transfer"] + SparseExperiments.all.map { $0.name }),
    "Another study than the settings: sources (tasks with rows of their own), transfer (a new task of few "
      + "rows), or one of sparse linear models")
  static let variants = Argument<NameList?>.optional(
    "variants", "A,B", showing: "plain",
    "plain, cubed (the second response, where it is a number, is cubed) or both")
  static let models = Argument<NameList?>.optional(
    "models", "A,B,…", showing: usualModels.joined(separator: ","),
    "Names as `rankine zoo` lists them, or all")
  static let reference = Argument<String>.option(
    "reference", "NAME", default: "deep-smoothed-rank",
    "The model that the others are held against")
  static let replications = Argument.option(
    "replications", "R", default: CountOrRange(1...100),
    "How many data sets of each setting, or which: 21-40")
  static let settingsOfModels = Argument<[Assignment]>.repeated(
    "set", "MODEL.KEY=VALUE", "Sets a hyperparameter of one of the models")
  static let tuning = Argument<[Assignment]>.repeated(
    "tune", "MODEL.KEY=V/V/…", "Lets validation choose a hyperparameter, fit by fit")

  static let all: [any ArgumentDeclaration] = [
    settings, design, variants, models, reference, replications, SimulateCommand.rows,
    SimulateCommand.predictors, SimulateCommand.important, settingsOfModels, tuning,
    FitCommand.strength, FitCommand.rule, FitCommand.pathStart, FitCommand.adaptive,
    FitCommand.epochs, FitCommand.patience, FitCommand.batch, FitCommand.rate,
  ]

  /// The study that the arguments describe.
  ///
  /// - Throws: `UsageError` for settings or variants that are not there; `ZooError`, `ModelError` and
  ///   `StudyError` for models and their settings.
  static func study(_ arguments: ParsedArguments) throws -> SimulationStudy {
    let names = arguments[models]?.names ?? usualModels
    var study = SimulationStudy(
      candidates: try Candidate.fromZoo(
        names == ["all"] ? [] : names,
        strength: arguments.isGiven(FitCommand.strength)
          ? arguments[FitCommand.strength].strength : nil,
        settings: texts(arguments[settingsOfModels]), tuning: texts(arguments[tuning])))
    study.settings = arguments[settings].numbers
    if let unknown = study.settings.first(where: { $0 > 6 }) {
      throw UsageError(
        .invalidValue, in: "--settings", "there is no setting \(unknown)",
        hint: "choose from 1 to 6")
    }
    study.variants = try (arguments[variants]?.names ?? ["plain"]).map(variant)
    study.reference = arguments[reference]
    study.replications = arguments[replications].range
    study.simulation = Simulation(
      setting: 1, rowCount: arguments[SimulateCommand.rows],
      predictorCount: arguments[SimulateCommand.predictors],
      importantCount: arguments[SimulateCommand.important], seed: arguments[CommonOptions.seed])
    study.options = FitCommand.options(arguments)
    return study
  }

  private static func texts(_ settings: [Assignment]) -> [String] {
    settings.map { "\($0.key)=\($0.value)" }
  }

  private static func variant(_ name: String) throws(UsageError) -> StudyVariant {
    if let variant = StudyVariant(rawValue: name) { return variant }
    throw UsageError(
      .invalidValue, in: "--variants", "there is no variant \"\(name)\"",
      hint: "choose from \(StudyVariant.allCases.map(\.rawValue).joined(separator: ", "))")
  }
}
