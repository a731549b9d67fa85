import Foundation
import RankineEvaluation
import RankineSupport
import Testing

private let losses: [IsotonicLoss] = [.squared, .huber, .huber(delta: 0.3), .absolute]

private func loss(_ residual: Double, _ kind: IsotonicLoss) -> Double {
  let size = abs(residual)
  switch kind {
  case .squared: return size * size
  case .absolute: return size
  case .huber(let delta):
    return size <= delta ? size * size / 2 : delta * size - delta * delta / 2
  }
}

private func total(
  _ fit: [Double], _ values: [Double], _ weights: [Double], _ kind: IsotonicLoss
) -> Double {
  values.indices.reduce(0) { $0 + weights[$1] * loss(values[$1] - fit[$1], kind) }
}

/// The best constant, by golden-section search between the smallest and the largest value.
private func bestConstant(_ values: [Double], _ weights: [Double], _ kind: IsotonicLoss) -> Double {
  var low = values.reduce(.infinity, min)
  var high = values.reduce(-.infinity, max)
  let golden = 0.6180339887498949
  for _ in 0..<120 {
    let a = high - golden * (high - low)
    let b = low + golden * (high - low)
    let atA = total(values.map { _ in a }, values, weights, kind)
    let atB = total(values.map { _ in b }, values, weights, kind)
    if atA <= atB { high = b } else { low = a }
  }
  return 0.5 * (low + high)
}

/// The least loss over all partitions into consecutive blocks whose best constants do not decrease.
private func leastLoss(_ values: [Double], _ weights: [Double], _ kind: IsotonicLoss) -> Double {
  var best = Double.infinity
  for mask in 0..<(1 << (values.count - 1)) {
    var fit: [Double] = []
    var start = 0
    for end in 1...values.count where end == values.count || mask >> (end - 1) & 1 == 1 {
      let part = Array(values[start..<end])
      let constant = bestConstant(part, Array(weights[start..<end]), kind)
      fit += part.map { _ in constant }
      start = end
    }
    if zip(fit, fit.dropFirst()).allSatisfy({ $0 <= $1 + 1e-9 }) {
      best = min(best, total(fit, values, weights, kind))
    }
  }
  return best
}

@Test func squaredLossGivesTheWorkedExample() {
  let fit = isotonicRegression([1, 3, 2, 2, 5, 4])
  #expect(isClose(fit, [1, 7.0 / 3, 7.0 / 3, 7.0 / 3, 4.5, 4.5]))
}

@Test func absoluteLossPoolsToTheMedian() {
  #expect(isotonicRegression([1, 9, 2, 3], loss: .absolute) == [1, 3, 3, 3])
  #expect(isotonicRegression([5, 1], loss: .absolute) == [3, 3])
  #expect(isotonicRegression([5, 1], weights: [3, 1], loss: .absolute) == [5, 5])
}

@Test func huberLossPoolsBetweenMeanAndMedian() {
  // The ends pull with 1 each way, whatever their distance, so the middle value stands.
  #expect(isClose(isotonicRegression([100, 2, 0], loss: .huber(delta: 1))[0], 2, within: 1e-9))
  // 100 pulls up with 1, and (m − 1) + m = 1 holds it at m = 1.
  #expect(isClose(isotonicRegression([100, 1, 0], loss: .huber(delta: 1))[0], 1, within: 1e-9))
  let mean = isotonicRegression([4, 1, 2], loss: .huber(delta: 1e6))
  #expect(isClose(mean, isotonicRegression([4, 1, 2]), within: 1e-9))
  #expect(isClose(isotonicRegression([10, 0], loss: .huber(delta: 1))[0], 5))
}

