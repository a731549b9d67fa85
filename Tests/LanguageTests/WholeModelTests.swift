import RankineData
import RankineGraph
import Testing

@testable import RankineLanguage

private let mixed: [Outcome] = [
  .values(.continuous, [0.2, nil, -0.7, 1.4, 2.2, nil, 0.9]),
  .values(.binary, [1, 0, nil, 1, 0, 1, 0]),
  .values(.ordinal, [0, 2, 1, nil, 2, 0, 1]),
  .values(.count, [3, 0, 1, 2, nil, 4, 1]),
  .censored([(2, true), (1, false), (3, true), nil, (3, false), (5, true), (1, true)]),
]

private func model(_ objective: Objective) -> Model {
  Model {
    Shared {
      Dense(4, activation: .silu).penalized(by: GroupLasso())
      LayerNorm()
      Dropout(0.3)
    }
    EachTask {
      Dense(3, activation: .tanh)
      LayerNorm()
      Dense(1)
    }
    objective
  }
}

private let likelihoods: [any Loss] = [
  Huber().on(.continuous, .ordinal), CrossEntropy(), PoissonLoss(), CoxPartialLikelihood(),
]

private let quartic = PointwiseLoss("quartic") { score, target in
  let residual: Tensor = score - target
  return square(square(residual))
}

private let exponential = PairwiseLoss("exponential", scores: .unitSD) { high, low in
  exp(low.score - high.score)
}

private let parametric: [any Loss] = [
  Huber().onNormalScores().on(.continuous, .count), CrossEntropy().onMonotoneHead(), OrdinalLogit(),
  WeibullAFT(),
]

private let hybrid = Hybrid(likelihoodShare: 0.3) {
  Huber().on(.continuous)
  CrossEntropy()
  OrdinalLogit()
  PoissonLoss()
  WeibullAFT()
}

/// Objectives of every kind, by name, so that a failure says which.
private let objectives: [(name: String, Objective)] =
  [
    ("rank", Objective { SmoothedRank() }),
    ("rank against the batch", Objective { SmoothedRank(partners: .batch) }),
    ("likelihoods", Objective { likelihoods }),
    ("losses with parameters", Objective { parametric }),
    ("hybrid", Objective { hybrid }),
    (
      "user losses",
      Objective {
        quartic.on(.continuous, .count)
        exponential
      }
    ),
  ]
  + (Catalog.balancings + [GradNorm(form: .original)]).map { rule in
    ("balanced by \(rule.summary)", Objective(balancing: rule) { likelihoods })
  }

@Test(arguments: objectives.indices)
func everyGradientAgreesWithFiniteDifferences(_ index: Int) throws {
  let (name, objective) = objectives[index]
  // Balancing needs two tasks; more take the interpreter long.
  let outcomes = name.hasPrefix("balanced") ? Array(mixed.prefix(2)) : mixed
  let fixture = try Fixture(
    model(objective), x: normalRows(7, 5), outcomes: outcomes, rows: [6, 0, 2, 3, 4])
  for certificate in try checkGradients(
    of: fixture.objective.total, along: fixture.leaves, at: fixture.bindings, holdsDetached: true)
  {
    #expect(certificate.passes, "\(name): \(certificate)")
  }
}

@Test(arguments: objectives.indices)
func everyStepIsFinite(_ index: Int) throws {
  let empty: [Outcome] = mixed.map { outcome in
    switch outcome {
    case .values(let scale, let values): .values(scale, values.map { _ in nil })
    case .censored(let rows): .censored(rows.map { _ in nil })
    case .keyed(let keys): .keyed(keys.map { _ in (.nan, .nan) })
    }
  }
  for outcomes in [mixed, empty, [mixed[0]]] {
    let fixture = try Fixture(
      model(objectives[index].1), x: normalRows(7, 5), outcomes: outcomes, rows: [1])
    let (objective, graph) = (fixture.objective, fixture.graph)
    try Verifier.verify(graph, after: "lowering")
    let outputs =
      [objective.total, objective.perTask] + objective.total.gradients(of: fixture.leaves)
      + objective.stateUpdates.map(\.value)
    for (position, value) in try Interpreter(fixture.bindings).evaluate(outputs).enumerated() {
      let isFinite = value.values.allSatisfy { $0.isFinite }
      #expect(isFinite, "\(objectives[index].name), output \(position)")
    }
  }
}

