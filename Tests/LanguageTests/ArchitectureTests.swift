import Foundation
import RankineData
import RankineGraph
import Testing

@testable import RankineLanguage

private let mixed: [Outcome] = [
  .values(.continuous, [0.2, nil, -0.7, 1.4, 2.2, nil, 0.9]),
  .values(.binary, [1, 0, nil, 1, 0, 1, 0]),
  .censored([(2, true), (1, false), (3, true), nil, (3, false), (5, true), (1, true)]),
]

private func networks(_ objective: Objective) -> [(name: String, model: Model)] {
  [
    (
      "mixture of experts",
      Model {
        Shared { Experts(4) { Dense(3, activation: .silu).penalized(by: GroupLasso()) } }
        EachTask {
          Gate()
          Dense(1)
        }
        objective
      }
    ),
    (
      "customized gate control",
      Model {
        Shared {
          Experts(2) {
            Dense(3, activation: .silu).penalized(by: GroupLasso())
            LayerNorm()
          }
        }
        EachTask {
          Gate(own: 2) { Dense(3, activation: .silu) }
          Dense(1)
        }
        objective
      }
    ),
    (
      "selected experts",
      Model {
        Shared {
          Dense(4, activation: .silu).penalized(by: GroupLasso())
          Experts(4) { Dense(3, activation: .silu) }
        }
        EachTask {
          SelectingGate(2)
          Dense(1)
        }
        objective
      }
    ),
    (
      "attention",
      Model {
        Shared {
          Dense(4, activation: .silu).penalized(by: GroupLasso())
          Dense(3, activation: .silu)
        }
        EachTask {
          Attention(to: 0, width: 2)
          Attention(to: 1, width: 3)
          Dense(1)
        }
        objective
      }
    ),
  ]
}

private func columns(_ objective: Objective) -> [(name: String, model: Model)] {
  [
    (
      "cross-stitch",
      Model {
        EachTask {
          Dense(4, activation: .silu).penalized(by: GroupLasso(over: .inputsOfAllTasks))
          CrossStitch()
          Dense(3, activation: .silu)
          CrossStitch()
          Dense(1)
        }
        objective
      }
    ),
    (
      "progressive extraction",
      Model {
        EachTask {
          ProgressiveExtraction(shared: 1, own: 2) {
            Dense(4, activation: .silu).penalized(by: GroupLasso())
            Dense(3, activation: .silu)
          }
          Dense(1)
        }
        objective
      }
    ),
    (
      "shared and own",
      Model {
        EachTask {
          SharedPlusOwn(4, activation: .silu).penalized(by: Dirty())
          Dense(1)
        }
        objective
      }
    ),
    (
      "pooled",
      Model {
        Shared { Dense(4, activation: .silu) }
        EachTask { Dense(1) }
        objective
      }.pooled()
    ),
  ]
}

private let rank = Objective { SmoothedRank() }
private let all = networks(rank) + columns(rank)

@Test(arguments: all.indices)
func everyArchitecturesGradientAgreesWithFiniteDifferences(_ index: Int) throws {
  let fixture = try Fixture(all[index].model, x: normalRows(7, 5), outcomes: mixed)
  // The slope of the selection's cubic steps has kinks at ±½, so codes stay within.
  var bindings = fixture.bindings
  if let codes = bindings.leaves["task.0.codes"] {
    bindings.leaves["task.0.codes"] = NumericArray(codes.extents, codes.values.map { 0.2 * $0 })
  }
  for certificate in try checkGradients(
    of: fixture.objective.total, along: fixture.leaves, at: bindings)
  {
    #expect(certificate.passes, "\(all[index].name): \(certificate)")
  }
}

/// Gradients by task, from copies of what the tasks share, are those of the tasks' own losses.
@Test(arguments: networks(rank).indices)
func gradientNormsSeeEachTasksOwnLoss(_ index: Int) throws {
  let plain = try Fixture(networks(rank)[index].model, x: normalRows(7, 5), outcomes: mixed)
  let forked = try Fixture(
    networks(Objective(balancing: GradNorm()) { SmoothedRank() })[index].model,
    x: normalRows(7, 5), outcomes: mixed)
  let (a, b) = (plain.objective, forked.objective)
  #expect(isClose(try plain.values(a.perTask), try forked.values(b.perTask)))
  // All weights are 1 before the first step.
  for leaf in plain.leaves {
    let own = try plain.values(a.total.gradient(of: leaf))
    let other = try forked.values(b.total.gradient(of: forked.leaf(leaf.name)))
    #expect(isClose(own, other, within: 1e-10), "\(leaf.name)")
  }
}

// MARK: What layers compute

/// Scores of one row by a model, with parameters at given numbers and all others 0.
private func scores(
  _ model: Model, x: [[Double]], tasks: Int = 2, _ parameters: [String: [Double]]
) throws -> [Double] {
  let outcome: Outcome = .values(.continuous, x.indices.map(Double.init))
  var fixture = try Fixture(
    model, x: x, outcomes: Array(repeating: outcome, count: tasks))
  for parameter in fixture.lowered.parameters {
    let extents = try parameter.leaf.shape.resolved([:])
    let zeros = Array(repeating: 0.0, count: extents.reduce(1, *))
    fixture.bindings.leaves[parameter.name] = NumericArray(
      extents, parameters[parameter.name] ?? zeros)
  }
  return try fixture.values(fixture.lowered.scores(of: fixture.x))
}

