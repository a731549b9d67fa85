import Foundation
import RankineGraph
import Testing

@testable import RankineLanguage

/// Two gradients at an angle of more than 90 degrees: G = [[1, −0.5], [−0.5, 1.25]].
private let pair = [[1, 0], [-0.5, 1]]
private let losses = [0.8, 0.5]

/// What the shared weight moves along, by the methods' formulas. Solvers raise diagonals by 2·10⁻⁷ (of
/// Gram matrices) or 10⁻⁶ (of cosines), so their answers have six digits.
private let directions: [(rule: any Balancing, expected: [Double], tolerance: Double)] = [
  (Uniform(), [0.5, 1], 1e-12),
  (MGDA(), [4.0 / 13, 6.0 / 13], 1e-6),
  (PCGrad(), [0.8, 1.4], 1e-12),
  (GradVac(), [0.8, 1.4], 1e-12),
  (CAGrad(rescaling: .none), [0.457889, 0.686834], 1e-6),
  (CAGrad(), [0.366311, 0.549468], 1e-6),
  (CAGrad(rescaling: .linear), [0.305259, 0.457889], 1e-6),
  (IMTL(), [0.5278640 - 0.5 * 0.4721360, 0.4721360], 2e-6),
  (FairGrad(), [0.7434961, 1.2030019], 2e-6),
  (FairGrad(alpha: 2), [1.4706352 - 0.5 * 1.2920546, 1.2920546], 2e-6),
  (AlignedMTL(), [0.5680983, 0.9468305], 1e-7),
  (UPGrad(leastTrace: 0, regularization: 1e-9), [0.4, 0.7], 1e-6),
  (GeometricMean(), [0.3952847 - 0.5 * 0.6324555, 0.6324555], 1e-7),
  (FAMO(), [0.3846154 - 0.5 * 0.6153846, 0.6153846], 1e-7),
  (ExcessMTL(), [0.5, 1], 1e-12),
  (GradNorm(), [0.5, 1], 1e-12),
]

@Test(arguments: directions.indices)
func theDirectionIsTheOneComputedByHand(_ index: Int) throws {
  let (rule, expected, tolerance) = directions[index]
  let chosen = try ChosenGradients(rule, pair, losses: losses)
  let direction = try chosen.direction()
  #expect(isClose(direction, expected, within: tolerance), "\(rule.summary): \(direction)")
}

@Test func nashWeightsAreThoseOfTheBargainOverTheNormalizedGramMatrix() throws {
  let weights = try ChosenGradients(NashMTL(mostNorm: 100), pair, losses: losses).weights()
  let size = (1 + 2 * 0.25 + 1.5625).squareRoot().squareRoot()
  #expect(isClose(weights, [1.3449970 * size, 1.2030019 * size], within: 2e-6))
  let direction = try ChosenGradients(NashMTL(mostNorm: 0.5), pair, losses: losses).direction()
  let length = (0.7434961 * 0.7434961 + 1.2030019 * 1.2030019).squareRoot()
  let expected = [0.7434961, 1.2030019].map { 0.5 * $0 / length }
  #expect(isClose(direction, expected, within: 2e-6))
}

@Test func theVaccineKeepsTheCosinesThatItMet() throws {
  var chosen = try ChosenGradients(GradVac(beta: 0.5), pair, losses: losses)
  try chosen.fixture.advance()
  let met = -0.5 / 1.25.squareRoot() * 0.5
  #expect(isClose(chosen.state("cosines"), [0, met, met, 0]))
  // The first gradient, at −0.447 to the second, is turned until it is at −0.224.
  let graph = Graph()
  let order = RandomOrder(draws: constant([[0, 0], [0, 0]], in: graph), count: 2)
  let turned = GradVac().turn(
    gram(of: pair, in: graph), isActive: graph.numbers([1, 1]).broadcast(to: [2]), order: order,
    cosines: constant([[0, met], [met, 0]], in: graph))
  let row = try numbers(turned.rows.element(0))
  let vector = [row[0] - 0.5 * row[1], row[1]]
  let cosine = dot(vector, pair[1]) / dot(vector, vector).squareRoot() / 1.25.squareRoot()
  #expect(isClose(cosine, met, within: 1e-10))
}

@Test func theOriginalGradNormHasTheTargetsOfItsPaper() throws {
  let graph = Graph()
  let rates = GradNorm.relativeRates(graph.numbers(losses), first: graph.numbers([1, 1.0001]))
  let exact = graph.numbers([0.8 / 0.65, 0.5 / 0.65])
  #expect(isClose(try numbers(rates), try numbers(exact), within: 1e-4))
  let pull = graph.numbers([1, 1.25.squareRoot()])
  let target = try numbers(GradNorm().target(pull, exact))
  #expect(isClose(target, [1.4459986, 0.7144764], within: 1e-7))
}

