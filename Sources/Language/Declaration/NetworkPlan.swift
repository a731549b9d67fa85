/// One of the networks that a model stands for: what is declared, and the tasks that it scores.
package struct NetworkPlan: Sendable {
  /// A declaration of a single network for `tasks`.
  package let model: Model
  /// Positions of its tasks.
  package let tasks: [Int]
  /// Which member of an average it belongs to, from 0.
  package var member: Int = 0
  /// From 0: copies differ in their first weights and in the order of their batches.
  package let copy: Int
  /// What tells it from the other networks of the model: a task's name, `network 2`; nil for the only one.
  package let label: String?
}

extension Model {
  /// How many networks a fit of so many tasks trains.
  package func networkCount(ofTasks count: Int) -> Int {
    guard isAverage else { return hasIndependentTasks ? count : 1 }
    return copies * members.reduce(0) { $0 + $1.networkCount(ofTasks: count) }
  }

  /// The first of all networks, and its tasks.
  ///
  /// - Throws: `ModelError` (`bad-copies`, `bad-temperature`).
  package func firstNetwork(
    of tasks: [TaskDescription]
  ) throws(ModelError) -> (model: Model, tasks: [TaskDescription]) {
    let plan = try networks(ofTasks: tasks.map(\.name))[0]
    return (plan.model, plan.tasks.map { tasks[$0] })
  }

  /// All networks: one, one of each task where tasks are independent, and those of all members of an
  /// average.
  ///
  /// - Parameter names: the tasks' names, at least one.
  /// - Throws: `ModelError` (`bad-copies`, `bad-temperature`).
  package func networks(ofTasks names: [String]) throws(ModelError) -> [NetworkPlan] {
    guard isAverage else {
      guard hasIndependentTasks else {
        return [NetworkPlan(model: self, tasks: Array(names.indices), copy: 0, label: nil)]
      }
      return names.enumerated().map { task, name in
        NetworkPlan(model: self, tasks: [task], copy: 0, label: name)
      }
    }
    guard (1...1000).contains(copies) else {
      throw ModelError(
        "bad-copies", at: "\(site), model", "each member of the average is fitted \(copies) times",
        hint: "give copies: a number from 1 to 1000")
    }
    try memberWeights.validate(at: site)
    var plans: [NetworkPlan] = []
    for (number, member) in members.enumerated() {
      for copy in 0..<copies {
        let name = "network \(number * copies + copy + 1)"
        plans += try member.networks(ofTasks: names).map { plan in
          NetworkPlan(
            model: plan.model, tasks: plan.tasks, member: number, copy: plan.copy * copies + copy,
            label: plan.label.map { "\(name), \($0)" } ?? name)
        }
      }
    }
    return plans
  }
}
