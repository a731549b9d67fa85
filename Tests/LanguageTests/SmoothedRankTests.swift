import Foundation
import RankineData
import RankineGraph
import Testing

@testable import RankineLanguage

/// Raw scores over all ordered pairs: the batch × sample sum is divided by batch · n.
private func rank(_ sigma: Double, _ pairing: Pairing = .symmetric) -> SmoothedRank {
  SmoothedRank(
    bandwidth: .fixed(sigma), scores: .raw, pairing: pairing, normalization: .allOrderedPairs)
}

private let three: Outcome = .values(.continuous, [1, 2, 3])

@Test func threePointsGiveTheWorkedCriterionAndGradient() throws {
  let fixture = try Fixture(scores: [0, 0.5, 0.2], outcome: three, rank(0.5))
  // The worked numbers divide by n(n − 1) = 6 and count a pair once; the batch sum divides by 9 and
  // sees each pair from both ends.
  #expect(isClose(-(try fixture.total()) * 9 / 6 / 2, 0.280_681_655_4, within: 1e-10))
  let gradient = try fixture.scoreGradient().map { -$0 * 9 / 6 }
  #expect(isClose(gradient, [-0.145_624_2, -0.010_724_1, 0.156_348_3], within: 1e-7))
}

@Test func comparablePairsGiveTheSmoothedConcordance() throws {
  let loss = SmoothedRank(bandwidth: .fixed(0.5), scores: .raw)
  let fixture = try Fixture(scores: [0, 0.5, 0.2], outcome: three, loss)
  #expect(isClose(try fixture.total(), -2 * 0.280_681_655_4, within: 1e-9))
  let oneSided = SmoothedRank(bandwidth: .fixed(0.5), scores: .raw, pairing: .oneSided)
  let half = try Fixture(scores: [0, 0.5, 0.2], outcome: three, oneSided)
  #expect(isClose(try half.total(), -2 * 0.280_681_655_4, within: 1e-9))
}

@Test(arguments: [(Pairing.oneSided, 0.422_493_620_3), (.symmetric, 0.535_035_121_0)])
func aBatchAgainstStoredScoresGivesTheWorkedLoss(pairing: Pairing, expected: Double) throws {
  let fixture = try Fixture(
    scores: [0, 0.5, 0.2], outcome: three, rows: [1, 2], stored: [0.1, 0.3, 0.4],
    rank(0.5, pairing))
  // Divisor |I|(n − 1) = 4 in the worked number, |I| n = 6 here.
  #expect(isClose(-(try fixture.total()) * 6 / 4, expected, within: 1e-10))
}

@Test(arguments: [1, 3, 4, 10])
func symmetricBatchesPartitionTheFullGradient(batchSize: Int) throws {
  let scores = normalRows(10, 1).map { $0[0] }
  let outcome: Outcome = .values(.continuous, normalRows(10, 1, seed: 8).map { $0[0] })
  let full = try Fixture(scores: scores, outcome: outcome, rank(0.3)).scoreGradient()
  var joined = Array(repeating: 0.0, count: 10), batches = 0
  for start in stride(from: 0, to: 10, by: batchSize) {
    let rows = Array(start..<min(10, start + batchSize))
    let part = try Fixture(scores: scores, outcome: outcome, rows: rows, rank(0.3))
    for (i, slope) in try part.scoreGradient().enumerated() {
      joined[i] += slope * Double(rows.count) / 10
    }
    batches += 1
  }
  #expect(isClose(joined, full))
  #expect(batches == (10 + batchSize - 1) / batchSize)
}

@Test func aBinaryOutcomeGivesTheWorkedCriterion() throws {
  let fixture = try Fixture(
    scores: [0.1, 0.4, -0.2, 0], outcome: .values(.binary, [0, 1, 1, 0]), rank(0.5))
  #expect(isClose(-(try fixture.total()) * 16 / 12 / 2, 0.174_273_901_8, within: 1e-10))
}

@Test func increasingTransformationsOfTheOutcomeLeaveLossAndGradientAsTheyAre() throws {
  let y = normalRows(12, 1, seed: 5).map { $0[0] }
  let scores = normalRows(12, 1).map { $0[0] }
  let plain = try Fixture(scores: scores, outcome: .values(.continuous, y), rank(0.3))
  let cubed = try Fixture(
    scores: scores, outcome: .values(.continuous, y.map { Foundation.exp($0) }), rank(0.3))
  #expect(try plain.total() == cubed.total())
  #expect(try plain.scoreGradient() == cubed.scoreGradient())
}

