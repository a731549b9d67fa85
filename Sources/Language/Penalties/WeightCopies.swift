/// What the copies of a weight along its leading axes belong to.
public enum WeightCopies: Hashable, Sendable {
  /// There is one weight [units, inputs].
  case none
  /// One copy a task: [tasks, units, inputs].
  case tasks
  /// One copy that all tasks share, then one of each task's own that is added to it:
  /// [1 + tasks, units, inputs].
  case sharedAndTasks
  /// Something else: experts, streams.
  case others
}

extension WeightCopies {
  /// - Throws: `Misuse` (`penalty-does-not-fit`) unless the copies are the ones that a penalty needs.
  func require(_ needed: WeightCopies, for penalty: String) throws(Misuse) {
    guard self != needed else { return }
    throw Misuse(
      "penalty-does-not-fit", "\(penalty) is not meant for this layer's weight",
      hint: needed == .sharedAndTasks
        ? "give it to SharedPlusOwn, the first layer of EachTask"
        : "give it to the first layer of EachTask, with no Shared that sees the features")
  }
}
