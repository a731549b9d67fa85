import Foundation
import RankineData
import RankineGraph
import Testing

@testable import RankineLanguage

private func value(_ function: (Tensor) -> Tensor, at x: Double) throws -> (Double, Double) {
  let leaf = Graph().input("x", .scalar)
  let y = function(leaf)
  let values = try Interpreter(Bindings(["x": NumericArray(x)])).evaluate([y, y.gradient(of: leaf)])
  return (values[0].values[0], values[1].values[0])
}

@Test func siluHasTheWorkedValuesAndSlopes() throws {
  #expect(try value(Activation.silu.callAsFunction, at: 0) == (0, 0.5))
  #expect(isClose(try value(Activation.silu.callAsFunction, at: 1).0, 0.731_058_6, within: 1e-7))
}

@Test func everyActivationIsTheFunctionOfItsName() throws {
  let sigma: Double = 1 / (1 + Foundation.exp(2.0))
  let atMinusTwo: [String: Double] = [
    "identity": -2, "silu": -2 * sigma, "relu": 0, "tanh": Foundation.tanh(-2), "sigmoid": sigma,
    "softplus": Foundation.log1p(Foundation.exp(-2)),
  ]
  #expect(Set(Activation.all.map(\.name)) == Set(atMinusTwo.keys))
  for activation in Activation.all {
    let expected = try #require(atMinusTwo[activation.name])
    #expect(isClose(try value(activation.callAsFunction, at: -2).0, expected), "\(activation.name)")
  }
}

/// The output of one shared layer on two rows of three features.
private func output(
  of layer: any Layer, parameters: [String: [Double]] = [:], isTraining: Bool = false,
  step: Double = 1, x: [Double] = [1, 2, 3, -1, 0, 4]
) throws -> [Double] {
  let graph = Graph()
  var leaves = ["x": NumericArray([2, 3], x), "step": NumericArray(step)]
  let features = graph.input("x", [2, 3])
  let pass = NetworkPass(
    graph: graph, features: features, isTraining: isTraining, suffix: "", inputWeight: nil)
  let y = layer.apply(
    to: features, in: LayerScope(pass, path: "shared.0", taskCount: nil))
  for parameter in pass.parameters {
    let extents = parameter.leaf.shape.dimensions.compactMap(\.count)
    let count = extents.reduce(1, *)
    let name = String(parameter.name.dropFirst("shared.0.".count))
    leaves[parameter.name] = NumericArray(
      extents, parameters[name] ?? Array(repeating: 0, count: count))
  }
  return try Interpreter(Bindings(leaves)).evaluate(y).values
}

@Test func denseMultipliesByTheTransposedWeightAndAddsTheBias() throws {
  let y = try output(
    of: Dense(2, activation: .relu),
    parameters: ["weight": [1, 0, 2, 0, -1, 0], "bias": [0.5, 1]])
  #expect(y == [7.5, 0, 7.5, 1])
}

@Test func layerNormStandardizesEachRow() throws {
  let y = try output(
    of: LayerNorm(epsilon: 1e-12), parameters: ["scale": [1, 1, 2], "shift": [0, 0, 1]])
  let r = (1.5).squareRoot()
  #expect(isClose(Array(y[..<3]), [-r, 0, 2 * r + 1], within: 1e-9))
  #expect(isClose(y[3] + y[4] + (y[5] - 1) / 2, 0, within: 1e-9))
}

@Test func dropoutActsInTrainingAloneAndDiffersFromStepToStep() throws {
  let x = Array(repeating: 1.0, count: 6)
  #expect(try output(of: Dropout(0.5), x: x) == x)
  #expect(try output(of: Dropout(0), isTraining: true, x: x) == x)
  var sums: [Double] = [], patterns: Set<[Double]> = []
  for step in 1...200 {
    let y = try output(of: Dropout(0.25), isTraining: true, step: Double(step), x: x)
    let isScaledOrSilent = y.allSatisfy { $0 == 0 || isClose($0, 4.0 / 3) }
    #expect(isScaledOrSilent)
    sums.append(y.reduce(0, +) / 6)
    patterns.insert(y)
  }
  #expect(patterns.count > 10)
  // The mean of 1200 draws of expectation 1 and variance 1/3 is within 5 standard errors.
  let mean: Double = sums.reduce(0, +) / 200
  let standardError: Double = (1.0 / 3600).squareRoot()
  #expect(Swift.abs(mean - 1) < 5 * standardError)
}

/// A layer of one's own: multiplies each unit by a number that is learned.
private struct Gain: Layer {
  let site = Site(file: "Study/main.swift", line: 12)
  var width: Int?
  var summary: String { "Gain()" }

  func apply(to input: Tensor, in scope: LayerScope) -> Tensor {
    let last = input.shape[input.shape.rank - 1]
    let gain = scope.vector(
      "gain", width: width.map { .fixed($0) } ?? last, initializer: .constant(2))
    return input * gain
  }
}

@Test func aLayerOfOnesOwnWorksInBothParts() throws {
  let model = Model {
    Shared { Gain() }
    EachTask {
      Gain()
      Dense(1)
    }
    Objective { SmoothedRank() }
  }
  let fixture = try Fixture(
    model, x: normalRows(4, 2),
    outcomes: Array(repeating: .values(.continuous, [1, 2, 3, 4]), count: 3))
  let shapes = fixture.lowered.parameters.map { "\($0.name) \($0.leaf.shape)" }
  #expect(
    shapes == [
      "shared.0.gain [2]", "task.0.gain [3, 2]", "task.1.weight [3, 1, 2]", "task.1.bias [3, 1]",
    ])
  #expect(try fixture.total().isFinite)
}

@Test func aLayerWhoseShapesDoNotFitIsPlaced() {
  let model = Model {
    Shared {
      Dense(4)
      Gain(width: 3)
    }
    EachTask { Dense(1) }
    Objective { SmoothedRank() }
  }
  #expect(
    errorText(model, line: 12) == """
      error[shape-mismatch] in Study/main.swift:LINE, network shared[1]: multiply of [batch, 4] and [3]
        hint: axes are aligned at the right and only an axis of size 1 stretches
      """)
}
