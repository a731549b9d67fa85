import RankineGraph

/// The rows of a batch where tasks have rows of their own: set behind set, as many rows of each, so that
/// every task computes what it has for itself on its own rows alone.
///
/// The batch has B·m rows for B sets of m rows. Layers of all tasks see them as [B·m, width], and a task
/// reads those of its set.
struct RowSets {
  /// B, at least 2.
  let count: Int
  /// For each task the number of its set.
  let ofTask: [Int]
  /// Whether a set may be filled up with rows of others.
  let isPadded: Bool

  /// Nil where rows need no sets: tasks share their rows, or a part of the model looks past a task's own
  /// rows.
  init?(_ model: Model, tasks: [TaskDescription], layout: RowLayout) {
    guard layout == .gathered || layout == .padded else { return nil }
    let numbers = tasks.compactMap(\.rowSet)
    guard numbers.count == tasks.count, let last = numbers.max(), last > 0,
      !model.hasPooledTasks, model.taskLayers.allSatisfy(\.keepsTasksApart),
      model.objective?.balancing.sharedGradients == .ignored,
      // Features are left out of training where weights multiply them as they are.
      model.rounds != nil || !model.sharedLayers.isEmpty
    else { return nil }
    (count, ofTask, isPadded) = (last + 1, numbers, layout == .padded)
  }

  /// B·m, with m the dimension `batch`.
  var rows: Dimension { .multiple(count, of: Dimension.batch.description) }

  /// Where the numbers of the rows are.
  var leafName: String { isPadded ? LeafName.paddedRows : LeafName.rows }

  /// What each task reads of values of the rows.
  ///
  /// - Parameter values: [B·m, width].
  /// - Returns: [tasks, m, width].
  func read(_ values: Tensor) -> Tensor {
    values.reshaped(to: [.fixed(count), .batch, values.shape[1]]).picking(ofTask)
  }

  /// The values of each task at its own rows.
  ///
  /// - Parameter values: [tasks, B·m].
  /// - Returns: [tasks, m].
  func own(_ values: Tensor) -> Tensor {
    let sets = values.reshaped(to: [.fixed(ofTask.count), .fixed(count), .batch])
    let parts = ofTask.enumerated().map { task, set in
      sets.sliced(0, from: task, count: 1).sliced(1, from: set, count: 1)
    }
    return concatenate(parts, along: 0).reshaped(to: [.fixed(ofTask.count), .batch])
  }
}
