import RankineData
import RankineGraph
import RankineSupport

@testable import RankineLanguage

/// One task's outcomes, nil where missing.
enum Outcome {
  case values(OutcomeScale, [Double?])
  case censored([(time: Double, isEvent: Bool)?])
  /// Given keys, for outcomes whose scale and targets do not matter.
  case keyed([(high: Double, low: Double)])

  var scale: OutcomeScale {
    switch self {
    case .values(let scale, _): scale
    case .censored: .censored
    case .keyed: .continuous
    }
  }

  /// One more than the largest level of an ordinal outcome, 0 for others.
  var levelCount: Int {
    guard scale == .ordinal else { return 0 }
    return 1 + Int(targets.compactMap { $0 }.max() ?? 0)
  }

  /// Pair keys: ranks, with a censored row above everything from its time on.
  var keys: [(high: Double, low: Double)] {
    switch self {
    case .values(_, let values):
      values.map { value in value.map { (high: $0, low: $0) } ?? (high: .nan, low: .nan) }
    case .censored(let rows):
      rows.map { row in
        guard let row else { return (high: .nan, low: .nan) }
        return row.isEvent ? (row.time, row.time) : (row.time + 1e-6, .infinity)
      }
    case .keyed(let keys): keys
    }
  }

  var targets: [Double?] {
    switch self {
    case .values(_, let values): values
    case .censored(let rows): rows.map { $0?.time }
    case .keyed(let keys): keys.map(\.high)
    }
  }
}

/// A lowered model with numbers for every leaf.
struct Fixture {
  let lowered: LoweredModel
  let objective: LoweredObjective
  var bindings: Bindings

  /// - Parameters:
  ///   - x: a row of features for each row of the sample.
  ///   - rows: the mini-batch; all rows by default.
  ///   - stored: scores of the previous epoch; random by default.
  init(
    _ model: Model, x: [[Double]], tasks described: [TaskDescription]? = nil,
    outcomes: [Outcome], rows: [Int]? = nil, stored: [[Double]]? = nil, seed: UInt64 = 1
  ) throws {
    let (n, taskCount) = (x.count, outcomes.count)
    let tasks =
      described
      ?? outcomes.enumerated().map {
        TaskDescription(name: "task\($0)", scale: $1.scale, levelCount: $1.levelCount)
      }
    lowered = try LoweredModel(model, features: x[0].count, tasks: tasks)
    objective = lowered.objective()
    let rows = rows ?? Array(0..<n)
    var random = CounterRandom(seed: seed, stream: 9)
    let keys = outcomes.map(\.keys), targets = outcomes.map(\.targets)
    func table(_ value: (_ task: Int, _ row: Int) -> Double) -> NumericArray {
      NumericArray([taskCount, n]) { value($0[0], $0[1]) }
    }
    let comparable = keys.map { keys in
      keys.map { a in Double(keys.filter { a.high > $0.low }.count) }.reduce(0, +)
    }
    var leaves: [String: NumericArray] = [
      "x": NumericArray([n, x[0].count], x.flatMap { $0 }),
      "rows": NumericArray([rows.count], rows.map(Double.init)),
      "high": table { keys[$0][$1].high },
      "low": table { keys[$0][$1].low },
      "target": table { targets[$0][$1] ?? 0 },
      "normalScores": table { 0.1 * (targets[$0][$1] ?? 0) - 1 },
      "observed": table { targets[$0][$1] == nil ? 0 : 1 },
      "stored": table { task, row in stored?[task][row] ?? random.normal() },
      "spread": NumericArray([taskCount], (0..<taskCount).map { 0.8 + 0.1 * Double($0) }),
      "share": NumericArray(repeating: 1 / Double(taskCount), [taskCount]),
      "pairs": NumericArray([taskCount], comparable.map { Double(n) / max(1, 2 * $0) }),
      "step": NumericArray(1),
      "epoch": NumericArray(0),
    ]
    for parameter in lowered.parameters + objective.extraParameters {
      let extents = try parameter.leaf.shape.resolved([:])
      leaves[parameter.name] = NumericArray(extents) { _ in 0.6 * random.normal() }
    }
    for state in objective.states {
      leaves[state.leaf.name] = NumericArray(
        repeating: state.initial, try state.leaf.shape.resolved([:]))
    }
    bindings = Bindings(leaves, extents: ["sample": n, "batch": rows.count])
  }

  /// One task whose score is its single feature, so that gradients of x are those of the scores.
  init(
    scores: [Double], outcome: Outcome, rows: [Int]? = nil, stored: [Double]? = nil,
    _ loss: any Loss
  ) throws {
    let model = Model {
      EachTask { Dense(1, bias: false) }
      Objective { [loss] }
    }
    try self.init(
      model, x: scores.map { [$0] }, outcomes: [outcome], rows: rows, stored: [stored ?? scores])
    bindings.leaves["task.0.weight"] = NumericArray([1, 1, 1], [1])
    bindings.leaves["spread"] = NumericArray([1], [1])
  }

  var graph: Graph { lowered.graph }
  var leaves: [Tensor] { (lowered.parameters + objective.extraParameters).map(\.leaf) }
  var x: Tensor { leaf("x") }

  func leaf(_ name: String) -> Tensor {
    for (id, node) in graph.nodes.enumerated() {
      if case .leaf(let leaf) = node.attribute, leaf.name == name { return graph.tensor(id) }
    }
    return graph.constant(.nan)
  }

  func values(_ tensor: Tensor) throws -> [Double] {
    try Interpreter(bindings).evaluate(tensor).values
  }

  /// Gives the balancing rule's states their values after this step.
  mutating func advance() throws {
    let next = try Interpreter(bindings).evaluate(objective.stateUpdates.map(\.value))
    for (update, value) in zip(objective.stateUpdates, next) {
      bindings.leaves[update.leaf.name] = value
    }
  }

  func total() throws -> Double { try values(objective.total)[0] }

  /// ∂ total/∂ score of each row of the sample, when the scores are the feature.
  func scoreGradient() throws -> [Double] {
    try values(objective.total.gradient(of: x))
  }
}

extension Tensor {
  var name: String {
    if case .leaf(let leaf) = node.attribute { leaf.name } else { "" }
  }
}

/// Relative to the smaller value, absolute below 1; never true for NaN or infinity.
func isClose(_ a: Double, _ b: Double, within tolerance: Double = 1e-12) -> Bool {
  Swift.abs(a - b) <= tolerance * max(1, min(Swift.abs(a), Swift.abs(b)))
}

func isClose(_ a: [Double], _ b: [Double], within tolerance: Double = 1e-12) -> Bool {
  a.count == b.count && zip(a, b).allSatisfy { isClose($0, $1, within: tolerance) }
}

/// Standard normal features.
func normalRows(_ count: Int, _ width: Int, seed: UInt64 = 3) -> [[Double]] {
  var random = CounterRandom(seed: seed)
  return (0..<count).map { _ in (0..<width).map { _ in random.normal() } }
}
