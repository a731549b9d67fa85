import RankineData
import RankineGraph

/// What a loss may read: the scores and outcomes of a mini-batch, for the tasks that it fits.
public struct TaskBatch {
  /// The tasks that the loss has to do with, in the order of the first axis of every tensor.
  public let tasks: [TaskDescription]
  /// The network's scores [tasks, batch].
  public internal(set) var scores: Tensor
  /// Their row numbers; nil where the rows are those of the sample, in its order.
  private let rows: Tensor?
  /// How the rows lie where each task has scores of its own rows alone.
  private let rowSets: RowSets?
  private let positions: [Int]
  private let taskCount: Int
  /// Where the loss declares what it learns, and the start of the names that it gives.
  let scope: LossScope
  var path: String
  /// The leaf that holds the targets.
  var targetLeaf = LeafName.target

  init(
    allTasks: [TaskDescription], positions: [Int], scores: Tensor, rows: Tensor?,
    rowSets: RowSets? = nil, scope: LossScope, path: String
  ) {
    self.init(
      tasks: positions.map { allTasks[$0] }, scores: scores.picking(positions), rows: rows,
      rowSets: rowSets, positions: positions, taskCount: allTasks.count, scope: scope, path: path)
  }

  private init(
    tasks: [TaskDescription], scores: Tensor, rows: Tensor?, rowSets: RowSets?, positions: [Int],
    taskCount: Int, scope: LossScope, path: String
  ) {
    (self.tasks, self.scores, self.rows, self.rowSets) = (tasks, scores, rows, rowSets)
    (self.positions, self.taskCount) = (positions, taskCount)
    (self.scope, self.path) = (scope, path)
  }

  /// Some of a batch's tasks.
  init(_ batch: TaskBatch, _ members: [Int]) {
    self.init(
      tasks: members.map { batch.tasks[$0] }, scores: batch.scores.picking(members),
      rows: batch.rows, rowSets: batch.rowSets, positions: members.map { batch.positions[$0] },
      taskCount: batch.taskCount, scope: batch.scope, path: batch.path)
    targetLeaf = batch.targetLeaf
  }

  /// Where the loss's formula is built.
  public var graph: Graph { scores.graph }

  /// Outcomes as numbers [tasks, batch]: levels of an ordinal one, 0 where missing.
  public var target: Tensor { perRow(targetLeaf) }
  /// 1 where the outcome is known, else 0 [tasks, batch].
  public var observed: Tensor { perRow(LeafName.observed) }

  /// Logarithms of exposures, 0 where there are none [tasks, batch].
  public var offset: Tensor { perRow(LeafName.offset) }

  /// How many rows of the batch are each task's: a scalar where all tasks share them, else [tasks].
  var rowCount: Tensor {
    hasOwnRows && rowSets?.isPadded ?? true
      ? maximum(perRow(LeafName.own).sum(over: [1]), 1) : graph.extent(scores.shape[1])
  }

  /// How many rows of the sample are each task's: a scalar where all tasks share them, else [tasks].
  var sampleCount: Tensor {
    hasOwnRows ? maximum(perSample(LeafName.own).sum(over: [1]), 1) : graph.extent(.sample)
  }

  private var hasOwnRows: Bool { tasks.contains(where: \.hasOwnRows) }

  /// The tasks that a loss may treat alike, each group in a batch of its own, put together again.
  ///
  /// - Parameters:
  ///   - key: equal for tasks of one group.
  ///   - values: the loss of each task of a group [tasks of the group].
  /// - Returns: [tasks].
  func grouped<Key: Hashable>(
    by key: (TaskDescription) -> Key, _ values: (TaskBatch) -> Tensor
  ) -> Tensor {
    var groups: [(key: Key, members: [Int])] = []
    for (position, task) in tasks.enumerated() {
      if let group = groups.firstIndex(where: { $0.key == key(task) }) {
        groups[group].members.append(position)
      } else {
        groups.append((key(task), [position]))
      }
    }
    guard groups.count > 1 else { return values(self) }
    let parts = groups.map { group in
      values(TaskBatch(self, group.members)).placed(at: group.members, of: tasks.count)
    }
    return parts.dropFirst().reduce(parts[0]) { $0 + $1 }
  }

