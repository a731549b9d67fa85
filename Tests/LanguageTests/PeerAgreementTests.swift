import Foundation
import RankineData
import RankineGraph
import Testing

@testable import RankineLanguage

private func model(_ objective: Objective) -> Model {
  Model {
    Shared { Dense(3, activation: .silu) }
    EachTask {
      for _ in 0..<2 { Dense(2, activation: .silu) }
      Dense(1)
    }
    objective
  }
}

private let continuous: [Double] = [0.3, -1.2, 2.4, 0.1, -0.6, 1.1]
private let binary: [Double] = [1, 0, 1, 1, 0, 0]
private let batch = [4, 0, 2]

/// The tiny form of the reference model: 6 rows, 4 features, a continuous and a binary task.
private func fixture(_ objective: Objective) throws -> (Fixture, PeerModel) {
  let fixture = try Fixture(
    model(objective), x: normalRows(6, 4),
    outcomes: [.values(.continuous, continuous), .values(.binary, binary)], rows: batch)
  let peer = PeerModel(
    features: 4, width: 3, taskWidth: 2, taskCount: 2,
    leaves: fixture.bindings.leaves.mapValues(\.values))
  return (fixture, peer)
}

private func scores(_ peer: PeerModel, _ task: Int) -> [Double] {
  let rows = normalRows(6, 4)
  return batch.map { peer.score(rows[$0], task) }
}

private func losses(_ peer: PeerModel) -> [Double] {
  [
    PeerModel.huber(scores(peer, 0), batch.map { continuous[$0] }, delta: 1),
    PeerModel.crossEntropy(scores(peer, 1), batch.map { binary[$0] }),
  ]
}

private func weighted(_ balancing: any Balancing) -> Objective {
  Objective(balancing: balancing) {
    Huber(delta: 1).on(.continuous)
    CrossEntropy().on(.binary)
  }
}

@Test func theRankLossIsThatOfTheReferenceModel() throws {
  let objective = Objective {
    SmoothedRank(bandwidth: .fixed(0.1), scores: .raw, normalization: .allOrderedPairs)
  }
  let (fixture, peer) = try fixture(objective)
  let stored = fixture.bindings.leaves["stored"]?.values ?? []
  let expected = [continuous, binary].enumerated().map { task, y in
    PeerModel.rankLoss(
      scores(peer, task), batch.map { y[$0] }, stored: Array(stored[(task * 6)..<(task * 6 + 6)]),
      y, sigma: 0.1)
  }
  #expect(isClose(try fixture.values(fixture.objective.perTask), expected))
  #expect(isClose(try fixture.total(), expected.reduce(0, +)))
}

@Test func theUniformLossIsThatOfTheReferenceModel() throws {
  let (fixture, peer) = try fixture(weighted(Uniform()))
  #expect(isClose(try fixture.values(fixture.objective.perTask), losses(peer)))
  #expect(isClose(try fixture.total(), losses(peer).reduce(0, +)))
}

@Test func theUncertaintyLossIsThatOfTheReferenceModel() throws {
  var (fixture, peer) = try fixture(weighted(Uncertainty(initial: 0, classificationFactor: 1)))
  fixture.bindings.leaves["balancing.logVariance"] = NumericArray([2], [0.4, -0.7])
  let l = losses(peer)
  let expected = 0.5 * Foundation.exp(-0.4) * l[0] + 0.2 + Foundation.exp(0.7) * l[1] - 0.35
  #expect(isClose(try fixture.total(), expected))
  #expect(fixture.objective.extraParameters.map(\.initializer) == [.constant(0)])
  let slope = try fixture.values(
    fixture.objective.total.gradient(of: fixture.leaf("balancing.logVariance")))
  #expect(
    isClose(slope, [0.5 - 0.5 * Foundation.exp(-0.4) * l[0], 0.5 - Foundation.exp(0.7) * l[1]]))
}

/// Two steps of the weights, with norms from finite differences of the plain loops.
@Test func theGradNormWeightsAreThoseOfTheReferenceModel() throws {
  var (fixture, peer) = try fixture(weighted(GradNorm(form: .original)))
  var w = [1.0, 1.0], m = [0.0, 0.0], v = [0.0, 0.0]
  let first = losses(peer)
  for step in 1...3 {
    let l = losses(peer)
    let norms = (0..<2).map { task in slopeNorm(of: peer) { losses($0)[task] } }
    #expect(isClose(try fixture.total(), w[0] * l[0] + w[1] * l[1]))
    #expect(isClose(try fixture.values(fixture.objective.weights), w, within: 1e-9))
    let ratio = zip(l, first).map { $0 / $1 }
    let mean = (ratio[0] + ratio[1]) / 2
    let pull = zip(w, norms).map { $0 * $1 }
    for k in 0..<2 {
      let target = (pull[0] + pull[1]) / 2 * Foundation.pow(ratio[k] / mean, 1.5)
      let g = (pull[k] > target ? 1 : -1) * norms[k]
      m[k] = 0.9 * m[k] + 0.1 * g
      v[k] = 0.999 * v[k] + 0.001 * g * g
      let (mean, power) = (
        m[k] / (1 - pow(0.9, Double(step))), v[k] / (1 - pow(0.999, Double(step)))
      )
      w[k] = max(1e-3, w[k] - 0.025 * mean / (power.squareRoot() + 1e-8))
    }
    let sum = w[0] + w[1]
    w = w.map { $0 * 2 / sum }
    try fixture.advance()
    #expect(isClose(fixture.bindings.leaves["balancing.weights"]?.values ?? [], w, within: 1e-7))
    // Move on: any other weights of the network will do.
    for name in ["shared.0.weight", "task.1.weight"] {
      let moved = (peer.leaves[name] ?? []).map { 0.8 * $0 + 0.05 }
      peer.leaves[name] = moved
      fixture.bindings.leaves[name]?.values = moved
    }
  }
}

