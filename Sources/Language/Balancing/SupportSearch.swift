import RankineGraph

/// Minimizes over weights of at least 0 by trying every set of tasks that may have a weight above 0.
///
/// For each set the optimality conditions are a linear system; of all solutions that are feasible the
/// smallest value is exact, with no iteration. Solutions of equal value are averaged, so that the
/// order of tasks does not matter.
///
/// - Cost: 2ᴷ systems of K equations, so at most ``mostTasks`` tasks.
struct SupportSearch {
  /// Above it the systems take longer than the network.
  static let mostTasks = 10

  let graph: Graph
  let count: Int
  /// For each set which tasks it has [2ᴷ, K].
  let members: Tensor

  /// - Parameter isActive: 1 for tasks that may have a weight [tasks]; others are in no set.
  init(isActive: Tensor) {
    let graph = isActive.graph, count = isActive.shape[0].count ?? 0
    (self.graph, self.count) = (graph, count)
    var sets = graph.matrix([[0], [1]])
    for width in 1..<max(1, count) {
      let column: Shape = [.fixed(1 << width), 1]
      sets = concatenate(
        [false, true].map { isMember in
          concatenate(
            [sets, graph.constant(isMember ? 1 : 0).broadcast(to: column)], along: 1)
        }, along: 0)
    }
    members = sets * isActive
  }

  private var setCount: Dimension { .fixed(1 << count) }

  /// For each set S the solution of G_SS X_S = B_S, 0 for tasks outside of it.
  ///
  /// The diagonal is raised by 2·10⁻⁷ of itself, so that tasks of equal gradients share evenly.
  ///
  /// - Shapes: `gram` [K, K] and `right`, which stretches to [2ᴷ, K, m], give [2ᴷ, K, m].
  func solutions(_ gram: Tensor, _ right: Tensor) -> Tensor {
    let tasks: Dimension = .fixed(count)
    let row = members.reshaped(to: [setCount, tasks, 1])
    let column = members.reshaped(to: [setCount, 1, tasks])
    let identity = graph.identity(count)
    let raised: Tensor = gram * (1 + 2e-7 * identity)
    let matrix: Tensor = row * column * raised + (1 - row) * identity
    let width = right.shape[right.shape.rank - 1]
    return solveSystems(matrix, (row * right).broadcast(to: [setCount, tasks, width]))
  }

  /// The feasible candidate of the smallest value; the mean of several.
  ///
  /// - Parameters:
  ///   - candidates: [2ᴷ, K].
  ///   - values: [2ᴷ], of a size near 1.
  ///   - isFeasible: 1 or 0 [2ᴷ].
  /// - Returns: [K]; zeros where no candidate is feasible.
  func best(of candidates: Tensor, values: Tensor, isFeasible: Tensor) -> Tensor {
    let far = graph.constant(1e30)
    let judged: Tensor = select(isFeasible, values, far)
    let isBest: Tensor = equal(judged, judged.smallest()) * isFeasible
    let sum = (isBest.reshaped(to: [setCount, 1]) * candidates).sum(over: [0])
    return sum / maximum(isBest.sum(), 1)
  }

  /// Candidates divided by their sums, and whether they are then weights: at least 0, of sum 1.
  func normalized(_ candidates: Tensor) -> (weights: Tensor, isFeasible: Tensor) {
    let sum = candidates.sum(over: [1])
    let isUsable: Tensor = greater(abs(sum), graph.constant(1e-12))
    let divisor: Tensor = select(isUsable, sum, sum.zeros + 1)
    let weights: Tensor = candidates / divisor.reshaped(to: [setCount, 1])
    let isNegative: Tensor = greater(graph.constant(0), weights.smallest(over: [1]))
    return (weights, isUsable * (1 - isNegative))
  }
}

extension Tensor {
  /// A Gram matrix relative to the mean of its diagonal; unchanged where that is 0.
  var relativeToDiagonal: Tensor {
    let size = diagonal.mean()
    return self / select(size, size, size.zeros + 1)
  }
}

extension Misuse {
  /// - Throws: `Misuse` (`too-many-tasks`) where there are more than ``SupportSearch/mostTasks``.
  static func unlessFew(_ taskCount: Int, for owner: String) throws(Misuse) {
    guard taskCount <= SupportSearch.mostTasks else {
      throw Misuse(
        "too-many-tasks",
        "\(owner) tries every set of tasks, and there are \(taskCount) tasks",
        hint: "it takes at most \(SupportSearch.mostTasks); FAMO() and PCGrad() take any number")
    }
  }
}
