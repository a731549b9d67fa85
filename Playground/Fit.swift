import Foundation
import Rankine

/// The deep smoothed rank estimator: a sparse layer that all tasks share, a small network for each
/// task, and a criterion that asks scores to rank like outcomes.
private struct RankNetwork: ModelDeclaration {
  var sharedWidth = 32
  var taskWidths = [16]

  var model: Model {
    Model {
      Shared {
        Dense(sharedWidth, activation: .silu).penalized(by: GroupLasso(.path(count: 6)))
      }
      EachTask {
        for width in taskWidths { Dense(width, activation: .silu) }
        Dense(1)
      }
      Objective { SmoothedRank() }
    }
  }
}

extension Experiment {
  /// Setting 5 of the simulation study, made small: a nonlinear regression with heavy-tailed errors and
  /// a nonlinear classification, both of the first 6 of 40 predictors.
  static let fit = Experiment(
    name: "fit", summary: "a declared network on simulated data, and the predictors that it finds"
  ) {
    let simulated = try Simulation(
      setting: 5, rowCount: 600, predictorCount: 40, importantCount: 6
    ).replication(1)
    let important = simulated.truth.important

    let fit = try RankNetwork().fit(
      simulated.dataset, parts: simulated.truth.split, threads: 2)

    print("concordance on test rows: \(concordances(of: fit))")
    let found = fit.selectedFeatures.map(\.name)
    print("selected \(found.count) of \(fit.features.count): \(found.joined(separator: " "))")
    print("of the \(important.count) that matter: \(found.count(where: important.contains))")
    let largest = fit.features.prefix(important.count).map(\.name)
    print("largest norms: \(largest.joined(separator: " "))")
  }
}

/// Each task's concordance on the rows that the model was tested on.
func concordances(of fit: FittedModel) -> String {
  fit.outcomes.map { outcome in
    let concordance = fit.metrics.tasks[outcome.name]?[.concordance]
    return outcome.name + " " + (concordance.map { String(format: "%.3f", $0) } ?? "unknown")
  }.joined(separator: ", ")
}
