import RankineGraph
import RankineSupport
import Testing

@testable import RankineLanguage

/// The rows that a proximal map gives, called again from where it ended until it rests.
private func settled(
  _ penalty: any IntegrationPenalty, _ own: [[Double]], threshold: Double,
  auxiliary start: [[Double]]? = nil, shares: [Double]? = nil, calls: Int = 12
) throws -> (own: [[Double]], auxiliary: [[Double]]) {
  let (count, width) = (own.count, own[0].count)
  let extra = penalty.auxiliaryRowCount(taskCount: count)
  var auxiliary = start ?? Array(repeating: Array(repeating: 0, count: width), count: extra)
  let graph = Graph()
  let leaf = graph.input("weight", [.fixed(count + extra), 1, .fixed(width)])
  let moved = penalty.prox(leaf, threshold: graph.constant(threshold), columnWeights: nil)
  var result = own
  for _ in 0..<calls {
    let values = try Interpreter(
      Bindings([
        "weight": NumericArray([count + extra, 1, width], (own + auxiliary).flatMap { $0 }),
        "share": NumericArray([count], shares ?? own.map { _ in 1 / Double(count) }),
      ])
    ).evaluate(moved).values
    let rows = (0..<(count + extra)).map { Array(values[($0 * width)..<(($0 + 1) * width)]) }
    (result, auxiliary) = (Array(rows[..<count]), Array(rows[count...]))
  }
  return (result, auxiliary)
}

/// t·P(β) with the best auxiliary rows, those of a proximal map that changes nothing.
private func penaltyValue(
  _ penalty: any IntegrationPenalty, _ own: [[Double]], _ auxiliary: [[Double]]
) throws -> Double {
  let (count, width) = (own.count, own[0].count)
  let graph = Graph()
  let leaf = graph.input("weight", [.fixed(count + auxiliary.count), 1, .fixed(width)])
  let value = penalty.value(leaf, strength: graph.constant(1), columnWeights: nil)
  return try Interpreter(
    Bindings([
      "weight": NumericArray(
        [count + auxiliary.count, 1, width], (own + auxiliary).flatMap { $0 }),
      "share": NumericArray(repeating: 1 / Double(count), [count]),
    ])
  ).evaluate(value).values[0]
}

private func isClose(_ a: [[Double]], _ b: [[Double]], within tolerance: Double = 1e-7) -> Bool {
  zip(a.joined(), b.joined()).allSatisfy { abs($0 - $1) <= tolerance }
}

struct IntegrationTests {
  @Test func aTaskIsDrawnToAGivenCentreAndThenIsTheCentre() throws {
    let graph = Graph()
    let point = graph.constant(1).broadcast(to: [1, 2]) * graph.matrix([[2, 0]])
    for (threshold, wanted) in [(0.5, [1.5, 0.0]), (3, [0, 0])] {
      let location = HuberLocation(thresholds: graph.matrix([[threshold]])) {
        $0.norm(over: [1]).insertingAxis(at: 1)
      }
      let drawn = location.drawn(point, to: point.zeros)
      #expect(try Interpreter(Bindings()).evaluate(drawn).values == wanted)
    }
  }

  /// Σ ½(βᵣ − bᵣ)² + λ Σ |βᵣ − c| with b = (0, 1, 8), λ = 1: c = 1, β = (1, 1, 7), value 7.
  @Test(arguments: [0, 1])
  func centreAndRowsAreJointlyOptimal(_ index: Int) throws {
    let penalty: any IntegrationPenalty = [Centroid(.fixed(1)), CentroidL1(.fixed(1))][index]
    let (own, centre) = try settled(penalty, [[0], [1], [8]], threshold: 1)
    #expect(isClose(own + centre, [[1], [1], [7], [1]]))
    let distances = zip(own, [0, 1, 8]).map { ($0[0] - $1) * ($0[0] - $1) / 2 }
    let value = try distances.reduce(0, +) + penaltyValue(penalty, own, centre)
    #expect(abs(value - 7) < 1e-7)
  }

