import Foundation
import RankineData
import RankineGraph
import RankineSupport
import Testing

@testable import RankineLanguage

/// Numbers of a row that suit every form: a, b and c positive, some a equal.
private func rowNumbers(_ random: inout CounterRandom, _ form: PairForm) -> [Double] {
  (0..<form.numberCount).map { number in
    number == 0 ? 1 + (2 * random.uniform()).rounded() : 0.2 + random.uniform()
  }
}

@Test(arguments: PairForm.allCases)
func aFormIsOneFormulaForNumbersAndForGraphs(form: PairForm) throws {
  var random = CounterRandom(seed: 2)
  var values: Set<Double> = []
  for _ in 0..<40 {
    let (upper, lower) = (rowNumbers(&random, form), rowNumbers(&random, form))
    let columns = zip(upper, lower).map { [$0, $1] }
    let expected = PairWeights(forms: [form], columns: columns).weight(of: 0, above: 1)
    let graph = Graph()
    let value = form.weight(upper.map(graph.constant), lower.map(graph.constant))
    let found = try Interpreter(Bindings([:], extents: [:])).evaluate(value).values[0]
    #expect(isClose(found, expected), "\(upper) above \(lower)")
    values.insert(expected)
  }
  #expect(values.count > 1)
}

/// A loss of one task with weighed pairs, as a sum over all pairs.
private struct WeighedFixture {
  let fixture: Fixture
  let weights: PairWeights
  let scores: [Double]
  let keys: [(high: Double, low: Double)]

  init(_ outcome: OutcomeValues, _ loss: any Loss, scores: [Double]) throws {
    let rows = Array(scores.indices)
    weights = try #require(outcome.pairWeights(rows: rows))
    self.scores = scores
    keys = rows.map { (outcome.high[$0], outcome.low[$0]) }
    var fixture = try Fixture(
      Model {
        EachTask { Dense(1, bias: false) }
        Objective { [loss] }
      }, x: scores.map { [$0] }, tasks: [TaskDescription(outcome)],
      outcomes: [.keyed(keys)], stored: [scores])
    fixture.bindings.leaves["task.0.weight"] = NumericArray([1, 1, 1], [1])
    fixture.bindings.leaves["spread"] = NumericArray([1], [1])
    let tally = PairTally(high: outcome.high, low: outcome.low, weights: weights)
    fixture.bindings.leaves["pairs"] = NumericArray(
      [1], [Double(scores.count) / (2 * tally.total)])
    for number in 0..<weights.width {
      fixture.bindings.leaves["pair.\(number)"] = NumericArray(
        [1, scores.count], weights.column(number))
    }
    self.fixture = fixture
  }

  /// Σ w b / Σ w over comparable pairs.
  func mean(_ body: (Double, Double) -> Double) -> Double {
    var (sum, total) = (0.0, 0.0)
    for i in keys.indices {
      for j in keys.indices where keys[i].high > keys[j].low {
        sum += weights.weight(of: i, above: j) * body(scores[i], scores[j])
        total += weights.weight(of: i, above: j)
      }
    }
    return sum / total
  }
}

private func outcome(_ specification: String, _ columns: [Column]) throws -> OutcomeValues {
  try RankineData.Outcome(specification: specification)
    .read(from: Table("rows", columns: columns))
}

private let columns = [
  Column("g", numbers: [0, 2, 1, 0, 2, 1, 0]), Column("n", numbers: [3, 1, 4, 1, 5, 9, 2]),
  Column("years", numbers: [1, 2, 1.5, 0.5, 3, 2, 1]),
  Column("t", numbers: [2, 4, 5, 7, 3, 9, 6]), Column("e", numbers: [1, 0, 1, 1, 0, 1, 1]),
  Column("start", numbers: [0, 3, 1, 2.5, 0, 6, 1]),
  Column("who", texts: ["a", "a", "b", "c", "c", "c", "d"]),
  Column("when", numbers: [0, 1, 0, 1, 2, 0, 3]),
]

