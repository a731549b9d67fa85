import RankineData
import RankineEvaluation
import RankineSupport
import RankineTraining

/// One fit of a study of sources: a model on a replication of a scenario.
public struct SourceCell: Codable, Sendable, Hashable {
  public let scenario: SourceSimulation.Scenario
  /// Which data set of the scenario; each has its own random numbers.
  public let replication: Int
  public let model: String

  /// The name of its file, without the ending: `scenario-D-dual-7`.
  var fileName: String {
    let word = String(model.map { $0.isLetter || $0.isNumber ? $0 : "-" })
    return "scenario-\(scenario.rawValue)-\(word)-\(replication)"
  }
}

/// What all cells of a study of sources share.
public struct SourceSetup: Codable, Sendable, Equatable {
  /// How data are drawn; the scenario is that of the cell.
  public let simulation: SourceSimulation
  public let options: TrainingOptions
  /// The version that ran it.
  public let version: String

  init(simulation: SourceSimulation, options: TrainingOptions) {
    var simulation = simulation
    simulation.scenario = .homogeneous
    (self.simulation, self.options, version) = (simulation, options, Release.version)
  }
}

/// One fit, as its file in the folder `cells` holds it.
public struct SourceCellRecord: Codable, Sendable, Equatable {
  public let cell: SourceCell
  public let setup: SourceSetup
  /// The model's hyperparameters; where validation chose, all values.
  public let settings: [Candidate.Setting]
  /// The hyperparameters of the fit that was kept.
  public let chosenSettings: [FittedModel.Setting]
  /// Per task the mean squared error of the predicted test rows as a share of their variance.
  public let errors: [Double]
  /// The same of the response without its noise.
  public let truth: [Double]
  /// Per task the concordance of scores and responses of the test rows.
  public let concordance: [Double]
  /// Of the coefficients of shared factors; nil for a model without them.
  public let distances: CoefficientDistances?

  init(
    _ fit: FittedModel, of cell: SourceCell, on data: SimulatedSources, setup: SourceSetup,
    settings: [Candidate.Setting]
  ) {
    let parts = data.dataset.outcomes.map { outcome in
      let rows = data.parts.test.filter { !outcome.values[$0].isNaN }
      let values = rows.map { outcome.values[$0] }
      let mean = Statistics.mean(values)
      let variance = Statistics.mean(values.map { ($0 - mean) * ($0 - mean) })
      let residuals = rows.map { outcome.values[$0] - data.signals[$0] }
      let metrics = fit.metrics.tasks[outcome.name]
      let error = metrics?[.rmse] ?? .nan
      return (
        error * error / variance, Statistics.mean(residuals.map { $0 * $0 }) / variance,
        metrics?[.concordance] ?? .nan
      )
    }
    (self.cell, self.setup, self.settings, chosenSettings) = (cell, setup, settings, fit.settings)
    (errors, truth) = (parts.map(\.0), parts.map(\.1))
    concordance = parts.map(\.2)
    distances = fit.sharedCoefficients.map {
      CoefficientDistances(fitted: $0, truth: data.coefficients)
    }
  }

  /// The mean over tasks.
  public var error: Double { Statistics.mean(errors) }
}
