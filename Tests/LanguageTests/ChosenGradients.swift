import RankineGraph

@testable import RankineLanguage

/// A model whose tasks have given losses and given gradients of the shared weight.
///
/// Row k has the features gₖ and an outcome of task k alone; the score of task k is W·x and its loss
/// the score minus the outcome, so that ∂Lₖ/∂W = gₖ.
struct ChosenGradients {
  var fixture: Fixture

  init(_ rule: any Balancing, _ gradients: [[Double]], losses: [Double]) throws {
    let difference = PointwiseLoss("difference") { score, target in score - target }
    let declared = Model {
      Shared { Dense(1, bias: false) }
      EachTask { Dense(1, bias: false) }
      Objective(balancing: rule) { difference }
    }
    let (count, width) = (gradients.count, gradients[0].count)
    let shared = (0..<width).map { 0.3 + 0.2 * Double($0) }
    let outcomes = (0..<count).map { task in
      let score = zip(shared, gradients[task]).map { $0 * $1 }.reduce(0, +)
      return Outcome.values(
        .continuous, (0..<count).map { $0 == task ? score - losses[task] : nil })
    }
    fixture = try Fixture(declared, x: gradients, outcomes: outcomes)
    fixture.bindings.leaves["shared.0.weight"] = NumericArray([1, width], shared)
    fixture.bindings.leaves["task.0.weight"] = NumericArray(repeating: 1, [count, 1, 1])
    for parameter in fixture.objective.extraParameters {
      guard case .constant(let value) = parameter.initializer else { continue }
      fixture.bindings.leaves[parameter.name] = NumericArray(repeating: value, [count])
    }
  }

  /// The gradient along which the shared weight moves.
  func direction() throws -> [Double] { try gradient("shared.0.weight") }

  func gradient(_ leaf: String) throws -> [Double] {
    try fixture.values(fixture.objective.total.gradient(of: fixture.leaf(leaf)))
  }

  func weights() throws -> [Double] { try fixture.values(fixture.objective.weights) }

  mutating func set(_ state: String, _ values: [Double]) {
    fixture.bindings.leaves["balancing." + state]?.values = values
  }

  func state(_ name: String) -> [Double] {
    fixture.bindings.leaves["balancing." + name]?.values ?? []
  }
}

/// A matrix as a constant of a graph.
func constant(_ rows: [[Double]], in graph: Graph = Graph()) -> Tensor { graph.matrix(rows) }

/// [gₖ·gₗ].
func gram(of gradients: [[Double]], in graph: Graph = Graph()) -> Tensor {
  graph.matrix(gradients.map { g in gradients.map { h in dot(g, h) } })
}

func dot(_ a: [Double], _ b: [Double]) -> Double { zip(a, b).map { $0 * $1 }.reduce(0, +) }

/// The numbers of a tensor without inputs.
func numbers(_ tensor: Tensor) throws -> [Double] {
  try Interpreter(Bindings()).evaluate(tensor).values
}
