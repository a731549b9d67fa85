import RankineData
import RankineLanguage
import RankineTraining
import Testing

@testable import RankineZoo

private let architectures = Zoo.all.compactMap { $0 as? any Architecture.Type }

private func small<Network: Architecture>(_ type: Network.Type) throws -> Network {
  var model = type.init()
  let widths = [
    "sharedWidths": "6,4", "taskWidths": "4", "expertWidth": "3", "expertCount": "4",
    "levelWidths": "4,3", "widths": "4,3", "firstWidth": "5", "attentionWidth": "3",
  ]
  for name in model.settings.map(\.name) {
    if let width = widths[name] { try model.set(name, to: width) }
  }
  return model
}

@Test func everyBaselinesRuleCanBeChosenByItsName() {
  let baselines = Zoo.names.filter { BalancingChoice(hyperparameterText: $0) != nil }
  #expect(BalancingChoice.all.map(\.name) == baselines)
  #expect(BalancingChoice(hyperparameterText: "mmoe") == nil)
}

@Test(arguments: architectures.indices)
func anArchitectureIsTrainedUnderTheRuleAndLossesOfChoice(_ index: Int) throws {
  func train<Network: Architecture>(_ type: Network.Type) throws {
    var model = try small(type)
    let hasNothingShared = model is LinearRank || model is SparseGroupRank
    let rule = hasNothingShared ? "uncertainty" : "pcgrad"
    try model.apply(["balancing=\(rule)", "losses=usual", "selection=0.001"])
    #expect(model.model.objective?.balancing.summary.isEmpty == false)
    var options = TrainingOptions()
    (options.epochs, options.batchSize) = (2, 32)
    let data = try SyntheticData.ofEveryOutcomeType(rowCount: 120)
    let balanced = try model.fit(data, options: options)
    try model.set("balancing", to: "uniform")
    let plain = try model.fit(data, options: options)
    #expect(balanced.history.allSatisfy { $0.loss.isFinite })
    let scores = try [balanced, plain].map { try $0.predict(data.table).tasks[0].scores }
    #expect(scores[0] != scores[1], "\(type.entry.name) is trained as without a rule")
  }
  try train(architectures[index])
}

@Test(arguments: [("cross-stitch", "no-shared-representation"), ("linear", "nothing-shared")])
func anArchitectureWithoutOneSharedRepresentationRefusesRulesThatNeedIt(
  _ name: String, _ code: String
) throws {
  var model: any ZooModel = try Zoo.model(named: name).init()
  try model.apply(["balancing=graddrop"])
  let data = try SyntheticData.ofEveryOutcomeType(rowCount: 120)
  let error = #expect(throws: ModelError.self) { try model.fit(data) }
  #expect(error?.code == code)
}

/// Trained models with an activation to choose.
private let activated = Zoo.all.filter { type in
  type.hyperparameterListing.contains { $0.name == "activation" }
}

/// Networks whose gates or masks read the row, so that what they mix is linear and the mixture is not.
private let gated = ["mmoe", "cgc", "ple", "mtan"]

/// Every network has a linear version: the same layers, penalty and losses without activations.
@Test(arguments: activated.map { $0.entry.name })
func withoutActivationsTheScoreIsLinear(_ name: String) throws {
  var model: any ZooModel = try Zoo.model(named: name).init()
  try model.apply(["activation=identity", "selection=0.001"])
  var options = TrainingOptions()
  (options.epochs, options.batchSize, options.precision) = (2, 32, .double)
  let data = try SyntheticData.ofEveryOutcomeType(rowCount: 120)
  let fit = try model.fit(data, options: options)
  let ends = try fit.preprocessor.transform(data.table, rows: [0, 1])
  let middle = ends.names.indices.map { 0.5 * (ends[0, $0] + ends[1, $0]) }
  let line = FeatureMatrix(names: ends.names, rowCount: 3, values: ends.values + middle)
  for (task, scores) in try fit.scores(of: line).enumerated() {
    let distance = abs(scores[2] - 0.5 * (scores[0] + scores[1]))
    let isLinear = distance < 1e-9 * max(1, abs(scores[0] - scores[1]))
    #expect(isLinear != gated.contains(name), "\(name), task \(task): \(distance)")
  }
}

@Test func everyTrainedArchitectureHasALinearVersion() {
  let withoutActivation = architectures.map { $0.entry.name }.filter { name in
    !activated.contains { $0.entry.name == name }
  }
  #expect(withoutActivation == ["linear"])
}