@Test func aDuplicateTaskDoublesTheSharedGradient() throws {
  let y: Outcome = .values(.continuous, [0.3, -1, 2, 0.5, 1.2, -0.4, 0])
  func sharedGradient(copies: Int) throws -> [Double] {
    let declared = Model {
      Shared { Dense(4, activation: .silu) }
      EachTask { Dense(1, bias: false) }
      Objective { SmoothedRank(scores: .raw) }
    }
    var fixture = try Fixture(
      declared, x: normalRows(7, 5), outcomes: Array(repeating: y, count: copies),
      stored: Array(repeating: [0.1, 0.7, -0.3, 0.2, 0, 1, -1], count: copies))
    let shared = normalRows(4, 5, seed: 21).flatMap { $0 }
    let own = Array(repeating: [0.4, -0.2, 0.9, 0.3], count: copies).flatMap { $0 }
    fixture.bindings.leaves["shared.0.weight"] = NumericArray([4, 5], shared)
    fixture.bindings.leaves["shared.0.bias"] = NumericArray([4], [0.1, 0.2, 0, -0.1])
    fixture.bindings.leaves["task.0.weight"] = NumericArray([copies, 1, 4], own)
    return try fixture.values(
      fixture.objective.total.gradient(of: fixture.leaf("shared.0.weight")))
  }
  let one = try sharedGradient(copies: 1)
  #expect(one.contains { $0 != 0 })
  #expect(isClose(try sharedGradient(copies: 2), one.map { 2 * $0 }))
}

@Test func theOrderOfTasksDoesNotMatter() throws {
  let forward = try Fixture(
    model(Objective { likelihoods }), x: normalRows(7, 5), outcomes: mixed)
  var backward = try Fixture(
    model(Objective { likelihoods }), x: normalRows(7, 5), outcomes: mixed.reversed())
  for parameter in forward.lowered.parameters {
    guard let value = forward.bindings.leaves[parameter.name] else { continue }
    let isStacked = parameter.name.hasPrefix("task")
    let size = value.values.count / (isStacked ? mixed.count : 1)
    let blocks = stride(from: 0, to: value.values.count, by: size).map {
      Array(value.values[$0..<($0 + size)])
    }
    backward.bindings.leaves[parameter.name] = NumericArray(
      value.extents, blocks.reversed().flatMap { $0 })
  }
  let ahead = try forward.values(forward.objective.perTask)
  let back = try backward.values(backward.objective.perTask)
  #expect(isClose(ahead, back.reversed()))
  #expect(Set(ahead).count == mixed.count)
}

@Test func scoresReadTheParametersOfTheGivenSuffix() throws {
  let fixture = try Fixture(
    model(Objective { SmoothedRank() }), x: normalRows(7, 5), outcomes: mixed)
  let x = fixture.graph.input("new", [.named("rows"), 5])
  var bindings = fixture.bindings
  bindings.extents["rows"] = 2
  bindings.leaves["new"] = NumericArray([2, 5], normalRows(2, 5).flatMap { $0 })
  for parameter in fixture.lowered.parameters {
    let value = bindings.leaves[parameter.name]
    bindings.leaves[parameter.name + ".average"] = value.map { value in
      NumericArray(value.extents, value.values.map { $0 * 0.5 })
    }
  }
  let raw = try Interpreter(bindings).evaluate(fixture.lowered.scores(of: x))
  let average = try Interpreter(bindings).evaluate(
    fixture.lowered.scores(of: x, parameterSuffix: ".average"))
  #expect(raw.extents == [5, 2])
  #expect(raw != average)
  for parameter in fixture.lowered.parameters {
    bindings.leaves[parameter.name + ".average"] = bindings.leaves[parameter.name]
  }
  let same = try Interpreter(bindings).evaluate(
    fixture.lowered.scores(of: x, parameterSuffix: ".average"))
  #expect(raw == same)
}

@Test func parametersAreNamedShapedAndStartedByTheirLayer() throws {
  let fixture = try Fixture(
    model(Objective { SmoothedRank() }), x: normalRows(7, 5), outcomes: mixed)
  let lines = fixture.lowered.parameters.map {
    "\($0.name) \($0.leaf.shape) \($0.initializer) decays \($0.decays) "
      + ($0.penalty?.summary ?? "free")
  }
  #expect(
    lines == [
      "shared.0.weight [4, 5] heNormal(fanIn: 5) decays false "
        + "GroupLasso(.path(count: 8), over: .inputs)",
      "shared.0.bias [4] zeros decays false free",
      "shared.1.scale [4] constant(1.0) decays false free",
      "shared.1.shift [4] zeros decays false free",
      "task.0.weight [5, 3, 4] heNormal(fanIn: 4) decays true free",
      "task.0.bias [5, 3] zeros decays false free",
      "task.1.scale [5, 3] constant(1.0) decays false free",
      "task.1.shift [5, 3] zeros decays false free",
      "task.2.weight [5, 1, 3] heNormal(fanIn: 3) decays true free",
      "task.2.bias [5, 1] zeros decays false free",
    ])
}
