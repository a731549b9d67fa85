import RankineGraph
import Testing

@testable import RankineLanguage

private let file = "RankineLanguageTests/HyperparameterErrorTests.swift:LINE"
private let positive = "give a finite number above 0"
private let notNegative = "give a finite number of at least 0"
private let fraction = "give a number from 0 to 1"

/// Layers, losses and rules with a hyperparameter out of range, each with its message and hint.
private let badLayers: [(any Layer, String, String)] = [
  (Dropout(1), "the rate of Dropout is 1.0", "give a probability of at least 0 and below 1"),
  (Dropout(.nan), "the rate of Dropout is nan", "give a probability of at least 0 and below 1"),
  (LayerNorm(epsilon: 0), "the epsilon of LayerNorm() is 0.0", positive),
  (
    Dense(2).penalized(by: L1(.fixed(-1))), "the strength of L1(.fixed(-1.0)) is -1.0", notNegative
  ),
  (
    Dense(2).penalized(by: GroupLasso(.fixed(.infinity))),
    "the strength of GroupLasso(.fixed(inf), over: .inputs) is inf", notNegative
  ),
  (
    Dense(2).penalized(by: GroupLasso(.path(count: 0))),
    "the path of GroupLasso(.path(count: 0), over: .inputs) has 0 strengths",
    "give at least 1, for example .path(count: 8)"
  ),
  (
    Dense(2).penalized(by: GroupLasso(.path(count: 1001))),
    "the path of GroupLasso(.path(count: 1001), over: .inputs) has 1001 strengths",
    "give at most 1000"
  ),
  (
    Dense(2).penalized(by: SparseGroupLasso(.none, mix: 2)),
    "the mix of SparseGroupLasso(.none, mix: 2.0) is 2.0",
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
  (
    Uncertainty(classificationFactor: 0),
    "the classification factor of Uncertainty is 0.0", positive
  ),
  (GradDrop(leak: 1.5), "the leak of GradDrop is 1.5", fraction),
  (GradVac(beta: -0.1), "the beta of GradVac is -0.1", fraction),
  (CAGrad(radius: -1), "the radius of CAGrad is -1.0", notNegative),
  (NashMTL(mostNorm: 0), "the most norm of NashMTL is 0.0", positive),
  (FairGrad(alpha: 0), "the alpha of FairGrad is 0.0", positive),
  (MoCo(beta: 2), "the beta of MoCo is 2.0", fraction),
  (MoCo(beta: 0), "the beta of MoCo is 0.0", positive),
  (MoCo(betaDecay: -1), "the decay of beta of MoCo is -1.0", notNegative),
  (MoCo(gamma: -1), "the gamma of MoCo is -1.0", notNegative),
  (MoCo(gammaDecay: -1), "the decay of gamma of MoCo is -1.0", notNegative),
  (MoCo(rho: -1), "the rho of MoCo is -1.0", notNegative),
  (DBMTL(beta: 2), "the beta of DBMTL is 2.0", fraction),
  (DBMTL(betaDecay: -1), "the decay of beta of DBMTL is -1.0", notNegative),
  (SmoothTchebycheff(mu: 0), "the mu of SmoothTchebycheff is 0.0", positive),
  (
    SmoothTchebycheff(warmUp: -1), "the warm-up of SmoothTchebycheff is -1",
    "give a number of epochs of at least 0"
  ),
  (FAMO(learningRate: 0), "the learning rate of FAMO is 0.0", positive),
  (FAMO(decay: -1), "the decay of FAMO is -1.0", notNegative),
  (ExcessMTL(stepSize: 0), "the step size of ExcessMTL is 0.0", positive),
  (MoDo(gamma: -1), "the gamma of MoDo is -1.0", notNegative),
  (MoDo(rho: -1), "the rho of MoDo is -1.0", notNegative),
  (SDMGrad(lambda: -1), "the lambda of SDMGrad is -1.0", notNegative),
  (
    SDMGrad(iterations: 0), "the iterations of SDMGrad are 0", "give a number from 1 to 100"
  ),
  (UPGrad(leastTrace: -1), "the least trace of UPGrad is -1.0", notNegative),
  (UPGrad(regularization: 0), "the regularization of UPGrad is 0.0", positive),
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
