import RankineGraph
import Testing

@testable import RankineLanguage

/// Rules that draw random numbers, so that a single step has no expected direction.
private let random = ["RandomWeights", "GradDrop", "MoDo", "SDMGrad"]

private func isRandom(_ rule: any Balancing) -> Bool {
  random.contains { rule.summary.hasPrefix($0 + "(") }
}

private let steady = Catalog.balancings.filter { !isRandom($0) }

private func isParallel(_ a: [Double], _ b: [Double], within tolerance: Double) -> Bool {
  isClose(dot(a, b) / (dot(a, a) * dot(b, b)).squareRoot(), 1, within: tolerance)
}

@Test(arguments: steady.indices)
func orthogonalGradientsOfOneLengthHaveEqualParts(_ index: Int) throws {
  let chosen = try ChosenGradients(
    steady[index], [[1, 0, 0], [0, 1, 0], [0, 0, 1]], losses: [1, 1, 1])
  #expect(isParallel(try chosen.direction(), [1, 1, 1], within: 1e-9), "\(steady[index].summary)")
}

/// Two identical tasks move the shared weights as one of them does, under every rule.
@Test(arguments: Catalog.balancings.indices)
func equalGradientsAreFollowed(_ index: Int) throws {
  let rule = Catalog.balancings[index]
  let g = [0.6, -0.3]
  let chosen = try ChosenGradients(rule, [g, g], losses: [1, 1])
  #expect(isParallel(try chosen.direction(), g, within: 1e-9), "\(rule.summary)")
  guard !isRandom(rule) else { return }
  let weights = try chosen.weights()
  #expect(isClose(weights[0], weights[1], within: 1e-9), "\(rule.summary): \(weights)")
}

/// With one task there is nothing to balance: a rule may change how long its gradient is, and never
/// where it leads.
@Test(arguments: Catalog.balancings.indices)
func aLoneTaskFollowsItsOwnGradient(_ index: Int) throws {
  let rule = Catalog.balancings[index]
  let g = [0.6, -0.3, 0.1]
  let direction = try ChosenGradients(rule, [g], losses: [0.8]).direction()
  // Rules with samples of their own may have left out the only row.
  let drawsRows = rule is MoDo || rule is SDMGrad
  let isStill = drawsRows && direction.allSatisfy { $0 == 0 }
  #expect(isStill || isParallel(direction, g, within: 1e-9), "\(rule.summary): \(direction)")
}

@Test(arguments: steady.indices)
func theOrderOfTasksDoesNotMatterToBalancing(_ index: Int) throws {
  // With three tasks the order in which conflicts are met is drawn.
  let isOrdered = ["PCGrad()", "GradVac(beta: 0.5)"].contains(steady[index].summary)
  let gradients = [[1, 0.2, -0.4], [-0.5, 1, 0.1], [0.3, -0.8, 0.6]].prefix(isOrdered ? 2 : 3)
  let losses = [0.8, 0.5, 1.2].prefix(gradients.count)
  let ahead = try ChosenGradients(steady[index], Array(gradients), losses: Array(losses))
  let back = try ChosenGradients(
    steady[index], gradients.reversed(), losses: losses.reversed())
  let tolerance = 1e-8
  #expect(
    isClose(try ahead.direction(), try back.direction(), within: tolerance),
    "\(steady[index].summary)")
  #expect(isClose(try ahead.weights(), try back.weights().reversed(), within: tolerance))
}

/// A task without an outcome in the batch has loss 0 and gradient 0, and takes nothing from others.
@Test(arguments: steady.indices)
func aTaskWithoutOutcomesLeavesTheOthersTheirDirection(_ index: Int) throws {
  var alone = try ChosenGradients(
    steady[index], [[1, 0], [-0.5, 1], [0, 2]], losses: [0.8, 0.5, 1])
  alone.fixture.bindings.extents["batch"] = 2
  alone.fixture.bindings.leaves["rows"] = NumericArray([2], [0, 1])
  let direction = try alone.direction()
  #expect(dot(direction, direction) > 1e-6, "\(steady[index].summary)")
  let gradient = try alone.gradient("task.0.weight")
  #expect(gradient[2] == 0)
}

/// Rules that combine gradients leave the tasks' own parameters alone.
@Test func tasksOwnParametersGetTheirOwnGradients() throws {
  let plain = try ChosenGradients(Uniform(), [[1, 0], [-0.5, 1]], losses: [0.8, 0.5])
    .gradient("task.0.weight")
  let combining: [any Balancing] = [
    MGDA(), PCGrad(), GradVac(), CAGrad(), FairGrad(), AlignedMTL(), MoCo(), UPGrad(), GradDrop(),
    IMTL(learnsScales: false), MoDo(), SDMGrad(),
  ]
  for rule in combining {
    let own = try ChosenGradients(rule, [[1, 0], [-0.5, 1]], losses: [0.8, 0.5])
      .gradient("task.0.weight")
    #expect(isClose(own, plain), "\(rule.summary)")
  }
}

@Test func tooManyTasksForASearchOfSetsAreRefused() {
  for rule in [MGDA(), CAGrad(), UPGrad()] as [any Balancing] {
    let error = #expect(throws: Misuse.self) { try rule.validate(taskCount: 11) }
    #expect(error?.code == "too-many-tasks")
    #expect(error?.hint == "it takes at most 10; FAMO() and PCGrad() take any number")
    #expect(throws: Never.self) { try rule.validate(taskCount: 10) }
  }
}

@Test func theTotalOfACombinationIsTheSumOfTheLosses() throws {
  let chosen = try ChosenGradients(PCGrad(), [[1, 0], [-0.5, 1]], losses: [0.8, 0.5])
  #expect(isClose(try chosen.fixture.total(), 1.3))
}