@Test(arguments: [
  "g:ordinal(; weights=levels)", "g:ordinal(; weights=gap)", "v=count(n,years)",
  "v=count(n,years; ratio=1.6)", "s=censored(t,e; weights=uno)", "s=censored(t,e; entry=start)",
  "s=censored(t,e; entry=start, weights=uno)", "y=longitudinal(n,who)",
  "y=longitudinal(n,who; within=0.3)", "y=longitudinal(n,who,when; within=0.3)",
])
func theLossIsTheMeanOverWeighedPairs(specification: String) throws {
  let scores = [0.3, -0.2, 0.9, 0.1, -0.7, 1.2, 0.4]
  let outcome = try outcome(specification, columns)
  let rank = try WeighedFixture(
    outcome, SmoothedRank(bandwidth: .fixed(0.5), scores: .raw), scores: scores)
  let expected = rank.mean { 1 / (1 + Foundation.exp(-($0 - $1) / 0.5)) }
  #expect(isClose(try rank.fixture.total(), -expected))
  // A pair's two slopes cancel, so that the scores' common level has none.
  #expect(isClose(try rank.fixture.scoreGradient().reduce(0, +), 0))
  let hinge = try WeighedFixture(
    outcome, PairwiseLoss("hinge") { high, low in relu(1 - (high.score - low.score)) },
    scores: scores)
  #expect(isClose(try hinge.fixture.total(), hinge.mean { max(0, 1 - ($0 - $1)) }))
}

@Test func aVanishingBandwidthGivesTheWorkedConcordanceOfUno() throws {
  let data = [Column("t", numbers: [2, 4, 5, 7]), Column("e", numbers: [1, 0, 1, 1])]
  let uno = try WeighedFixture(
    outcome("s=censored(t,e; weights=uno)", data),
    SmoothedRank(bandwidth: .fixed(1e-4), scores: .raw), scores: [-3, -2.5, -1, -2])
  #expect(isClose(try uno.fixture.total(), -3 / 5.25))
}

@Test func weightsThatAreAllOneChangeNothing() throws {
  // Every subject has one visit, every level one row, every exposure is 2.
  let scores = [0.3, -0.2, 0.9, 0.1]
  let data = [
    Column("n", numbers: [3, 1, 4, 2]), Column("who", texts: ["a", "b", "c", "d"]),
    Column("two", numbers: [2, 2, 2, 2]),
  ]
  let loss = SmoothedRank(bandwidth: .fixed(0.5), scores: .raw)
  let plain = try Fixture(
    scores: scores, outcome: .values(.continuous, [3, 1, 4, 2]), loss
  ).total()
  for specification in [
    "y=longitudinal(n,who)", "n:ordinal(; weights=levels)", "v=count(n,two)",
    "v=count(n,two; ratio=1.1)",
  ] {
    let weighed = try WeighedFixture(outcome(specification, data), loss, scores: scores)
    #expect(isClose(try weighed.fixture.total(), plain), "\(specification)")
  }
}

@Test func tasksOfSeveralFormsEachHaveTheirOwnWeights() throws {
  let scores = [0.3, -0.2, 0.9, 0.1, -0.7, 1.2, 0.4]
  let loss = SmoothedRank(bandwidth: .fixed(0.5), scores: .raw)
  let outcomes = [
    try outcome("g:ordinal(; weights=gap)", columns), try outcome("n:continuous", columns),
    try outcome("y=longitudinal(n,who)", columns),
  ]
  let rows = Array(scores.indices)
  var joint = try Fixture(
    Model {
      EachTask { Dense(1, bias: false) }
      Objective { [loss] }
    }, x: scores.map { [$0] }, tasks: outcomes.map(TaskDescription.init),
    outcomes: outcomes.map { outcome in .keyed(rows.map { (outcome.high[$0], outcome.low[$0]) }) },
    stored: outcomes.map { _ in scores })
  joint.bindings.leaves["task.0.weight"] = NumericArray([3, 1, 1], [1, 1, 1])
  joint.bindings.leaves["spread"] = NumericArray([3], [1, 1, 1])
  let weights = outcomes.map { $0.pairWeights(rows: rows) }
  let totals = zip(outcomes, weights).map {
    PairTally(high: $0.high, low: $0.low, weights: $1).total
  }
  joint.bindings.leaves["pairs"] = NumericArray([3], totals.map { 7 / (2 * $0) })
  for number in 0..<3 {
    joint.bindings.leaves["pair.\(number)"] = NumericArray(
      [3, 7],
      weights.flatMap { weights in
        weights.flatMap { number < $0.width ? $0.column(number) : nil }
          ?? Array(repeating: 1, count: 7)
      })
  }
  let perTask = try joint.values(joint.objective.perTask)
  for (task, index) in [(0, 0), (2, 2)] {
    let alone = try WeighedFixture(outcomes[index], loss, scores: scores)
    #expect(isClose(perTask[task], try alone.fixture.total()))
  }
  let plain = try Fixture(
    scores: scores, outcome: .values(.continuous, [3, 1, 4, 1, 5, 9, 2]), loss)
  #expect(isClose(perTask[1], try plain.total()))
}

