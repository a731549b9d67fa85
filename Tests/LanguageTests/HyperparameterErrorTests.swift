import RankineGraph
import Testing

@testable import RankineLanguage

private let file = "RankineLanguageTests/HyperparameterErrorTests.swift:LINE"
private let positive = "give a finite number above 0"
private let notNegative = "give a finite number of at least 0"

/// Layers, losses and rules with a hyperparameter out of range, each with its message and hint.
private let badLayers: [(any Layer, String, String)] = [
  (Dropout(1), "the rate of Dropout is 1.0", "give a probability of at least 0 and below 1"),
  (Dropout(.nan), "the rate of Dropout is nan", "give a probability of at least 0 and below 1"),
  (LayerNorm(epsilon: 0), "the epsilon of LayerNorm() is 0.0", positive),
  (
    Dense(2).penalized(by: L1(.fixed(-1))), "the strength of L1(-1.0) is -1.0", notNegative
  ),
  (
    Dense(2).penalized(by: GroupLasso(.fixed(.infinity))),
    "the strength of GroupLasso(inf, over inputs) is inf", notNegative
  ),
  (
    Dense(2).penalized(by: GroupLasso(.path(count: 0))),
    "the path of GroupLasso(path of 0, over inputs) has 0 strengths",
    "give at least 1, for example .path(count: 8)"
  ),
  (
    Dense(2).penalized(by: GroupLasso(.path(count: 1001))),
    "the path of GroupLasso(path of 1001, over inputs) has 1001 strengths", "give at most 1000"
  ),
  (
    Dense(2).penalized(by: SparseGroupLasso(.none, mix: 2)),
    "the mix of SparseGroupLasso(none, mix 2.0) is 2.0",
    "give a number from 0 (groups alone) to 1 (single weights alone)"
  ),
]

@Test(arguments: badLayers.indices)
func aLayersHyperparametersAreChecked(_ index: Int) {
  let (layer, message, hint) = badLayers[index]
  #expect(
    errorText(modelAround(layer), line: layer.site.line) == """
      error[bad-hyperparameter] in \(file), network task[0]: \(message)
        hint: \(hint)
      """)
}

private let badLosses: [(any Loss, String, String)] = [
  (Huber(delta: 0), "the delta of Huber is 0.0", positive),
  (SmoothedRank(bandwidth: .fixed(-0.1)), "the bandwidth of SmoothedRank is -0.1", positive),
  (
    PairwiseLoss("mine", bandwidth: .fixed(.nan)) { high, low in low.score - high.score },
    "the bandwidth of mine is nan", positive
  ),
  (SmoothedRank().weighted(by: 0), "the factor of SmoothedRank is 0.0", positive),
]

@Test(arguments: badLosses.indices)
func aLosssHyperparametersAreChecked(_ index: Int) {
  let (loss, message, hint) = badLosses[index]
  #expect(
    errorText(modelAround(Dense(2), objective: Objective { [loss] }), line: loss.site.line) == """
      error[bad-hyperparameter] in \(file), objective loss[0]: \(message)
        hint: \(hint)
      """)
}

private let badRules: [(any Balancing, String, String)] = [
  (GradNorm(alpha: -1), "the alpha of GradNorm is -1.0", notNegative),
  (
    DynamicWeightAverage(temperature: 0), "the temperature of DynamicWeightAverage is 0.0", positive
  ),
  (GradNorm(learningRate: 0), "the learning rate of GradNorm is 0.0", positive),
  (
    Uncertainty(initial: .nan), "the initial value of Uncertainty is nan",
    "give a finite number, for example 0"
  ),
]

@Test(arguments: badRules.indices)
func aBalancingRulesHyperparametersAreChecked(_ index: Int) {
  let (rule, message, hint) = badRules[index]
  let (objective, line) = (Objective(balancing: rule) { SmoothedRank() }, #line)
  #expect(
    errorText(modelAround(Dense(2), objective: objective), line: line) == """
      error[bad-hyperparameter] in \(file), objective: \(message)
        hint: \(hint)
      """)
}