/// v moves as Σ |Gₖ − target| with the target held: slope sign(Gₖ − tₖ) ‖gₖ‖ through the softmax.
@Test func theSoftmaxGradNormLearnsItsLogitsAfterTheFirstEpoch() throws {
  var chosen = try ChosenGradients(GradNorm(), pair, losses: losses)
  #expect(isClose(try chosen.gradient("balancing.logits"), [0, 0]))
  chosen.fixture.bindings.leaves["epoch"] = NumericArray(1)
  chosen.set("firstSum", [3, 3])
  chosen.set("firstSteps", [3, 3])
  let slope = [-1, 1.25.squareRoot()]
  let mean = (slope[0] + slope[1]) / 2
  let expected = slope.map { $0 - mean }
  #expect(isClose(try chosen.gradient("balancing.logits"), expected, within: 1e-9))
  #expect(isClose(try chosen.direction(), [0.5, 1]))
}

@Test func dualBalancingBringsLogGradientsToTheLargestNorm() throws {
  // Losses of 1 make log-gradients those of the losses; the first mean is a tenth of them.
  let chosen = try ChosenGradients(DBMTL(), [[0.5, 0], [-0.5, 1]], losses: [1, 1])
  let expected = [0.1 * (1.25.squareRoot() - 0.5), 0.1]
  #expect(isClose(try chosen.direction(), expected, within: 1e-7))
  let norms = Graph().numbers([0.6, 1.0733126291998991])
  #expect(isClose(try numbers(DBMTL.factors(norms: norms)), [1.7888544, 1], within: 1e-7))
}

@Test func tchebycheffWeighsByTheSoftmaxOfLogRatiosOnceTheReferenceIsKnown() throws {
  var chosen = try ChosenGradients(SmoothTchebycheff(), pair, losses: losses)
  #expect(isClose(try chosen.weights(), [1 / 0.8, 1 / 0.5]))
  chosen.fixture.bindings.leaves["epoch"] = NumericArray(4)
  try chosen.fixture.advance()
  #expect(isClose(chosen.state("referenceSum"), losses))
  chosen.set("referenceSum", [2, 2])
  chosen.set("referenceSteps", [2, 2])
  chosen.fixture.bindings.leaves["epoch"] = NumericArray(5)
  let expected = [2 * 0.6153846 / 0.8, 2 * 0.3846154 / 0.5]
  #expect(isClose(try chosen.weights(), expected, within: 1e-6))
  let direction = [expected[0] - 0.5 * expected[1], expected[1]]
  #expect(isClose(try chosen.direction(), direction, within: 1e-6))
  #expect(isClose(try chosen.fixture.total(), 2 * Foundation.log(1.3), within: 1e-9))
}

@Test func uncertaintyStandsStillAtTheLogarithmsOfTheLosses() throws {
  var chosen = try ChosenGradients(Uncertainty(), pair, losses: [2, 0.5])
  chosen.set("logVariance", [0.6931471805599453, -0.6931471805599453])
  #expect(isClose(try chosen.weights(), [0.25, 1]))
  #expect(isClose(try chosen.gradient("balancing.logVariance"), [0, 0]))
}

/// Both tasks go on as before but the first improved more: its weight falls, the second's rises.
@Test func famoRaisesTheWeightOfTheTaskThatImprovedLess() throws {
  let chosen = try ChosenGradients(FAMO(decay: 0), [[1, 0], [0, 1]], losses: [1, 1])
  let graph = chosen.fixture.graph
  let moved = graph.input("moved", [1, 2])
  var bindings = chosen.fixture.bindings
  // Losses after the step: 1 − 0.4 and 1 − 0.1.
  bindings.leaves["moved"] = NumericArray([1, 2], [0.3 - 0.4, 0.5 - 0.1])
  let updates = chosen.fixture.objective.stateUpdates(
    after: [(chosen.fixture.leaf("shared.0.weight"), moved)])
  let logits = try #require(updates.last)
  #expect(logits.leaf.name == "balancing.logits")
  let value = try Interpreter(bindings).evaluate(logits.value).values
  #expect(isClose(value, [-0.025, 0.025], within: 1e-6))
  // z (δ − z·δ) with δ = −log 0.6 and −log 0.9, the first moment a tenth of it.
  let first = try #require(updates.first)
  let half = (Foundation.log(0.9) - Foundation.log(0.6)) / 4
  #expect(
    isClose(
      try Interpreter(bindings).evaluate(first.value).values, [0.1 * half, -0.1 * half],
      within: 1e-8))
}

