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
