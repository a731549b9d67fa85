import RankineGraph

/// For each task a random order of the other tasks, new at every step.
struct RandomOrder {
  /// For each place but the last who has it: rows are tasks, with a 1 at the other task, [K, K].
  let places: [Tensor]

  /// - Parameters:
  ///   - draws: numbers on [0, 1) [K, K].
  ///   - count: K.
  init(draws: Tensor, count: Int) {
    let graph = draws.graph, tasks: Dimension = .fixed(count)
    // A task itself comes last.
    let keys: Tensor = draws + 2 * graph.identity(count)
    let isBefore: Tensor = greater(
      keys.reshaped(to: [tasks, tasks, 1]), keys.reshaped(to: [tasks, 1, tasks]))
    let rank = isBefore.sum(over: [2])
    places = (0..<max(0, count - 1)).map { equal(rank, graph.constant(Double($0))) }
  }
}