@Test func riskSetsOpenAtTheEntry() throws {
  let scores = [0.3, -0.2, 0.9, 0.1, -0.7, 1.2, 0.4]
  let outcome = try outcome("s=censored(t,e; entry=start)", columns)
  let cox = try WeighedFixture(outcome, CoxPartialLikelihood(), scores: scores)
  let (t, e, start) = (
    [2.0, 4, 5, 7, 3, 9, 6], [1, 0, 1, 1, 0, 1, 1], [0, 3, 1, 2.5, 0, 6, 1.0]
  )
  var sum = 0.0
  for i in 0..<7 where e[i] == 1 {
    let risk = (0..<7).filter { t[$0] >= t[i] && t[i] > start[$0] }
      .reduce(0) { $0 + Foundation.exp(-scores[$1]) }
    sum += scores[i] + Foundation.log(risk)
  }
  #expect(isClose(try cox.fixture.total(), sum / 5))
}

@Test func aPoissonRateIsACountWithAnOffset() throws {
  let scores = [0.3, -0.2, 0.9, 0.1, -0.7, 1.2, 0.4]
  let outcome = try outcome("v=count(n,years)", columns)
  var fixture = try WeighedFixture(outcome, PoissonLoss(), scores: scores).fixture
  let (n, years) = ([3.0, 1, 4, 1, 5, 9, 2], [1, 2, 1.5, 0.5, 3, 2, 1])
  fixture.bindings.leaves["target"] = NumericArray([1, 7], outcome.values)
  fixture.bindings.leaves["observed"] = NumericArray(repeating: 1, [1, 7])
  fixture.bindings.leaves["offset"] = NumericArray([1, 7], years.map { Foundation.log($0) })
  let expected = (0..<7).map { row in
    Foundation.exp(scores[row] + Foundation.log(years[row])) - n[row] * scores[row]
  }
  #expect(isClose(try fixture.total(), expected.reduce(0, +) / 7))
  // At the logarithm of the common rate the slope of the common level is 0.
  let common = Foundation.log(n.reduce(0, +) / years.reduce(0, +))
  fixture.bindings.leaves["x"] = NumericArray(repeating: common, [7, 1])
  #expect(isClose(try fixture.scoreGradient().reduce(0, +), 0))
}

@Test func tiesDrawScoresTogether() throws {
  let tie = TieAttraction(bandwidth: .fixed(0.5))
  let levels: [Double?] = [0, 0, 1, 1]
  func fixture(_ scores: [Double]) throws -> Fixture {
    try Fixture(scores: scores, outcome: .values(.ordinal, levels), tie)
  }
  // Four comparable pairs; each row ties with itself and one other: 8 terms, 4 of them at equality.
  let slope = { (d: Double) in 1 / (1 + Foundation.exp(-d)) * (1 - 1 / (1 + Foundation.exp(-d))) }
  let expected = -(4 + 4 * slope(1 / 0.5) * 2 + 4 * slope(0.4 / 0.5) * 2) / 4
  #expect(isClose(try fixture([0, 1, 2, 2.4]).total(), expected))
  #expect(isClose(try fixture([1, 1, 2, 2]).total(), -2))
  // Downhill is towards each other.
  let gradient = try fixture([0, 1, 2, 2.4]).scoreGradient()
  #expect(gradient[0] < 0 && gradient[1] > 0 && gradient[2] < 0 && gradient[3] > 0)
}
