import RankineGraph

/// Solves small systems A X = B side by side, A symmetric and positive definite.
///
/// Gauss-Jordan elimination without exchanges of rows, one step a column. A pivot below 10⁻⁷ of its
/// own diagonal entry, as rounding leaves it where gradients depend on each other, is raised to that.
///
/// - Shapes: `matrix` [systems, K, K] and `right` [systems, K, m] give [systems, K, m].
/// - Not differentiable where a pivot is raised.
func solveSystems(_ matrix: Tensor, _ right: Tensor) -> Tensor {
  let graph = matrix.graph
  let count = matrix.shape[1].count ?? 0
  var rest = concatenate([matrix, right], along: 2)
  for pivot in 0..<count {
    let diagonal = matrix.sliced(1, from: pivot, count: 1).sliced(2, from: pivot, count: 1)
    let floor: Tensor = maximum(1e-7 * diagonal, 1e-30)
    let row = rest.sliced(1, from: pivot, count: 1)
    let width = (rest.shape[2].count ?? 0) - 1
    let scaled: Tensor =
      row.sliced(2, from: 1, count: width) / maximum(row.sliced(2, from: 0, count: 1), floor)
    let isPivot = graph.numbers(oneHot: pivot, of: count).reshaped(to: [.fixed(count), 1])
    let column = rest.sliced(2, from: 0, count: 1)
    let eliminated: Tensor = rest.sliced(2, from: 1, count: width) - column * scaled
    rest = select(isPivot, scaled, eliminated)
  }
  return rest
}

/// Solves one system A x = b.
///
/// - Shapes: `matrix` [K, K] and `right` [K] give [K].
func solveSystem(_ matrix: Tensor, _ right: Tensor) -> Tensor {
  let count = matrix.shape[0]
  return solveSystems(
    matrix.reshaped(to: [1, count, count]),
    right.broadcast(to: [count]).reshaped(to: [1, count, 1])
  ).reshaped(to: [count])
}

extension Graph {
  /// 1 at one position and 0 elsewhere [count].
  func numbers(oneHot position: Int, of count: Int) -> Tensor {
    numbers((0..<count).map { $0 == position ? 1 : 0 }).broadcast(to: [.fixed(count)])
  }

  /// A matrix of given numbers [rows, columns].
  func matrix(_ rows: [[Double]]) -> Tensor {
    let width = rows.first?.count ?? 0
    return numbers(rows.flatMap { $0 }).broadcast(to: [.fixed(rows.count * width)])
      .reshaped(to: [.fixed(rows.count), .fixed(width)])
  }

  /// The identity matrix [count, count].
  func identity(_ count: Int) -> Tensor {
    matrix((0..<count).map { row in (0..<count).map { $0 == row ? 1 : 0 } })
  }
}

extension Tensor {
  /// The diagonal of a matrix [K, K] as [K].
  var diagonal: Tensor {
    stack((0..<(shape[0].count ?? 0)).map { element($0).element($0) })
  }

  /// The smallest element over one axis.
  func smallest(over axes: [Int]? = nil) -> Tensor { -(-self).largest(over: axes) }

  /// This matrix [K, K] times a vector [K].
  func times(_ vector: Tensor) -> Tensor { (self * vector).sum(over: [1]) }
}
