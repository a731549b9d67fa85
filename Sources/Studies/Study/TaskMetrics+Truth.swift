import RankineData
import RankineEvaluation

extension TaskMetrics {
  /// The metrics of the function that the data were made from, on the test rows: what no model can be
  /// expected to beat.
  ///
  /// Scores are g, predictions the responses without error or flip, the probability of class 1 that of
  /// not being flipped, or of being so.
  init(truthOf data: SimulatedData) {
    let (truth, rows) = (data.truth, data.truth.split.test)
    let flips = truth.simulation.flipProbability
    var tasks: [String: Metrics] = [:]
    for (task, outcome) in data.dataset.outcomes.enumerated() {
      let scores = rows.map { truth.signals[task][$0] }
      let predictions = rows.map { truth.noiselessResponses[task][$0] }
      let values = rows.map { outcome.values[$0] }
      switch outcome.scale {
      case .binary:
        tasks[outcome.name] = .binary(
          scores: scores, predictions: predictions,
          probabilities: predictions.map { $0 == 1 ? 1 - flips : flips }, values: values)
      case .continuous, .ordinal, .count, .censored:
        tasks[outcome.name] = .continuous(
          scores: scores, predictions: predictions, values: values)
      }
    }
    self.init(tasks: tasks)
  }
}
