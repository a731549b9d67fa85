import Foundation
import RankineData
import RankineEvaluation

/// The tasks of one nominal outcome among those of a model.
struct NominalGroup: Sendable {
  /// The outcome's name: its column, or what it is called in the rows of one source.
  let name: String
  /// Positions of its tasks, one a class.
  let tasks: [Int]
  let classes: [String]

  /// The nominal outcomes that are declared by their classes.
  static func all(in outcomes: [Outcome]) -> [NominalGroup] {
    var groups: [NominalGroup] = []
    for (task, outcome) in outcomes.enumerated() {
      guard let own = outcome.type as? ClassOutcome else { continue }
      // Tasks are called NAME[CLASS].
      let name =
        outcome.source == nil
        ? own.column : String(outcome.name.dropLast(own.level.count + "[]".count))
      let known = groups.firstIndex { $0.name == name }
      let earlier = known.map { groups.remove(at: $0) }
      groups.insert(
        NominalGroup(
          name: name, tasks: (earlier?.tasks ?? []) + [task],
          classes: (earlier?.classes ?? []) + [own.level]),
        at: known ?? groups.count)
    }
    return groups.filter { $0.tasks.count > 1 }
  }

  /// The class of the largest calibrated probability, the first of equals, with its share of their sum.
  ///
  /// - Parameter probabilities: for each class, one a row.
  /// - Returns: for each row the number of the class and the share of each class.
  func classes(_ probabilities: [[Double]]) -> [(value: Double, shares: [Double])] {
    (probabilities.first ?? []).indices.map { row in
      let own = probabilities.map { $0[row] }
      let sum = own.reduce(0, +)
      if sum.isNaN { return (.nan, own) }
      let shares = own.map { sum > 0 ? $0 / sum : 1 / Double(own.count) }
      let best = shares.indices.reduce(0) { shares[$1] > shares[$0] ? $1 : $0 }
      return (Double(best), shares)
    }
  }
}

extension FittedModel {
  /// The names that metrics and predictions have: of the tasks, then of nominal outcomes.
  public var taskNames: [String] {
    outcomes.map(\.name) + NominalGroup.all(in: outcomes).map(\.name)
  }

  /// What the classes' tasks say together, one for each nominal outcome.
  func nominalPredictions(_ tasks: [Predictions.Task]) -> [Predictions.Task] {
    NominalGroup.all(in: outcomes).map { group in
      let found = group.classes(group.tasks.map { tasks[$0].probabilities ?? [] })
      return Predictions.Task(
        name: group.name, levels: group.classes, scores: [], values: found.map(\.value),
        probabilities: found.map { $0.value.isNaN ? .nan : $0.shares[Int($0.value)] },
        levelProbabilities: found.map(\.shares))
    }
  }

  /// How often the predicted class is right, and the mean of −log of the right class's share.
  ///
  /// - Parameters:
  ///   - scores: one list a task, of `rows`.
  ///   - known: outcomes of all rows, which may lack tasks.
  func nominalMetrics(
    of scores: [[Double]], outcomes known: [OutcomeValues], rows: [Int]
  ) -> [String: Metrics] {
    var metrics: [String: Metrics] = [:]
    for group in NominalGroup.all(in: outcomes) {
      let values = group.tasks.compactMap { task in
        known.first { $0.name == outcomes[task].name }?.values
      }
      guard values.count == group.tasks.count else { continue }
      let found = group.classes(
        group.tasks.map { task in
          scores[task].map { calibrations[task].predict($0).probability ?? .nan }
        })
      var hits: [Double] = []
      var shares: [Double] = []
      for (row, prediction) in zip(rows, found) {
        guard let truth = values.firstIndex(where: { $0[row] == 1 }) else { continue }
        hits.append(prediction.value == Double(truth) ? 1 : 0)
        shares.append(prediction.shares[truth])
      }
      let certain = Array(repeating: 1.0, count: shares.count)
      metrics[group.name] = Metrics(
        type: NominalOutcome.name, count: hits.count,
        values: [
          .accuracy: Statistics.mean(hits),
          .logLoss: ProbabilityMetrics(probabilities: shares, values: certain).logLoss,
        ])
    }
    return metrics
  }
}
