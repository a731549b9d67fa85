import RankineData
import Testing

@testable import RankineLanguage

private let rank = Objective { SmoothedRank() }
private let file = "RankineLanguageTests/ArchitectureErrorTests.swift"

@Test func expertsWithoutAGateAreRefused() {
  let model = Model {
    Shared { Experts(2) { Dense(3) } }
    EachTask { Dense(1) }
    rank
  }
  #expect(
    errorText(model, line: #line - 3) == """
      error[experts-not-mixed] in \(file):LINE, network task[0]: Dense(1) follows Experts(2) { \
      Dense(3) }, whose experts nothing has mixed
        hint: put Gate() between them
      """)
  let open = Model {
    EachTask { Experts(2) { Dense(1) } }
    rank
  }
  #expect(
    errorText(open, line: #line - 3) == """
      error[experts-not-mixed] in \(file):LINE, network task[0]: nothing mixes the experts of \
      Experts(2) { Dense(1) }
        hint: add Gate() and Dense(1) after it
      """)
}

@Test func aGateWithoutExpertsIsRefused() {
  #expect(
    errorText(modelAround(Gate()), line: #line) == """
      error[nothing-to-mix] in \(file):LINE, network task[0]: Gate() follows no experts
        hint: put Experts(8) { … } right before it: at the end of Shared, for all tasks
      """)
}

@Test func countsOfExpertsAreChecked() {
  #expect(
    errorText(modelAround(Experts(0) { Dense(1) }), line: #line) == """
      error[bad-expert-count] in \(file):LINE, network task[0]: Experts has 0 experts
        hint: give it 1 to 1024
      """)
  #expect(
    errorText(modelAround(Experts(2) {}), line: #line) == """
      error[empty-experts] in \(file):LINE, network task[0]: the experts of Experts have no layer
        hint: give them one, for example Dense(16, activation: .silu)
      """)
  #expect(
    errorText(modelAround(Experts(2) { Experts(2) { Dense(1) } }), line: #line) == """
      error[nested-experts] in \(file):LINE, network task[0]: Experts(2) { Dense(1) } stands inside \
      the experts of Experts
        hint: put it above or below them
      """)
}

@Test func aSelectingGateNeedsAPowerOfTwo() {
  let model = Model {
    Shared { Experts(3) { Dense(2) } }
    EachTask {
      SelectingGate()
      Dense(1)
    }
    rank
  }
  #expect(
    errorText(model, line: #line - 5) == """
      error[not-a-power-of-two] in \(file):LINE, network task[0]: SelectingGate chooses among 3 experts
        hint: give the experts' number as a power of two, for example 8
      """)
}

@Test func attentionToAMissingLayerIsRefused() {
  let model = Model {
    Shared { Dense(2) }
    EachTask {
      Attention(to: 1, width: 2)
      Dense(1)
    }
    rank
  }
  #expect(
    errorText(model, line: #line - 5) == """
      error[no-such-layer] in \(file):LINE, network task[0]: Attention looks at layer 1 of Shared, which \
      has 1
        hint: give a number from 0 to 0
      """)
}

@Test func layersOfTasksStandInEachTask() {
  let stitched = Model {
    Shared { CrossStitch() }
    EachTask { Dense(1) }
    rank
  }
  #expect(
    errorText(stitched, line: #line - 4) == """
      error[nothing-to-stitch] in \(file):LINE, network shared[0]: CrossStitch sees [batch, 3], no \
      copies of a layer
        hint: put it into EachTask, after a layer that has weights
      """)
  let pooled = Model {
    EachTask { SharedPlusOwn(1) }
    rank
  }.pooled()
  #expect(
    errorText(pooled, line: #line - 3) == """
      error[not-in-each-task] in \(file):LINE, network task[0]: SharedPlusOwn stands where there are \
      no tasks
        hint: put it into EachTask, of a model that is not pooled
      """)
}

@Test func aPenaltyOfOwnColumnsNeedsThem() {
  let model = Model {
    Shared { Dense(2).penalized(by: Dirty()) }
    EachTask { Dense(1) }
    rank
  }
  #expect(
    errorText(model, line: #line - 4) == """
      error[penalty-does-not-fit] in \(file):LINE, network shared[0]: Dirty is not meant for this \
      layer's weight
        hint: give it to SharedPlusOwn, the first layer of EachTask
      """)
}

@Test func readersOfTheFeaturesAgreeOnTheirPenalty() {
  let model = Model {
    Shared { Experts(2) { Dense(2).penalized(by: GroupLasso()) } }
    EachTask {
      Gate(own: 1) { Dense(2).penalized(by: L1()) }
      Dense(1)
    }
    rank
  }
  #expect(
    errorText(model, line: #line - 8) == """
      error[several-penalties] in \(file):LINE, network: weights of the features are penalized by \
      GroupLasso(.path(count: 8), over: .inputs) and by L1(.path(count: 8))
        hint: layers that read the features have one weight: give all of them the same penalty
      """)
}