  /// Small thresholds make the centre the geometric median: here the Fermat point.
  @Test func theCentreOfSmallStepsIsTheGeometricMedian() throws {
    let (_, centre) = try settled(
      Centroid(.fixed(1)), [[0, 0], [1, 0], [0, 1]], threshold: 1e-5, calls: 20)
    #expect(isClose(centre, [[0.211_324_87, 0.211_324_87]], within: 1e-6))
  }

  /// Small thresholds make it the weighted median: that of 1, 2, 10 is 10 where the last has three fifths
  /// of the weight, and 2 where all weigh the same.
  @Test func theCentreOfSmallStepsByCoefficientIsTheWeightedMedian() throws {
    let rows: [[Double]] = [[1], [2], [10]]
    // v = √(3 share): 1, 1 and 3 times √(3/11).
    let uneven = try settled(
      CentroidL1(.fixed(1)), rows, threshold: 1e-5, shares: [1.0 / 11, 1.0 / 11, 9.0 / 11])
    #expect(isClose(uneven.auxiliary, [[10]], within: 1e-4))
    let even = try settled(CentroidL1(.fixed(1)), rows, threshold: 1e-5)
    #expect(isClose(even.auxiliary, [[2]], within: 1e-4))
  }

  /// ½ ‖G W‖² with G = I − 11'/K, the form of a graph in which all tasks are neighbours.
  @Test func theMeanPenaltyIsThatOfACompleteGraph() throws {
    let rows = [[1.0, 2], [3, -1], [-2, 0.5]]
    let graph: [[Double]] = [[2, -1, -1], [-1, 2, -1], [-1, -1, 2]]
    var wanted = 0.0
    for row in graph {
      for j in 0..<2 {
        let projected: Double = zip(row, rows).reduce(0) { $0 + $1.0 * $1.1[j] } / 3
        wanted += projected * projected / 2
      }
    }
    #expect(abs(try penaltyValue(RidgeMean(.fixed(1)), rows, []) - wanted) < 1e-12)
  }

  @Test func aTaskOfMoreRowsPullsTheCentreMore() throws {
    let rows: [[Double]] = [[0], [10]]
    let even = try settled(Centroid(.fixed(1)), rows, threshold: 1)
    #expect(isClose(even.own, [[1], [9]]))
    // v = √(2·0.98) and √(2·0.02): the large task cannot be drawn beyond the pull of the small one.
    let uneven = try settled(Centroid(.fixed(1)), rows, threshold: 1, shares: [0.98, 0.02])
    #expect(abs(uneven.own[1][0] - 9.8) < 1e-6 && abs(uneven.own[0][0] - 0.2) < 1e-6)
    let equal = try settled(
      Centroid(.fixed(1), weighing: .equal), rows, threshold: 1, shares: [0.98, 0.02])
    #expect(isClose(equal.own, even.own))
  }

  @Test func theMeanPenaltyShrinksDistancesInProportion() throws {
    let (own, _) = try settled(RidgeMean(.fixed(1)), [[0, 3], [4, 3]], threshold: 1, calls: 1)
    #expect(isClose(own, [[1, 3], [3, 3]], within: 1e-15))
  }

