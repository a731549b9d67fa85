import Foundation
import RankineData
import RankineGraph
import Testing

@testable import RankineLanguage

private func names(_ layers: [any Layer]) -> [String] { layers.map(\.summary) }

@Test(arguments: [true, false])
func buildersTakeIfElseAndFor(isDeep: Bool) {
  let model = Model {
    Shared {
      if isDeep {
        Dense(8)
        LayerNorm()
      } else {
        Dense(4)
      }
      if !isDeep { Dropout(0.5) }
    }
    EachTask {
      for width in [3, 2] { Dense(width, activation: .relu) }
      Dense(1)
    }
    if isDeep {
      Objective {
        for delta in [1.0, 2.0] { Huber(delta: delta) }
        if isDeep { CrossEntropy() } else { PoissonLoss() }
      }
    } else {
      Objective { SmoothedRank() }
    }
  }
  #expect(
    names(model.sharedLayers)
      == (isDeep ? ["Dense(8)", "LayerNorm()"] : ["Dense(4)", "Dropout(0.5)"]))
  #expect(
    names(model.taskLayers) == [
      "Dense(3, activation: .relu)", "Dense(2, activation: .relu)", "Dense(1)",
    ])
  #expect(
    model.objective?.losses.map(\.name)
      == (isDeep ? ["Huber", "Huber", "CrossEntropy"] : ["SmoothedRank"]))
}

@Test func aModelDescribesItselfInTheSwiftThatDeclaresIt() throws {
  // The description is looked for in the text of this file, whose compiler has read it.
  let model =
    Model {
      Shared {
        Dense(64, activation: .silu).penalized(by: GroupLasso(.fixed(0.1), over: .units))
        Experts(4) { Dense(3).penalized(by: L1(.path(count: 8))) }
      }
      EachTask {
        Gate(own: 2) { Dense(3).penalized(by: Ridge(.fixed(0.5))) }
        Dense(16, activation: .tanh, bias: false)
        Dense(1)
      }
      Objective(balancing: Uncertainty(initial: -0.5, classificationFactor: 0.5)) {
        Huber(delta: 1.345).on(.continuous, .count)
        CrossEntropy().weighted(by: 2.0)
        Huber(delta: 2.0).onNormalScores().on(.ordinal)
        SmoothedRank(bandwidth: .fixed(0.5), scores: .raw, partners: .batch, pairing: .oneSided)
        Hybrid(likelihoodShare: 0.25, rank: TieAttraction(bandwidth: .byOutcome)) { PoissonLoss() }
      }
    }
    .independentTasks()
  let code = try String(contentsOf: URL(fileURLWithPath: #filePath), encoding: .utf8)
  let lines = model.description.split(separator: "\n").map { "    " + $0 }
  #expect(code.contains(lines.joined(separator: "\n")), "\(model)")
  #expect(model.hasIndependentTasks)
}

@Test func aDescriptionLeavesOutWhatIsNotThere() {
  let model = Model {
    Shared {}
    EachTask { Dense(1).penalized(by: GroupLasso(.none)) }
    Objective { PointwiseLoss("absolute") { score, target in abs(score - target) } }
  }
  #expect(
    model.pooled().description == """
      Model {
        Shared {}
        EachTask {
          Dense(1)
        }
        Objective(balancing: Uniform()) {
          PointwiseLoss("absolute") { … }
        }
      }
      .pooled()
      """)
}

@Test func sitesAreTheLinesOfTheUser() {
  let line = #line
  let layer = Dense(3).penalized(by: L1())
  let loss = Huber().on(.continuous)
  #expect(layer.site == Site(file: #fileID, line: line + 1))
  #expect(loss.site.description == "RankineLanguageTests/DeclarationTests.swift:\(line + 2)")
}

@Test func namesInTheCatalogAreDifferent() {
  #expect(Set(Catalog.losses.map(\.name)).count == Catalog.losses.count)
  #expect(Set(Catalog.penalties.map(\.summary)).count == Catalog.penalties.count)
  #expect(Set(Catalog.balancings.map(\.summary)).count == Catalog.balancings.count)
  #expect(Set(Activation.all.map(\.name)).count == Activation.all.count)
}

@Test(arguments: OutcomeScale.allCases)
func someLossFitsEveryScale(_ scale: OutcomeScale) {
  #expect(Catalog.losses.filter { $0.scales.contains(scale) }.count >= 2)
}

private struct Small: ModelDeclaration {
  var sharedWidth = 64
  var taskWidths = [32, 16]
  var rate = 0.5
  var usesBias = true
  var selection: Strength = .path(count: 8)
  var bandwidth: Bandwidth = .byOutcome
  var pairing: Pairing = .symmetric
  var activation: Activation = .silu

  var model: Model {
    Model {
      Shared { Dense(sharedWidth, activation: activation).penalized(by: GroupLasso(selection)) }
      EachTask {
        for width in taskWidths { Dense(width, bias: usesBias) }
        Dropout(rate)
        Dense(1)
      }
      Objective { SmoothedRank(bandwidth: bandwidth, pairing: pairing) }
    }
  }

  static let hyperparameters: [Hyperparameter<Small>] = [
    Hyperparameter("sharedWidth", "units of the shared layer", \.sharedWidth),
    Hyperparameter("taskWidths", "units of each task's layers", \.taskWidths),
    Hyperparameter("rate", "share of units that are silenced", \.rate),
    Hyperparameter("usesBias", "whether layers have a bias", \.usesBias),
    Hyperparameter("selection", "strength of the group lasso", \.selection),
    Hyperparameter("bandwidth", "divisor of score differences", \.bandwidth),
    Hyperparameter("pairing", "from which end a pair is seen", \.pairing),
    Hyperparameter("activation", "function of the shared units", \.activation),
  ]
}

@Test func hyperparametersAreSetFromText() throws {
  var declaration = Small()
  try declaration.apply([
    "sharedWidth=7", "taskWidths=5,4,3", "rate=0.25", "usesBias=false", "selection=path:3",
    "bandwidth=0.2", "pairing=oneSided", "activation=relu",
  ])
  #expect(
    declaration.settings.map { "\($0.name)=\($0.value)" } == [
      "sharedWidth=7", "taskWidths=5,4,3", "rate=0.25", "usesBias=false", "selection=path:3",
      "bandwidth=0.2", "pairing=oneSided", "activation=relu",
    ])
  #expect(
    names(declaration.model.taskLayers) == [
      "Dense(5, bias: false)", "Dense(4, bias: false)", "Dense(3, bias: false)", "Dropout(0.25)",
      "Dense(1)",
    ])
  try declaration.set("selection", to: "none")
  try declaration.set("taskWidths", to: "")
  #expect(declaration.selection == .none && declaration.taskWidths.isEmpty)
  try declaration.set("selection", to: "0.5")
  #expect(declaration.selection == .fixed(0.5))
  #expect(declaration.independentTasks().hasIndependentTasks)
}

