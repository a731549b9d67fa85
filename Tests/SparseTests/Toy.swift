import Foundation
import RankineSupport
@testable import RankineSparse

/// Two tasks of six rows with the same four integer features, worked by hand.
enum Toy {
  static let rows: [[Double]] = (1...6).map { i in (1...4).map { j in entry(i, j) } }

  private static func entry(_ i: Int, _ j: Int) -> Double {
    Double((3 * i + 5 * j + i * j) % 7 - 3)
  }

  static let responses: [[Double]] = [[0, 0, 0, -2.5, 4.5, -5], [-3.5, 5, 2, -1, 0.5, -2.5]]

  static func problem() throws -> SparseProblem {
    let design = DesignMatrix(rowCount: 6, columnCount: 4) { rows[$0][$1] }
    let tasks = try responses.enumerated().map {
      try SparseTask("task \($0 + 1)", design: design, response: $1)
    }
    return try SparseProblem(tasks, scaling: .asGiven)
  }

  static func settings(lz: Double = 0, l2: Double = 0) -> SparseSettings {
    SparseSettings(
      supportSize: 2, ridge: 0.1, coefficientSimilarity: l2, supportSimilarity: lz)
  }
}

/// Random tasks with partly shared supports.
struct RandomTasks {
  var seed: UInt64 = 1
  var tasks = 3
  var features = 8
  var rows = 20
  var supportSize = 3
  var noise = 0.5
  var sharesDesign = false
  var kind: SparseTask.Kind = .gaussian

  func problem(scaling: SparseProblem.Scaling = .standardized) throws -> SparseProblem {
    try SparseProblem(made(), scaling: scaling)
  }

  func made() throws -> [SparseTask] {
    var random = CounterRandom(seed: seed, named: "sparse tests")
    func design() -> DesignMatrix {
      DesignMatrix(rowCount: rows, columnCount: features) { _, _ in random.normal() }
    }
    let shared = design()
    return try (0..<tasks).map { task in
      let own = sharesDesign ? shared : design()
      let support = random.permutation(min(features, supportSize + 2)).prefix(supportSize)
      let values = support.map { _ in random.normal() }
      let response = (0..<rows).map { row in
        let eta = zip(support, values).reduce(0) { $0 + own[row, $1.0] * $1.1 }
        return kind == .gaussian
          ? eta + noise * random.normal()
          : random.uniform() < 1 / (1 + exp(-3 * eta)) ? 1 : 0
      }
      return try SparseTask("task \(task + 1)", design: own, response: response, kind: kind)
    }
  }
}

/// Relative to the smaller value, absolute below 1; never true for NaN or infinity.
func isClose(_ a: Double, _ b: Double, within tolerance: Double) -> Bool {
  abs(a - b) <= tolerance * max(1, min(abs(a), abs(b)))
}