/// Norms 1.2 and 1 (mean 1.1), rates 1.07 and 0.93: the target of the first task is 1.1 · 1.07^α, which
/// is below its norm for α = 0 and 1 and above it for 1.5.
@Test(arguments: [0, 1, 1.5])
func alphaDecidesWhichTaskGradNormFavours(alpha: Double) throws {
  let expected: [Double] = alpha > 1 ? [1.025, 0.975] : [0.975, 1.025]
  let declared = Model {
    Shared { Dense(1, bias: false) }
    EachTask { Dense(1, bias: false) }
    Objective(balancing: GradNorm(alpha: alpha, form: .original)) { SquaredError() }
  }
  var fixture = try Fixture(
    declared, x: [[1]], outcomes: [.values(.continuous, [0.4]), .values(.continuous, [0.5])])
  fixture.bindings.leaves["shared.0.weight"] = NumericArray([1, 1], [1])
  fixture.bindings.leaves["task.0.weight"] = NumericArray([2, 1, 1], [1, 1])
  fixture.bindings.leaves["balancing.firstLosses"] = NumericArray([2], [0.36 / 1.07, 0.25 / 0.93])
  try fixture.advance()
  #expect(
    isClose(fixture.bindings.leaves["balancing.weights"]?.values ?? [], expected, within: 1e-7))
}

@Test func gradNormWeightsAreConstantsToTheGradient() throws {
  let (balanced, _) = try fixture(weighted(GradNorm(form: .original)))
  let (plain, _) = try fixture(weighted(Uniform()))
  // At the first step all weights are 1.
  let slopes = zip(balanced.leaves, plain.leaves)
  for (a, b) in slopes {
    #expect(
      isClose(
        try balanced.values(balanced.objective.total.gradient(of: a)),
        try plain.values(plain.objective.total.gradient(of: b))))
  }
}

@Test func dynamicWeightsFollowTheLossesOfTheLastTwoEpochs() throws {
  var (fixture, peer) = try fixture(weighted(DynamicWeightAverage(temperature: 2)))
  var means: [[Double]] = []
  for epoch in 0..<4 {
    fixture.bindings.leaves["epoch"] = NumericArray(Double(epoch))
    var w = [1.0, 1.0]
    if epoch >= 2 {
      let e = (0..<2).map { Foundation.exp(means[epoch - 1][$0] / means[epoch - 2][$0] / 2) }
      w = e.map { 2 * $0 / (e[0] + e[1]) }
    }
    var sums = [0.0, 0.0]
    for _ in 0..<2 {
      let l = losses(peer)
      #expect(isClose(try fixture.values(fixture.objective.weights), w))
      #expect(isClose(try fixture.total(), w[0] * l[0] + w[1] * l[1]))
      sums = zip(sums, l).map { $0 + $1 }
      try fixture.advance()
      let moved = (peer.leaves["task.2.weight"] ?? []).map { 0.7 * $0 + 0.2 }
      peer.leaves["task.2.weight"] = moved
      fixture.bindings.leaves["task.2.weight"]?.values = moved
    }
    means.append(sums.map { $0 / 2 })
  }
}

/// A task that has no outcome in the first batches starts its record when it has one.
@Test func gradNormWaitsForTheFirstLossOfATask() throws {
  let objective = Objective(balancing: GradNorm(form: .original)) { SquaredError() }
  let outcomes: [Outcome] = [
    .values(.continuous, [1, 2, 3, 1, 2, 3]), .values(.continuous, [nil, nil, 5, nil, 4, nil]),
  ]
  func record(after rows: [[Int]]) throws -> [Double] {
    var states: [String: NumericArray] = [:]
    for batch in rows {
      var fixture = try Fixture(
        model(objective), x: normalRows(6, 4), outcomes: outcomes, rows: batch)
      fixture.bindings.leaves.merge(states) { $1 }
      try fixture.advance()
      states = fixture.bindings.leaves.filter { $0.key.hasPrefix("balancing.") }
    }
    return states["balancing.firstLosses"]?.values ?? []
  }
  #expect(try record(after: [[0, 1]])[1] == 0)
  let late = try record(after: [[0, 1], [2, 4]])
  #expect(late[0] == (try record(after: [[0, 1]])[0]))
  #expect(late[1] == (try record(after: [[2, 4]])[1]))
  #expect(late[1] > 0)
}

private func slopeNorm(of peer: PeerModel, _ loss: (PeerModel) -> Double) -> Double {
  let weight = peer.leaves["shared.0.weight"] ?? []
  return weight.indices.map { i in
    var (up, down) = (peer, peer)
    up.leaves["shared.0.weight"]?[i] += 1e-5
    down.leaves["shared.0.weight"]?[i] -= 1e-5
    let slope = (loss(up) - loss(down)) / 2e-5
    return slope * slope
  }.reduce(0, +).squareRoot()
}