private let badSettings: [(setting: String, text: String)] = [
  (
    "sharedWidht=3",
    """
    error[unknown-hyperparameter] in sharedWidht=3: Small has no hyperparameter "sharedWidht"
      hint: did you mean "sharedWidth"?
    """
  ),
  (
    "sharedWidth=many",
    """
    error[bad-hyperparameter] in sharedWidth=many: sharedWidth is a whole number, not "many"
      hint: for example sharedWidth=64
    """
  ),
  (
    "taskWidths=3,,4",
    """
    error[bad-hyperparameter] in taskWidths=3,,4: taskWidths is whole numbers with commas between \
    them, not "3,,4"
      hint: for example taskWidths=32,16
    """
  ),
  (
    "rate=inf",
    """
    error[bad-hyperparameter] in rate=inf: rate is a finite number, not "inf"
      hint: for example rate=0.5
    """
  ),
  (
    "usesBias=yes",
    """
    error[bad-hyperparameter] in usesBias=yes: usesBias is true or false, not "yes"
      hint: for example usesBias=true
    """
  ),
  (
    "selection=path:0",
    """
    error[bad-hyperparameter] in selection=path:0: selection is path:COUNT, none, or a number of at \
    least 0, not "path:0"
      hint: for example selection=path:8
    """
  ),
  (
    "bandwidth=-1",
    """
    error[bad-hyperparameter] in bandwidth=-1: bandwidth is byOutcome, or a number above 0, not "-1"
      hint: for example bandwidth=byOutcome
    """
  ),
  (
    "pairing=both",
    """
    error[bad-hyperparameter] in pairing=both: pairing is one of symmetric, oneSided, not "both"
      hint: for example pairing=symmetric
    """
  ),
  (
    "activation=swish",
    """
    error[bad-hyperparameter] in activation=swish: activation is one of identity, silu, relu, tanh, \
    sigmoid, softplus, not "swish"
      hint: for example activation=silu
    """
  ),
  (
    "rates",
    """
    error[bad-setting] in rates: a setting has the form name=value
      hint: did you mean "rate"?
    """
  ),
]

@Test(arguments: badSettings.indices)
func aSettingThatCannotBeIsExplained(_ index: Int) {
  let (setting, text) = badSettings[index]
  var declaration = Small()
  do throws(ModelError) {
    try declaration.apply([setting])
    Issue.record("\(setting) was accepted")
  } catch {
    #expect(error.description == text)
  }
}
