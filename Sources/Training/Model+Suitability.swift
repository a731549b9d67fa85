import RankineData
import RankineLanguage

extension Model {
  /// Finds out without training whether the model can be fitted to the outcomes of some data.
  ///
  /// - Throws: `ModelError`, or the error of a solver that has no loss for an outcome.
  public func checkSuitability(for data: Dataset) throws {
    let tasks = data.outcomes.map { TaskDescription($0) }
    for network in try networks(ofTasks: tasks.map(\.name)) where network.copy == 0 {
      let own = network.tasks.map { tasks[$0] }
      if let solver = network.model.solver {
        try solver.check(own)
      } else {
        _ = try LoweredModel(network.model, features: data.featureColumns.count, tasks: own)
      }
    }
  }
}
