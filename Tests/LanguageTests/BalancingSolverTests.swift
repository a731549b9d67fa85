import Foundation
import RankineGraph
import RankineSupport
import Testing

@testable import RankineLanguage

/// Gradients of five tasks in six dimensions.
private func randomGradients(_ count: Int, seed: UInt64) -> [[Double]] {
  var random = CounterRandom(seed: seed)
  return (0..<count).map { _ in (0..<6).map { _ in random.normal() } }
}

private func active(_ count: Int, in graph: Graph) -> Tensor {
  graph.constant(1).broadcast(to: [.fixed(count)])
}

private func combination(_ a: [Double], _ gradients: [[Double]]) -> [Double] {
  gradients[0].indices.map { i in zip(a, gradients).map { $0 * $1[i] }.reduce(0, +) }
}

@Test func systemsAreSolvedSideBySide() throws {
  let graph = Graph()
  let matrix = stack([
    constant([[4, 1], [1, 3]], in: graph), constant([[2, 0], [0, 5]], in: graph),
  ])
  let right = stack([constant([[1], [2]], in: graph), constant([[4], [5]], in: graph)])
  #expect(isClose(try numbers(solveSystems(matrix, right)), [1.0 / 11, 7.0 / 11, 2, 1]))
}

@Test(arguments: 1...8)
func eigenvectorsTakeAMatrixApart(_ count: Int) throws {
  let gradients = randomGradients(count, seed: UInt64(count))
  let matrix = gram(of: gradients)
  let eigen = SymmetricEigen(matrix)
  let scaled: Tensor = eigen.vectors * eigen.values.reshaped(to: [1, .fixed(count)])
  let restored = try numbers(matmul(scaled, eigen.vectors, transposeB: true))
  #expect(isClose(restored, try numbers(matrix), within: 1e-9))
  let product = matmul(eigen.vectors, eigen.vectors, transposeA: true)
  let identity = matrix.graph.identity(count)
  #expect(isClose(try numbers(product), try numbers(identity), within: 1e-9))
}

@Test(arguments: [2, 3, 4, 5, 8, 9])
func everyPairMeetsOnceInATournament(_ count: Int) {
  var met: Set<[Int]> = []
  for round in SymmetricEigen.tournament(count) {
    for (one, other) in round.enumerated() where one < other {
      #expect(round[other] == one)
      #expect(met.insert([one, other]).inserted)
    }
  }
  #expect(met.count == count * (count - 1) / 2)
}

@Test func theSimplexHasItsNearestPoint() throws {
  let graph = Graph()
  #expect(isClose(try numbers(projectedOnSimplex(graph.numbers([0.2, 0.8]))), [0.2, 0.8]))
  #expect(isClose(try numbers(projectedOnSimplex(graph.numbers([2, 0.5, -1]))), [1, 0, 0]))
  let inside = try numbers(projectedOnSimplex(graph.numbers([0.6, 0.5, 0.4])))
  let expected: [Double] = [13.0 / 30, 10.0 / 30, 7.0 / 30]
  #expect(isClose(inside, expected))
}

/// At the shortest combination d every gradient has gₖ·d ≥ ‖d‖², with equality where aₖ > 0; the
/// raised diagonal leaves six digits.
@Test(arguments: 1...5)
func theShortestCombinationIsOptimal(_ count: Int) throws {
  for seed in 1...4 {
    let gradients = randomGradients(count, seed: UInt64(10 * count + seed))
    let matrix = gram(of: gradients)
    let a = try numbers(
      MGDA.coefficients(matrix, isActive: active(count, in: matrix.graph)))
    #expect(isClose(a.reduce(0, +), 1, within: 1e-9))
    let d = combination(a, gradients), square = dot(d, d)
    for (weight, g) in zip(a, gradients) {
      #expect(weight >= 0)
      #expect(dot(g, d) >= square - 1e-5)
      #expect(weight == 0 || isClose(dot(g, d), square, within: 1e-5))
    }
  }
}

/// No other weights of the simplex have a smaller value than those found.
@Test func theConflictAverseWeightsAreOptimal() throws {
  let gradients = randomGradients(4, seed: 3)
  let matrix = gram(of: gradients)
  let a = try numbers(
    CAGrad(rescaling: .none).coefficients(matrix, isActive: active(4, in: matrix.graph)))
  let g0 = combination([0.25, 0.25, 0.25, 0.25], gradients)
  let radius = 0.5 * dot(g0, g0).squareRoot()
  func value(_ w: [Double]) -> Double {
    let g = combination(w, gradients)
    return dot(g, g0) + radius * dot(g, g).squareRoot()
  }
  let pull = a.map { $0 - 0.25 }, sum = pull.reduce(0, +)
  let found = pull.map { $0 / sum }
  for weight in found { #expect(weight >= -1e-9) }
  // The direction lies on the sphere around the mean gradient.
  let away = zip(combination(a, gradients), g0).map { $0 - $1 }
  #expect(isClose(dot(away, away).squareRoot(), radius, within: 1e-6))
  var random = CounterRandom(seed: 8)
  for _ in 0..<2000 {
    let draws = (0..<4).map { _ in -Foundation.log(1 - random.uniform()) }
    let total = draws.reduce(0, +)
    #expect(value(found) <= value(draws.map { $0 / total }) + 1e-9)
  }
}

@Test func theUnconflictingDirectionAgreesWithEveryTask() throws {
  for seed in 1...6 {
    let gradients = randomGradients(5, seed: UInt64(seed))
    let a = try numbers(
      UPGrad(leastTrace: 0, regularization: 1e-9).coefficients(gram(of: gradients)))
    let d = combination(a, gradients)
    for g in gradients { #expect(dot(g, d) >= -1e-6) }
  }
}

@Test(arguments: [0.5, 1, 2, 4])
func everyTaskGainsInStepWithAPowerOfItsWeight(_ alpha: Double) throws {
  for seed in 1...5 {
    var gradients = randomGradients(5, seed: UInt64(seed))
    gradients[0] = gradients[0].map { 30 * $0 }
    let matrix = gram(of: gradients)
    let a = try numbers(
      PowerBalance(alpha: alpha).weights(matrix, isActive: active(5, in: matrix.graph)))
    let d = combination(a, gradients)
    for (weight, g) in zip(a, gradients) {
      let gain = dot(g, d)
      #expect(isClose(gain * Foundation.pow(weight, 1 / alpha), 1, within: 1e-3), "seed \(seed)")
    }
  }
}

@Test func impartialProjectionsAreEqual() throws {
  let gradients = randomGradients(4, seed: 2)
  let matrix = gram(of: gradients)
  let a = try numbers(IMTL.coefficients(matrix, isActive: active(4, in: matrix.graph)))
  let d = combination(a, gradients)
  let projections = gradients.map { dot($0, d) / dot($0, $0).squareRoot() }
  #expect(isClose(a.reduce(0, +), 1, within: 1e-9))
  for projection in projections { #expect(isClose(projection, projections[0], within: 1e-5)) }
}

/// G a = √λ_min G^½ 1, so aᵀGa = λ_min K for gradients that do not depend on each other.
@Test func alignedComponentsHaveTheSmallestSingularValue() throws {
  let gradients = randomGradients(4, seed: 5)
  let matrix = gram(of: gradients)
  let a = try numbers(AlignedMTL.coefficients(matrix))
  let d = combination(a, gradients)
  let least = try numbers(SymmetricEigen(matrix).values).min() ?? 0
  #expect(isClose(dot(d, d), least * 4, within: 1e-9))
}
