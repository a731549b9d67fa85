import RankineLanguage
import RankineTraining
import RankineZoo

/// The arguments that name a model of the zoo and set its hyperparameters.
enum ModelArguments {
  static let name = Argument<String>.operand("MODEL", "A model's name, as `rankine zoo` lists them")
  static let option = Argument.option(
    "model", "NAME", default: "deep-smoothed-rank", "A model's name, as `rankine zoo` lists them")
  static let settings = Argument<[Assignment]>.repeated(
    "set", "KEY=VALUE", "Sets a hyperparameter that `rankine zoo NAME` lists")

  static let tuning = Argument<[Assignment]>.repeated(
    "tune", "KEY=V/V/…", "Lets validation choose a hyperparameter; several make a grid")

  /// The grid of hyperparameters that validation chooses from.
  ///
  /// - Throws: `ModelError`, as `model(named:_:)`, for a combination that the model does not take.
  static func grid(_ tuning: [Assignment], of model: any ZooModel) throws -> HyperparameterGrid {
    let grid = HyperparameterGrid(tuning.map { "\($0.key)=\($0.value)" })
    for combination in grid.combinations {
      var version = model
      for setting in combination { try version.set(setting.name, to: setting.value) }
    }
    return grid
  }

  /// The model of that name with its hyperparameters set.
  ///
  /// - Throws: `ZooError` (`unknown-model`), `ModelError` for a hyperparameter that is not there or a
  ///   value that does not fit.
  static func model(named name: String, _ settings: [Assignment]) throws -> any ZooModel {
    var model: any ZooModel = try Zoo.model(named: name).init()
    for setting in settings { try model.set(setting.key, to: setting.value) }
    return model
  }
}
