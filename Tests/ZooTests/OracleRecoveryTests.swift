import RankineData
import RankineEvaluation
import RankineLanguage
import RankineTraining
import Testing

/// Setting 1 of the simulations without noise, and a model that can express it exactly: the thirty
/// true predictors of forty must come first.
@Test func aLinearModelWithoutNoiseFindsAllThirtyPredictors() throws {
  let simulated = try Simulation(
    setting: 1, rowCount: 600, predictorCount: 40, errors: .none
  ).replication(1)
  let linear = Model {
    Shared {
      Dense(4, activation: .identity).penalized(by: GroupLasso(.path(count: 3), over: .inputs))
    }
    EachTask { Dense(1) }
    Objective { SmoothedRank(bandwidth: .fixed(0.1)) }
  }
  var options = TrainingOptions()
  options.epochs = 100
  let fit = try linear.fit(
    simulated.dataset, parts: simulated.truth.split, options: options, threads: 2)
  let important = Set(simulated.truth.important)
  let found = fit.features.prefix(30).filter { important.contains($0.name) }
  #expect(found.count == 30)
  for outcome in fit.outcomes {
    let concordance = try #require(fit.metrics.tasks[outcome.name]?[.concordance])
    #expect(concordance > 0.98)
  }
}
