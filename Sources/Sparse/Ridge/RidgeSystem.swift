/// The regression of all features with squared loss: one factorization a design serves every λ₁ and λ₂.
///
/// With A_k = X_k'X_k/n + (λ₁ + λ₂) I and r_k = X_k'y_k/n the coefficients are b_k = A_k⁻¹ (r_k + λ₂ b̄), and
/// their mean solves
///
///     b̄ − (λ₂/K) Σₖ A_k⁻¹ b̄ = (1/K) Σₖ A_k⁻¹ r_k,
///
/// (X'X/n + λ₁ I) b̄ = r̄ where tasks share one design, else by conjugate gradients.
final class RidgeSystem {
  private let problem: SparseProblem
  /// One a task, those of the same design the same.
  private let designs: [RidgeDesign]
  private let slopes: [[Double]]
  private let isShared: Bool
  /// Without any ridge the solution of least norm is approached.
  private static let smallestRidge = 1e-9

  /// - Precondition: gaussian tasks.
  init(_ problem: SparseProblem) {
    self.problem = problem
    var known: [ObjectIdentifier: RidgeDesign] = [:]
    designs = problem.tasks.map { task in
      let key = ObjectIdentifier(task.design)
      let found = known[key] ?? RidgeDesign(task.design)
      known[key] = found
      return found
    }
    isShared = known.count == 1
    slopes = problem.tasks.map { task in
      precondition(task.kind == .gaussian, "squared loss")
      var slope = Array(repeating: 0.0, count: problem.featureCount)
      task.design.multiplyTransposed(task.response, columns: nil, into: &slope)
      return slope.map { $0 / Double(task.rowCount) }
    }
  }

  /// The coefficients that minimize F without a limit on supports.
  func solve(_ settings: SparseSettings) -> SparseCoefficients {
    let ridge = max(settings.effectiveRidge, Self.smallestRidge)
    let similarity = settings.coefficientSimilarity
    guard similarity > 0, problem.taskCount > 1 else {
      return SparseCoefficients(
        zip(designs, slopes).map { $0.solve($1, ridge: ridge) })
    }
    let total = ridge + similarity
    let mean =
      isShared
      ? designs[0].solve(average(slopes), ridge: ridge)
      : conjugateGradients(
        average(zip(designs, slopes).map { $0.solve($1, ridge: total) }),
        tolerance: 1e-12
      ) { mean in
        let images = average(designs.map { $0.solve(mean, ridge: total) })
        return zip(mean, images).map { $0 - similarity * $1 }
      }
    return SparseCoefficients(
      zip(designs, slopes).map { design, slope in
        design.solve(zip(slope, mean).map { $0 + similarity * $1 }, ridge: total)
      })
  }

  private func average(_ lists: [[Double]]) -> [Double] {
    var sum = Array(repeating: 0.0, count: problem.featureCount)
    for list in lists {
      for j in sum.indices { sum[j] += list[j] / Double(lists.count) }
    }
    return sum
  }
}

/// The solution of M x = b for a symmetric positive definite M, from x = 0.
///
/// - Parameters:
///   - tolerance: of the residual's length, as a share of that of b.
///   - multiply: M times a vector.
func conjugateGradients(
  _ b: [Double], tolerance: Double, limit: Int = 500, _ multiply: ([Double]) -> [Double]
) -> [Double] {
  var x = Array(repeating: 0.0, count: b.count)
  var (residual, direction) = (b, b)
  var square = dot(b, b)
  let target = square * tolerance * tolerance
  for _ in 0..<limit where square > target {
    let image = multiply(direction)
    let bend = dot(direction, image)
    guard bend > 0 else { break }
    let step = square / bend
    for i in x.indices {
      x[i] += step * direction[i]
      residual[i] -= step * image[i]
    }
    let next = dot(residual, residual)
    let share = next / square
    for i in x.indices { direction[i] = residual[i] + share * direction[i] }
    square = next
  }
  return x
}