  @Test func twoTasksMeetInTheMiddleAndFuse() throws {
    #expect(
      isClose(
        try settled(Pairwise(.fixed(1)), [[0], [4]], threshold: 1).own, [[1], [3]]))
    #expect(
      isClose(
        try settled(Pairwise(.fixed(1)), [[0], [4]], threshold: 5).own, [[2], [2]]))
  }

  /// Two groups: pairs inside of a group fuse before the groups do.
  @Test func pairsMakeGroups() throws {
    let (own, _) = try settled(
      Pairwise(.fixed(1)), [[0, 0], [0.2, 0], [5, 5], [5.2, 5]], threshold: 0.4, calls: 40)
    #expect(isClose([own[0], own[2]], [own[1], own[3]], within: 1e-6))
    #expect(own[2][0] - own[0][0] > 3)
  }

  @Test func severalCentresHaveAGroupEach() throws {
    let (own, centres) = try settled(
      MultiCentroid(.fixed(1)), [[0], [0.4], [9], [9.6], [9.2]], threshold: 5,
      auxiliary: [[1], [8]])
    #expect(isClose(centres, [[0.2], [27.8 / 3]]))
    #expect(isClose(own, [[0.2], [0.2], [27.8 / 3], [27.8 / 3], [27.8 / 3]]))
  }

  @Test(arguments: Catalog.integrations.indices)
  func noThresholdLeavesTheTasksAndAHugeOneMakesThemEqual(_ index: Int) throws {
    let penalty = Catalog.integrations[index]
    let rows = [[1.0, 2], [3, -1], [-2, 0.5]]
    #expect(isClose(try settled(penalty, rows, threshold: 0).own, rows))
    // Several centres keep groups apart, whatever the threshold.
    if penalty is MultiCentroid { return }
    let fused = try settled(penalty, rows, threshold: 1e6, calls: 60).own
    let mean = [[2.0 / 3, 0.5]]
    for row in fused { #expect(isClose([row], mean, within: 1e-3), "\(penalty.summary)") }
  }

  /// ½ Σ ‖βᵣ − uᵣ‖² + t·P is least at the proximal map: no other rows and centres, near or far, have less.
  @Test(arguments: Catalog.integrations.indices, [0.3, 1.2])
  func theProximalMapIsTheMinimizer(_ index: Int, threshold: Double) throws {
    let penalty = Catalog.integrations[index]
    var random = CounterRandom(seed: 8)
    let rows = (0..<4).map { _ in (0..<3).map { _ in 2 * random.normal() } }
    let (own, auxiliary) = try settled(
      penalty, rows, threshold: threshold,
      auxiliary: penalty is MultiCentroid ? [[1, 1, 1], [-1, -1, -1]] : nil, calls: 80)
    func cost(_ own: [[Double]], _ auxiliary: [[Double]]) throws -> Double {
      let distance = zip(own.joined(), rows.joined()).map { ($0 - $1) * ($0 - $1) / 2 }
      return try distance.reduce(0, +) + threshold * penaltyValue(penalty, own, auxiliary)
    }
    let least = try cost(own, auxiliary)
    for size in [1e-3, 1e-2, 0.1] {
      for _ in 0..<10 {
        let other = own.map { $0.map { $0 + size * random.normal() } }
        let centres =
          penalty is Pairwise ? auxiliary : auxiliary.map { $0.map { $0 + size * random.normal() } }
        #expect(try cost(other, centres) > least - 1e-9, "\(penalty.summary)")
        #expect(try cost(other, auxiliary) > least - 1e-9, "\(penalty.summary)")
      }
    }
    #expect(try cost(rows, auxiliary) >= least - 1e-9, "\(penalty.summary)")
  }

  /// Permuting tasks permutes what they get, and rotating factors rotates it.
  @Test func aCentreDoesNotDependOnTheOrderOfTasksOrTheRotationOfFactors() throws {
    let rows = [[1.0, 2], [3, -1], [-2, 0.5]]
    let (own, _) = try settled(Centroid(.fixed(1)), rows, threshold: 0.7)
    let (swapped, _) = try settled(
      Centroid(.fixed(1)), [rows[2], rows[0], rows[1]], threshold: 0.7)
    #expect(isClose(swapped, [own[2], own[0], own[1]]))
    func turned(_ rows: [[Double]]) -> [[Double]] {
      rows.map { [0.6 * $0[0] - 0.8 * $0[1], 0.8 * $0[0] + 0.6 * $0[1]] }
    }
    #expect(
      isClose(try settled(Centroid(.fixed(1)), turned(rows), threshold: 0.7).own, turned(own)))
  }
}