@Test func excessRisksAreRelativeToTheFirst() throws {
  var chosen = try ChosenGradients(ExcessMTL(stepSize: 1), pair, losses: losses)
  try chosen.fixture.advance()
  let first = [
    1 / (1 + 1e-7).squareRoot(), 0.25 / (0.25 + 1e-7).squareRoot() + 1 / (1 + 1e-7).squareRoot(),
  ]
  #expect(isClose(chosen.state("first"), first))
  #expect(chosen.state("weights") == [1, 1])
  try chosen.fixture.advance()
  // Twice the sums of squares: risks of 1/√2 for both.
  #expect(isClose(chosen.state("weights"), [1, 1], within: 1e-7))
  chosen.set("first", [first[0], 2 * first[1]])
  try chosen.fixture.advance()
  let e = [Foundation.exp(1 / 3.0.squareRoot()), Foundation.exp(0.5 / 3.0.squareRoot())]
  let expected = e.map { 2 * $0 / (e[0] + e[1]) }
  #expect(isClose(chosen.state("weights"), expected, within: 1e-6))
}

@Test func trackedGradientsAndTheirWeightsTakeOneStepEach() throws {
  var chosen = try ChosenGradients(MoCo(), pair, losses: losses)
  // y = 0.5 L g/‖g‖; the weights before the softmax are ½ − 0.1 (Y Yᵀ ½).
  let y = [[0.4, 0], [-0.5 * 0.25 / 1.25.squareRoot(), 0.25 / 1.25.squareRoot()]]
  let raw = y.map { 0.5 - 0.05 * (dot($0, y[0]) + dot($0, y[1])) }
  let e = raw.map { Foundation.exp($0) }
  let weights = e.map { $0 / (e[0] + e[1]) }
  #expect(isClose(try chosen.weights(), weights))
  let direction = (0..<2).map { weights[0] * y[0][$0] + weights[1] * y[1][$0] }
  #expect(isClose(try chosen.direction(), direction))
  // In the second step the running mean moves by 0.5/√2 of the way that is left.
  chosen.fixture.bindings.leaves["step"] = NumericArray(2)
  try chosen.fixture.advance()
  #expect(isClose(chosen.state("mean.0.0")[0], 0.5 / 2.0.squareRoot() * 0.8))
}

@Test func moDoTakesOneProjectedStep() throws {
  let graph = Graph()
  let moved = MoDo(gamma: 0.1, rho: 1).moved(
    graph.numbers([0.75, 0.25]), constant([[1, -0.5], [-0.5, 1.25]], in: graph))
  // M λ + λ = (0.625 + 0.75, −0.0625 + 0.25); a tenth taken away and the sum brought back to 1.
  let raw = [0.75 - 0.1375, 0.25 - 0.01875], lift = (1 - raw[0] - raw[1]) / 2
  #expect(isClose(try numbers(moved), raw.map { $0 + lift }))
}

@Test func directionOrientedWeightsReachTheCornerThatTheGradientsAskFor() throws {
  let graph = Graph()
  let start = graph.constant(0.5).broadcast(to: [2])
  let long = SDMGrad().moved(start, constant([[1, 0], [0, 100]], in: graph))
  #expect(isClose(try numbers(long), [1, 0]))
  // One step by hand: M = G/((1 + 10)/2)², pull 0.3 · row means, then w − 5 v on the simplex.
  let one = SDMGrad(iterations: 1).moved(start, constant([[1, 0], [0, 1]], in: graph))
  #expect(isClose(try numbers(one), [0.5, 0.5]))
}

@Test func randomWeightsAreTheSoftmaxOfNormalDrawsAndNewAtEveryStep() throws {
  var chosen = try ChosenGradients(RandomWeights(), pair, losses: losses)
  let first = try chosen.weights()
  #expect(isClose(first.reduce(0, +), 1))
  chosen.fixture.bindings.leaves["step"] = NumericArray(2)
  #expect(try chosen.weights() != first)
  let scope = BalancingScope(
    tasks: [], losses: Graph().constant(0).broadcast(to: [1]), shared: nil)
  let draws = try Interpreter(Bindings(["step": NumericArray(1)])).evaluate(
    scope.normal([4000])
  ).values
  let mean = draws.reduce(0, +) / 4000
  let moment = { (power: Double) in draws.map { Foundation.pow($0, power) }.reduce(0, +) / 4000 }
  #expect(Swift.abs(mean) < 0.06)
  #expect(Swift.abs(moment(2) - 1) < 0.1)
  #expect(Swift.abs(moment(4) - 3) < 0.6)
}

@Test func signDropoutKeepsWhatTheDrawAndThePurityAllow() throws {
  let graph = Graph()
  // Units: both up; against each other with purity 0.75; both down.
  let d = constant([[1, 3, -1], [2, -1, -4]], in: graph)
  let low = try numbers(GradDrop.mask(d, draws: graph.numbers([0.5, 0.7, 0.5])))
  #expect(low == [1, 1, 1, 1, 0, 1])
  let high = try numbers(GradDrop.mask(d, draws: graph.numbers([0.5, 0.8, 0.5])))
  #expect(high == [1, 0, 1, 1, 1, 1])
}