  /// The numbers that the forms read, at the rows of the batch.
  func rowNumbers(_ forms: [PairForm]) -> [Tensor] {
    (0..<forms.numberCount).map { perRow(LeafName.pairNumber($0)) }
  }

  /// The numbers that the forms read, of all rows of the sample.
  func sampleNumbers(_ forms: [PairForm]) -> [Tensor] {
    (0..<forms.numberCount).map { perSample(LeafName.pairNumber($0)) }
  }

  /// A value for each row of the sample, at the rows of the batch [tasks, batch].
  func perRow(_ leaf: String) -> Tensor {
    guard let rows else { return perSample(leaf) }
    let values = all(leaf).gathered(by: rows, along: 1)
    return (rowSets?.own(values) ?? values).picking(positions)
  }

  /// A value for each row of the sample [tasks, sample].
  func perSample(_ leaf: String) -> Tensor {
    all(leaf).picking(positions)
  }

  /// A value for each task [tasks].
  func perTask(_ leaf: String) -> Tensor {
    graph.input(leaf, [.fixed(taskCount)]).picking(positions)
  }

  /// One number for each task [tasks]; a scalar where all are the same.
  func numbers(_ number: (TaskDescription) -> Double) -> Tensor {
    graph.numbers(tasks.map(number))
  }

  /// Means over the rows of the batch whose outcome is known; 0 for a task that has none.
  ///
  /// - Parameter value: [tasks, batch]; where the outcome is missing it may be anything.
  /// - Returns: [tasks].
  public func meanOverObserved(_ value: Tensor) -> Tensor {
    guard value.shape == scores.shape else {
      graph.report(
        GraphError(
          "shape-mismatch", "expected a value for each row \(scores.shape), got \(value.shape)",
          hint: "compute it element by element; the mean over rows is taken for you"))
      return graph.constant(0).broadcast(to: [.fixed(tasks.count)])
    }
    let known = observed
    let sum = select(known, value, value.zeros).sum(over: [1])
    return sum / maximum(known.sum(over: [1]), 1)
  }

  private func all(_ leaf: String) -> Tensor {
    graph.input(leaf, [.fixed(taskCount), .sample])
  }
}

extension Graph {
  /// Given numbers as a vector, runs of equal ones at once; a scalar where all are the same.
  func numbers(_ values: [Double]) -> Tensor {
    var runs: [(value: Double, count: Int)] = []
    for value in values {
      if let last = runs.last, last.value == value {
        runs[runs.count - 1].count += 1
      } else {
        runs.append((value, 1))
      }
    }
    guard runs.count > 1 else { return constant(values.first ?? 0) }
    return concatenate(
      runs.map { constant($0.value).broadcast(to: [.fixed($0.count)]) }, along: 0)
  }
}

extension Tensor {
  /// The entries of the first axis with the given numbers, in that order.
  func picking(_ positions: [Int]) -> Tensor {
    var parts: [Tensor] = [], start = 0
    while start < positions.count {
      var end = start + 1
      while end < positions.count, positions[end] == positions[end - 1] + 1 { end += 1 }
      parts.append(sliced(0, from: positions[start], count: end - start))
      start = end
    }
    return concatenate(parts, along: 0)
  }

  /// Zeros for the tasks that are not among the given ones: [positions] becomes [count].
  func placed(at positions: [Int], of count: Int) -> Tensor {
    guard positions != Array(0..<count) else { return self }
    let zero = graph.constant(0).broadcast(to: [1])
    var parts = Array(repeating: zero, count: count)
    for (index, position) in positions.enumerated() {
      parts[position] = sliced(0, from: index, count: 1)
    }
    return concatenate(parts, along: 0)
  }
}