@Test func aGateMixesExpertsByTheSoftmaxOfTheFeatures() throws {
  let model = Model {
    Shared { Experts(2) { Dense(1, bias: false) } }
    EachTask {
      Gate()
      Dense(1, bias: false)
    }
    rank
  }
  // The rows of the one weight: two experts (x, 2x), then two gates of two experts each.
  let found = try scores(
    model, x: [[3]],
    ["input.weight": [1, 2, 0, 0, 0, 1], "task.1.weight": [1, 10]])
  let share = 1 / (1 + Foundation.exp(-3.0))
  let second: Double = 30 * (1 - share) + 60 * share
  #expect(isClose(found, [4.5, second]))
}

@Test func ownExpertsAreSeenByTheirTaskAlone() throws {
  let model = Model {
    Shared { Experts(1) { Dense(1, bias: false) } }
    EachTask {
      Gate(own: 1) { Dense(1, bias: false) }
      Dense(1, bias: false)
    }
    rank
  }
  // Shared expert x, own experts 5x and 9x, gates of zeros.
  let found = try scores(
    model, x: [[2]],
    ["input.weight": [1, 5, 9, 0, 0, 0, 0], "task.1.weight": [1, 1]])
  #expect(isClose(found, [6, 10]))
}

@Test func aSaturatedSelectingGatePicksTheExpertOfItsCode() throws {
  let model = Model {
    Shared { Experts(4) { Dense(1, bias: false) } }
    EachTask {
      SelectingGate(1)
      Dense(1, bias: false)
    }
    rank
  }
  // Codes 10 (bit 1 set) and 01: experts 2 and 1.
  let found = try scores(
    model, x: [[1]],
    [
      "input.weight": [1, 2, 3, 4], "task.0.codes": [-0.5, 0.7, 2, -1], "task.1.weight": [1, 1],
    ])
  #expect(found == [3, 2])
  let undecided = try scores(
    model, x: [[1]], ["input.weight": [1, 2, 3, 4], "task.1.weight": [1, 1]])
  #expect(isClose(undecided, [2.5, 2.5]))
}

@Test func crossStitchStartsNearItsOwnColumn() throws {
  let model = Model {
    EachTask {
      Dense(1, bias: false)
      CrossStitch(ownShare: 0.8)
      Dense(1, bias: false)
    }
    rank
  }
  let found = try scores(
    model, x: [[1]], tasks: 3,
    ["task.0.weight": [10, 20, 30], "task.2.weight": [1, 1, 1]])
  #expect(isClose(found, [13, 20, 27]))
}

@Test func crossStitchOfOneTaskChangesNothing() throws {
  let model = Model {
    EachTask {
      Dense(1, bias: false)
      CrossStitch()
    }
    rank
  }
  #expect(isClose(try scores(model, x: [[7]], tasks: 1, ["task.0.weight": [1]]), [7]))
}

@Test func attentionMasksSharedUnits() throws {
  let model = Model {
    Shared { Dense(2, bias: false) }
    EachTask {
      Attention(to: 0, width: 1, activation: .identity)
      Dense(1, bias: false)
    }
    rank
  }
  // Masks: σ(0) = ½ for all units, but σ(20) for the second unit of the second task.
  let found = try scores(
    model, x: [[4]],
    [
      "shared.0.weight": [1, 3], "task.0.mask.1.bias": [0, 0, 0, 20],
      "task.0.output.0.weight": [1, 1], "task.1.weight": [1, 1],
    ])
  #expect(isClose(found, [8, 14], within: 1e-7))
}

@Test func withoutOtherExpertsExtractionIsEachTasksOwn() throws {
  let model = Model {
    EachTask {
      ProgressiveExtraction(shared: 1, own: 1) { Dense(1, bias: false) }
      Dense(1, bias: false)
    }
    rank
  }
  // Own experts x and 3x, the shared one 0, gates that see x = 50 and prefer the own expert.
  let found = try scores(
    model, x: [[50]],
    ["input.weight": [1, 3, 0, 1, 0, 1, 0], "task.1.weight": [1, 1]])
  #expect(isClose(found, [50, 150], within: 1e-9))
}

@Test func ownWeightsAreAddedToTheSharedOne() throws {
  let model = Model {
    EachTask { SharedPlusOwn(1) }
    rank
  }
  #expect(try scores(model, x: [[2]], ["task.0.weight": [10, 1, -1]]) == [22, 18])
}

@Test func aPooledModelHasOneScore() throws {
  let model = Model {
    EachTask { Dense(1) }
    rank
  }.pooled()
  #expect(try scores(model, x: [[2], [5]], ["task.0.weight": [3]]) == [6, 15, 6, 15])
}

// MARK: One weight for all that read the features

@Test func readersOfTheFeaturesShareAParameterWithOnePenalty() throws {
  let fixture = try Fixture(
    networks(rank)[0].model, x: normalRows(4, 5),
    outcomes: mixed.map { _ in
      .values(.continuous, [1, 2, 3, 4])
    })
  let first = fixture.lowered.parameters[0]
  // Four experts of three units, three gates of four experts.
  #expect(first.name == "input.weight")
  #expect(first.leaf.shape == [24, 5])
  #expect(first.penalty?.summary == GroupLasso().summary)
  #expect(!first.decays)
  let readers = fixture.lowered.parameters.filter { $0.leaf.shape.dimensions.last == .fixed(5) }
  #expect(readers.count == 1)
}

@Test func aSingleReaderKeepsItsOwnWeight() throws {
  let model = Model {
    EachTask {
      Dense(4)
      Dense(1)
    }
    rank
  }
  let lowered = try LoweredModel(
    model, features: 3, tasks: [TaskDescription(name: "a", scale: .binary)])
  #expect(lowered.parameters.map(\.name).first == "task.0.weight")
}
