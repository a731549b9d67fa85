import RankineData
import RankineGraph
import RankineLanguage
import RankineTraining
import Testing

@testable import RankineZoo

@Test func everyModelHasANameOfItsOwn() {
  #expect(Set(Zoo.names).count == Zoo.names.count)
  #expect(Zoo.names.first == "deep-smoothed-rank")
}

@Test func aMisspeltModelGetsTheNearestName() {
  let error = #expect(throws: ZooError.self) { try Zoo.model(named: "unifrom") }
  #expect(
    error?.description == """
      error[unknown-model] in the model "unifrom": there is no model of this name
        hint: did you mean "uniform"?
      """)
}

@Test func everyRuleOfTheLanguageHasABaselineWithItsDefaults() {
  let shown = Zoo.all.compactMap { ($0.init().model.objective?.balancing).map(\.summary) }
  for rule in Catalog.balancings { #expect(shown.contains(rule.summary), "\(rule.summary)") }
}

@Test func aBaselinesRuleIsSetThroughTheModel() throws {
  var model: any ZooModel = try Zoo.model(named: "gradnorm").init()
  try model.apply(["alpha=0.5", "form=original", "sharedWidth=7"])
  #expect(
    model.model.objective?.balancing.summary
      == "GradNorm(alpha: 0.5, form: .original, learningRate: 0.025)"
  )
  let error = #expect(throws: ModelError.self) { try model.set("form", to: "soft") }
  #expect(error?.message == "form is one of softmax, original, not \"soft\"")
}

@Test(arguments: Zoo.names)
func everyHyperparameterTakesItsOwnText(_ name: String) throws {
  let type = try Zoo.model(named: name)
  let before = type.hyperparameterListing
  var model: any ZooModel = type.init()
  for parameter in before { try model.set(parameter.name, to: parameter.value) }
  #expect(model.settings.map(\.value) == before.map(\.value))
  #expect(before.contains { $0.name == "selection" })
}

@Test(arguments: Zoo.names)
func theStrengthIsAHyperparameter(_ name: String) throws {
  var model: any ZooModel = try Zoo.model(named: name).init()
  model.selection = .fixed(0.25)
  #expect(model.settings.first { $0.name == "selection" }?.value == "0.25")
  try model.set("selection", to: "path:3")
  #expect(model.selection == .path(count: 3))
}

@Test(arguments: Zoo.names)
func everyGradientAgreesWithFiniteDifferences(_ name: String) throws {
  var model: any ZooModel = try Zoo.model(named: name).init()
  let widths = [
    "sharedWidth": "6", "sharedWidths": "6,4", "taskWidths": "4,3", "expertWidth": "3",
    "expertCount": "4", "levelWidths": "4,3", "widths": "4,3", "firstWidth": "5",
    "attentionWidth": "3",
  ]
  for name in model.settings.map(\.name) {
    if let width = widths[name] { try model.set(name, to: width) }
  }
  let results = try GradientTrial(
    model.model, on: SyntheticData.ofEveryOutcomeType(rowCount: 18)
  ).run()
  for (_, certificate) in results { #expect(certificate.passes, "\(certificate)") }
  // The score's own bias shifts all scores of a task alike, which ranks do not notice.
  let moving = results.filter { abs($0.certificate.derived) > 1e-7 }
  #expect(moving.count >= results.count - 5)
  let networks = Set(results.compactMap(\.network))
  let expected = try model.model.networks(ofTasks: (0..<5).map { "task \($0)" })
  #expect(networks.count == Set(expected.filter { $0.copy == 0 }.compactMap(\.label)).count)
}

/// Models whose weights training steps find.
private let trained = Zoo.all.filter { $0.init().model.solver == nil }.map { $0.entry.name }

@Test(arguments: trained)
func twoEpochsMakeTheLossSmallerAndGiveEveryTaskItsMetrics(_ name: String) throws {
  var model: any ZooModel = try Zoo.model(named: name).init()
  model.selection = .fixed(0.001)
  var options = TrainingOptions()
  (options.epochs, options.batchSize) = (2, 8)
  let data = try SyntheticData.ofEveryOutcomeType(rowCount: 120)
  let fit = try model.fit(data, options: options)
  #expect(fit.metrics.tasks.keys.sorted() == ["amount", "grade", "ill", "survival", "visits"])
  for (_, metrics) in fit.metrics.tasks { #expect(metrics[.concordance] != nil) }
  let networks = Dictionary(grouping: fit.history) { $0.task ?? "all" }
  #expect(networks.count == model.model.networkCount(ofTasks: 5))
  for (task, epochs) in networks {
    #expect(epochs.map(\.epoch) == [1, 2])
    #expect(epochs[1].loss < epochs[0].loss, "\(task): \(epochs.map(\.loss))")
  }
}

@Test func theSingleTaskVariantOfOneTaskIsTheModelItself() throws {
  let data = try SyntheticData.ofEveryOutcomeType(rowCount: 120)
  let alone = try Dataset(data.table) {
    Outcome("ill", .binary)
    Features(.columns(data.featureColumns))
  }
  var options = TrainingOptions()
  options.epochs = 3
  var shared = DeepSmoothedRank()
  shared.selection = .fixed(0.01)
  var single = SingleTaskRank()
  single.selection = .fixed(0.01)
  let scores = try [shared.fit(alone, options: options), single.fit(alone, options: options)].map {
    try $0.predict(data.table).tasks[0].scores
  }
  #expect(scores[0] == scores[1])
  #expect(Set(scores[0]).count > 1)
}
