import RankineData
import RankineGraph
import Testing

@testable import RankineLanguage

/// Balancing where tasks have weights in common above the shared layers, or have no shared layers.

/// Says that it shares weights, and leaves what it sees as it is.
private struct Claim: Layer {
  let site = Site(file: #fileID, line: #line)
  var summary: String { "Claim()" }
  var sharesWeights: Bool { true }
  func apply(to input: Tensor, in scope: LayerScope) -> Tensor { input }
}

private let outcomes: [Outcome] = [
  .values(.continuous, [0.2, nil, -0.7, 1.4, 2.2, nil, 0.9]),
  .values(.binary, [1, 0, nil, 1, 0, 1, 0]),
]

private func fixture(_ model: Model) throws -> Fixture {
  try Fixture(model, x: normalRows(7, 5), outcomes: outcomes)
}

private func column(_ rule: any Balancing, claims: Bool) -> Model {
  Model {
    Shared {
      Dense(4, activation: .silu)
      Dense(3, activation: .silu)
    }
    EachTask {
      if claims { Claim() }
      Dense(2, activation: .tanh)
      Dense(1)
    }
    Objective(balancing: rule) { SmoothedRank() }
  }
}

private let wholeGradientRules = Catalog.balancings.filter { !($0 is GradDrop) }

/// A backward pass for each task through the whole network finds what one through copies of the
/// shared representation does.
@Test(arguments: wholeGradientRules.indices)
func everyRuleMovesAForkedNetworkAndAWholeOneAlike(_ index: Int) throws {
  let rule = wholeGradientRules[index]
  let (forked, whole) = (
    try fixture(column(rule, claims: false)), try fixture(column(rule, claims: true))
  )
  for leaf in forked.leaves {
    // The layer that claims stands below the tasks' own and moves their names.
    let name = leaf.name.hasPrefix("task.") ? moved(leaf.name) : leaf.name
    var other = whole
    for own in forked.leaves where own.name.hasPrefix("task.") {
      other.bindings.leaves[moved(own.name)] = forked.bindings.leaves[own.name]
    }
    let a = try forked.values(forked.objective.total.gradient(of: leaf))
    let b = try other.values(other.objective.total.gradient(of: other.leaf(name)))
    #expect(isClose(a, b, within: 1e-9), "\(rule.summary), \(leaf.name): \(a) and \(b)")
  }
}

/// `task.0.weight` becomes `task.1.weight`.
private func moved(_ name: String) -> String {
  var parts = name.split(separator: ".").map(String.init)
  parts[1] = "\((Int(parts[1]) ?? 0) + 1)"
  return parts.joined(separator: ".")
}

private func columns(_ rule: any Balancing) -> [Model] {
  let objective = Objective(balancing: rule) { SmoothedRank() }
  return [
    Model {
      EachTask {
        Dense(4, activation: .silu)
        CrossStitch()
        Dense(1)
      }
      objective
    },
    Model {
      EachTask {
        ProgressiveExtraction(shared: 1, own: 1) {
          Dense(4, activation: .silu)
          Dense(3, activation: .silu)
        }
        Dense(1)
      }
      objective
    },
    Model {
      EachTask {
        SharedPlusOwn(4, activation: .silu)
        Dense(1)
      }
      objective
    },
  ]
}

@Test(arguments: 0..<3)
func sharedWeightsOfColumnsMoveAsTheRuleSaysAndOwnOnesByTheirLoss(_ index: Int) throws {
  let plain = try fixture(columns(Uniform())[index])
  let balanced = try fixture(columns(MGDA())[index])
  let weights = try balanced.values(balanced.objective.weights)
  // Not the plain sum, else the rule has no say.
  #expect(abs(weights[0] - weights[1]) > 1e-3)
  let losses = plain.objective.perTask
  for leaf in plain.leaves {
    let parts = try (0..<2).map { try plain.values(losses.element($0).gradient(of: leaf)) }
    let isOwn = leaf.name.hasPrefix(lastLayer(of: plain))
    let expected = zip(parts[0], parts[1]).map { a, b in
      isOwn ? a + b : weights[0] * a + weights[1] * b
    }
    let moved = try balanced.values(
      balanced.objective.total.gradient(of: balanced.leaf(leaf.name)))
    #expect(isClose(moved, expected, within: 1e-9), "\(leaf.name): \(moved), not \(expected)")
  }
}

/// The prefix of the parameters of the score's layer.
private func lastLayer(of fixture: Fixture) -> String {
  fixture.leaves.map(\.name).filter { $0.hasPrefix("task.") }.map { $0.prefix(7) }.max()
    .map(String.init) ?? ""
}

@Test func aRuleOfTheSharedRepresentationNeedsOne() throws {
  let line = #line + 2
  let model = Model {
    EachTask {
      Dense(2)
      CrossStitch()
      Dense(1)
    }
    Objective(balancing: GradDrop()) { SmoothedRank() }
  }
  #expect(
    errorText(model, line: line + 5) == """
      error[no-shared-representation] in \(#fileID):LINE, objective: the rule compares gradients at \
      the layer that all tasks read, and here the tasks share weights above it
        hint: choose a rule of whole gradients, such as PCGrad(), or share by Shared { … } alone
      """)
}