@Test(arguments: losses)
func noMonotoneSequenceFitsBetter(_ kind: IsotonicLoss) {
  var random = CounterRandom(seed: 11)
  for round in 0..<60 {
    let count = 1 + random.below(6)
    let values =
      round % 2 == 0
      ? random.levels(count, below: 5) : (0..<count).map { _ in random.normal() }
    let weights = (0..<count).map { _ in round % 3 == 0 ? 1 : 0.5 + random.uniform() }
    let fit = isotonicRegression(values, weights: weights, loss: kind)
    #expect(zip(fit, fit.dropFirst()).allSatisfy { $0 <= $1 })
    let ours = total(fit, values, weights, kind)
    #expect(isClose(ours, leastLoss(values, weights, kind), within: 1e-7), "\(values) \(weights)")
  }
}

@Test(arguments: losses)
func longFitsMeetTheOptimalityConditions(_ kind: IsotonicLoss) {
  var random = CounterRandom(seed: 12)
  let values = (0..<600).map { 0.004 * Double($0) + 3 * random.normal() }
  let weights = (0..<600).map { _ in 0.5 + random.uniform() }
  let fit = isotonicRegression(values, weights: weights, loss: kind)
  let best = total(fit, values, weights, kind)
  // Raising a tail or lowering a head keeps the fit monotone; neither may lower the loss.
  for cut in stride(from: 0, through: 600, by: 7) {
    for step in [1e-3, 0.1] {
      let raised = fit.indices.map { fit[$0] + ($0 >= cut ? step : 0) }
      let lowered = fit.indices.map { fit[$0] - ($0 < cut ? step : 0) }
      #expect(total(raised, values, weights, kind) >= best - 1e-9)
      #expect(total(lowered, values, weights, kind) >= best - 1e-9)
    }
  }
}

@Test(arguments: losses)
func aMonotoneSequenceIsItsOwnFit(_ kind: IsotonicLoss) {
  let values = [-3, -1, -1, 0, 2.5, 9]
  #expect(isClose(isotonicRegression(values, loss: kind), values, within: 1e-9))
  #expect(isotonicRegression([], loss: kind) == [])
}

@Test(arguments: losses)
func anIntegerWeightIsARepeatedRow(_ kind: IsotonicLoss) throws {
  let weighted = try IsotonicFit(
    scores: [1, 2, 3], values: [4, 1, 2], weights: [3, 1, 2], loss: kind)
  let repeated = try IsotonicFit(
    scores: [1, 1, 1, 2, 3, 3], values: [4, 4, 4, 1, 2, 2], loss: kind)
  #expect(weighted.knots == repeated.knots)
  #expect(isClose(weighted.values, repeated.values, within: 1e-9))
}

@Test func equalScoresShareOneValueWhateverTheRowOrder() throws {
  let fit = try IsotonicFit(scores: [2, 1, 2, .nan, 3], values: [6, 1, 2, 9, .nan])
  #expect(fit.knots == [1, 2])
  #expect(fit.values == [1, 4])
}

@Test func predictionIsLinearBetweenMidpointsAndConstantBeyond() throws {
  let fit = try IsotonicFit(scores: [0, 1, 2, 4], values: [1, 5, 3, 10])
  #expect(fit.knots == [0, 1.5, 4])
  #expect(fit.values == [1, 4, 10])
  #expect(fit.predict(-7) == 1)
  #expect(fit.predict(0.75) == 2.5)
  #expect(fit.predict(4) == 10)
  #expect(fit.predict(.infinity) == 10)
  #expect(fit.predict(.nan).isNaN)
}

@Test func aFitSurvivesTheRoundTripAndRefusesCorruptedKnots() throws {
  let fit = try IsotonicFit(scores: [0, 1, 2], values: [1, 5, 3])
  let data = try JSONEncoder().encode(fit)
  #expect(try JSONDecoder().decode(IsotonicFit.self, from: data) == fit)
  for text in [
    #"{"knots":[],"values":[]}"#, #"{"knots":[1,0],"values":[1,2]}"#,
    #"{"knots":[0,1],"values":[2,1]}"#, #"{"knots":[0],"values":[1,2]}"#,
  ] {
    #expect(throws: DecodingError.self) {
      try JSONDecoder().decode(IsotonicFit.self, from: Data(text.utf8))
    }
  }
}
