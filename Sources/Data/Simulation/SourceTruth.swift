import Foundation
import RankineSupport

/// What one replication of a `SourceSimulation` is made from.
struct SourceTruth {
  /// βᵣ.
  let shared: [[Double]]
  /// αᵣ.
  private let own: [[Double]]
  private let sharedDirections: [[Double]]
  private let ownDirections: [[[Double]]]
  private let means: [[Double]]
  private let correlations: [Double]

  /// Every scenario takes the same draws in the same order: shared directions, then for each task its own
  /// directions and the directions of its mean, β and α.
  init(_ simulation: SourceSimulation, random: inout CounterRandom) {
    let count = simulation.predictorCount
    let levels = simulation.scenario.levels
    func direction(_ random: inout CounterRandom) -> [Double] {
      (0..<count).map { _ in random.normal() / Double(count).squareRoot() }
    }
    func unit(_ width: Int, _ random: inout CounterRandom) -> [Double] {
      let values = (0..<width).map { _ in random.normal() }
      let norm = values.reduce(0) { $0 + $1 * $1 }.squareRoot()
      return values.map { $0 / max(norm, 1e-12) }
    }
    let centre = SourceSimulation.centre
    let size = centre.reduce(0) { $0 + $1 * $1 }.squareRoot()
    sharedDirections = centre.map { _ in direction(&random) }
    let taskCount = simulation.trainingCounts.count
    var (shared, own, means): ([[Double]], [[Double]], [[Double]]) = ([], [], [])
    var ownDirections: [[[Double]]] = []
    for task in 0..<taskCount {
      ownDirections.append([direction(&random), direction(&random)])
      means.append(unit(count, &random).map { $0 * levels.distribution })
      let deviation = unit(centre.count, &random)
      own.append(unit(2, &random).map { $0 * levels.own })
      switch simulation.scenario {
      case .unrelated: shared.append(deviation.map { $0 * size })
      case .outlier where task == taskCount - 1: shared.append(centre.map { -$0 })
      default: shared.append(zip(centre, deviation).map { $0 + levels.posterior * $1 })
      }
    }
    correlations = (1...taskCount).map { min(0.5 + 0.1 * levels.distribution * Double($0), 0.9) }
    (self.shared, self.own, self.means, self.ownDirections) = (shared, own, means, ownDirections)
  }

  /// x of one row.
  func predictors(of task: Int, random: inout CounterRandom) -> [Double] {
    let correlation = correlations[task]
    let spread = (1 - correlation * correlation).squareRoot()
    var last = 0.0
    return means[task].indices.map { column in
      let draw = random.normal()
      last = column == 0 ? draw : correlation * last + spread * draw
      return means[task][column] + last
    }
  }

  /// The response without its error.
  func signal(_ x: [Double], of task: Int) -> Double {
    func product(_ direction: [Double]) -> Double {
      zip(direction, x).reduce(0) { $0 + $1.0 * $1.1 }
    }
    let indices = sharedDirections.map(product)
    let factors = [tanh(indices[0]), indices[1] * indices[1] - 1, sin(indices[2])]
    let ownFactors = ownDirections[task].map { max(0, product($0)) }
    return zip(shared[task], factors).reduce(0) { $0 + $1.0 * $1.1 }
      + zip(own[task], ownFactors).reduce(0) { $0 + $1.0 * $1.1 }
  }
}
