import RankineData
import RankineGraph
import Testing

@testable import RankineLanguage

private let file = "RankineLanguageTests/ModelErrorTests.swift:LINE"

@Test func anEmptyModelSaysWhatToGive() {
  let (model, line) = (Model {}, #line)
  #expect(
    errorText(model, line: line) == """
      error[empty-model] in \(file), model: the model is empty
        hint: give it Shared { … }, EachTask { … } and Objective { … }
      """)
}

@Test func aMissingObjectiveIsNamed() {
  let (model, line) = (Model { EachTask { Dense(1) } }, #line)
  #expect(
    errorText(model, line: line) == """
      error[no-objective] in \(file), model: the model has no Objective
        hint: add Objective { SmoothedRank() }
      """)
}

@Test func aSecondObjectiveIsNamedByItsLine() {
  let line = #line + 4
  let model = Model {
    EachTask { Dense(1) }
    rankObjective
    Objective { Huber() }
  }
  #expect(
    errorText(model, line: line) == """
      error[two-sections] in \(file), model: the model has a second Objective
        hint: put everything into one Objective { … }
      """)
}

@Test func sharedLayersComeFirst() {
  let line = #line + 3
  let model = Model {
    EachTask { Dense(1) }
    Shared { Dense(3) }
    rankObjective
  }
  #expect(
    errorText(model, line: line) == """
      error[sections-out-of-order] in \(file), model: Shared comes after EachTask
        hint: the shared layers see the features first: put Shared above EachTask
      """)
}

@Test func aModelWithoutTaskLayersHasNoScore() {
  let line = #line + 1
  let model = Model {
    Shared { Dense(3) }
    rankObjective
  }
  #expect(
    errorText(model, line: line) == """
      error[no-score] in \(file), model: no task has a layer of its own
        hint: add EachTask { Dense(1) }: it gives each task its score
      """)
}

@Test func aScoreIsOneUnitWide() {
  let line = #line + 4
  let model = Model {
    EachTask {
      Dense(8)
      Dense(2)
    }
    rankObjective
  }
  #expect(
    errorText(model, line: line) == """
      error[not-one-score] in \(file), network task[1]: the last layer of EachTask gives 2 numbers \
      a row, and a score is one
        hint: end EachTask with Dense(1)
      """)
}

@Test func noUnitsAreNamedByLayer() {
  let line = #line + 4
  let model = Model {
    Shared {
      Dense(4)
      Dense(0)
    }
    EachTask { Dense(1) }
    rankObjective
  }
  #expect(
    errorText(model, line: line) == """
      error[no-units] in \(file), network shared[1]: Dense has 0 units
        hint: give it at least 1
      """)
}

@Test func aLayerThatNoMemoryHoldsIsNamed() {
  let line = #line + 4
  func model(_ units: Int) -> Model {
    Model {
      Shared {
        Dense(units)
        Dense(1000)
      }
      EachTask { Dense(1) }
      rankObjective
    }
  }
  #expect(
    errorText(model(.max), line: line) == """
      error[too-many-units] in \(file), network shared[0]: Dense has 9223372036854775807 units
        hint: give it at most 1048576
      """)
  #expect(
    errorText(model(1 << 20), line: line + 1) == """
      error[too-large] in \(file), network shared[1]: shared.1.weight is [1000, 1048576], more than \
      268435456 numbers
        hint: give the layer fewer units
      """)
}

@Test func aLossThatFitsNoneOfATasksScaleNamesTheTaskAndItsLosses() {
  let line = #line + 3
  let model = Model {
    EachTask { Dense(1) }
    Objective { Huber() }
  }
  #expect(
    errorText(model, line: line) == """
      error[no-fitting-loss] in \(file), objective, task "OS": no loss of the objective fits the \
      censored outcome "OS"
        hint: losses that fit censored outcomes: SmoothedRank, CoxPartialLikelihood, WeibullAFT, \
      Hybrid
      """)
}

@Test func anObjectiveWithoutALossIsRefused() {
  let (objective, line) = (Objective {}, #line)
  #expect(
    errorText(modelAround(Dense(2), objective: objective), line: line) == """
      error[no-loss] in \(file), objective: the objective has no loss
        hint: add one, for example SmoothedRank()
      """)
}

@Test func aLossIsRestrictedToScalesThatItFits() {
  let (objective, line) = (Objective { CrossEntropy().on(.binary, .count) }, #line)
  #expect(
    errorText(modelAround(Dense(2), objective: objective), line: line) == """
      error[loss-does-not-fit] in \(file), objective loss[0]: CrossEntropy does not fit count outcomes
        hint: it fits: binary
      """)
}

@Test func gradientBalancingNeedsSharedWeights() {
  let (objective, line) = (Objective(balancing: GradNorm()) { SmoothedRank() }, #line)
  let message = """
    error[nothing-shared] in \(file), objective: GradNorm(alpha: 1.5, form: .softmax) compares \
    gradients of shared weights, and none are shared
    """
  #expect(
    errorText(modelAround(Dense(2), objective: objective), line: line) == message + """

        hint: add Shared { … } with a layer that has weights, or use Uniform()
      """)
  let weightless = Model {
    Shared { Dropout(0.1) }
    EachTask { Dense(1) }
    objective
  }
  #expect(
    errorText(weightless, line: line) == message + """

        hint: give Shared a layer that has weights, or use Uniform()
      """)
}

@Test func noOutcomeAndNoFeatureAreRefused() {
  let (objective, line) = (Objective { SmoothedRank() }, #line)
  #expect(
    errorText(modelAround(Dense(2), objective: objective), line: line, tasks: []) == """
      error[no-task] in \(file), objective: there is no outcome to train for
        hint: name at least one outcome
      """)
  let model = Model {
    EachTask { Dense(1) }
    objective
  }
  #expect(
    errorText(model, line: line + 6, features: 0) == """
      error[no-features] in \(file), model: there are 0 features
        hint: name at least one column to predict from
      """)
}

@Test func aUsersFormulaThatDoesNotFitIsPlaced() {
  let (loss, line) = (PointwiseLoss("sum") { score, target in (score - target).sum() }, #line)
  #expect(
    errorText(
      modelAround(Dense(2), objective: Objective { [loss] }), line: line, tasks: [errorTasks[0]])
        == """
        error[shape-mismatch] in \(file), objective loss[0]: expected a value for each row [1, batch], \
        got []
          hint: compute it element by element; the mean over rows is taken for you
        """)
  let (pair, pairLine) = (
    PairwiseLoss("bad") { high, low in high.score * low.score.graph.input("c", [2]).sum() }, #line
  )
  #expect(
    errorText(modelAround(Dense(2), objective: Objective { [pair] }), line: pairLine) == """
      error[bad-pair-body] in \(file), objective loss[0]: leaf [2] inside a pairwise expression
        hint: use the two sides' values, numbers and elementwise functions only
      """)
}