@Test func scoreGradientsOfTheWholeSampleSumToZero() throws {
  let scores = normalRows(15, 1).map { $0[0] }
  let y = normalRows(15, 1, seed: 4).map { $0[0] }
  let fixture = try Fixture(
    scores: scores, outcome: .values(.ordinal, y.map { ($0 * 2).rounded() }), rank(0.3))
  let gradient = try fixture.scoreGradient()
  #expect(gradient.contains { Swift.abs($0) > 1e-3 })
  #expect(isClose(gradient.reduce(0, +), 0))
}

@Test func aVanishingBandwidthCountsPairsInOrder() throws {
  let fixture = try Fixture(
    scores: [0, 0.5, 0.2], outcome: three,
    SmoothedRank(bandwidth: .fixed(1e-4), scores: .raw))
  #expect(isClose(try fixture.total(), -2.0 / 3))
}

@Test func theBandwidthFollowsTheOutcome() throws {
  let scores = [0.0, 1, 0.4, -0.3], labels: [Double?] = [0, 1, 1, 0]
  func total(_ scale: OutcomeScale, _ bandwidth: Bandwidth) throws -> Double {
    try Fixture(
      scores: scores, outcome: .values(scale, labels),
      SmoothedRank(bandwidth: bandwidth, scores: .raw)
    ).total()
  }
  #expect(try total(.binary, .byOutcome) == total(.binary, .fixed(0.5)))
  #expect(try total(.continuous, .byOutcome) == total(.continuous, .fixed(0.3)))
  #expect(try total(.ordinal, .byOutcome) != total(.ordinal, .fixed(0.5)))
}

@Test func censoredPairsCountWhereTheirOrderIsKnown() throws {
  // Times 2, 4+, 5, 7: known orders are 4+, 5, 7 above 2 and 7 above 5.
  let outcome: Outcome = .censored([(2, true), (4, false), (5, true), (7, true)])
  let f = [-3.0, -2.5, -1, -2]
  let fixture = try Fixture(
    scores: f, outcome: outcome, SmoothedRank(bandwidth: .fixed(1e-4), scores: .raw))
  // The scores put 3 of the 4 in order (Harrell's 3/4).
  #expect(isClose(try fixture.total(), -0.75))
}

@Test func unitSpreadScoresIgnoreTheScaleOfAllScores() throws {
  let scores = normalRows(9, 1).map { $0[0] }
  let y: Outcome = .values(.continuous, normalRows(9, 1, seed: 2).map { $0[0] })
  var small = try Fixture(scores: scores, outcome: y, SmoothedRank())
  var large = try Fixture(scores: scores.map { 8 * $0 }, outcome: y, SmoothedRank())
  small.bindings.leaves["spread"] = NumericArray([1], [1])
  large.bindings.leaves["spread"] = NumericArray([1], [0.125])
  #expect(try small.total() == large.total())
}

@Test(arguments: [[Double?](repeating: 1, count: 4), [nil, nil, nil, nil], [2, nil, nil, nil]])
func noComparablePairGivesZeroLossAndGradient(values: [Double?]) throws {
  let fixture = try Fixture(
    scores: [0, 1, 2, 3], outcome: .values(.continuous, values), SmoothedRank())
  #expect(try fixture.total() == 0)
  #expect(try fixture.scoreGradient() == [0, 0, 0, 0])
}

@Test func batchPartnersSeeBothGradients() throws {
  let loss = SmoothedRank(
    bandwidth: .fixed(0.5), scores: .raw, partners: .batch, normalization: .allOrderedPairs)
  let both = try Fixture(scores: [0, 0.5, 0.2], outcome: three, loss)
  let stored = try Fixture(scores: [0, 0.5, 0.2], outcome: three, rank(0.5))
  #expect(isClose(try both.total(), try stored.total()))
  #expect(isClose(try both.scoreGradient(), try stored.scoreGradient().map { 2 * $0 }))
}

/// The form that the compiler looks for.
@Test func thePairBodyIsTheOneThatTheFusedKernelComputes() throws {
  let fixture = try Fixture(scores: [0, 0.5, 0.2], outcome: three, SmoothedRank())
  let bodies = fixture.graph.nodes.compactMap { node -> String? in
    if case .pair(let pair) = node.attribute { "\(pair.sum): \(pair.body)" } else { nil }
  }
  #expect(
    bodies == [
      "all: add(multiply(greater(row1, column2), sigmoid(subtract(row0, column0))), "
        + "multiply(greater(column1, row2), sigmoid(subtract(column0, row0))))"
    ])
}

@Test func aUsersHingeIsSummedOverTheSamePairs() throws {
  let hinge = PairwiseLoss("hinge") { high, low in relu(1 - (high.score - low.score)) }
  let fixture = try Fixture(scores: [0, 0.5, 0.2], outcome: three, hinge)
  // Pairs above/below: 0.5 − 0 → 0.5, 0.2 − 0 → 0.8, 0.2 − 0.5 → 1.3.
  #expect(isClose(try fixture.total(), (0.5 + 0.8 + 1.3) / 3))
}
