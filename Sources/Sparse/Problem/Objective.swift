import Foundation

/// The value of F, and the parts of it that solvers move along.
struct Objective {
  let problem: SparseProblem
  let settings: SparseSettings

  /// F at some coefficients; their supports are not checked for size.
  func value(_ b: SparseCoefficients) -> Double {
    value(b, predictors: problem.tasks.indices.map { predictor($0, b) })
  }

  /// F at coefficients whose η are known.
  func value(_ b: SparseCoefficients, predictors: [[Double]]) -> Double {
    var value = penalty(b)
    for task in problem.tasks.indices { value += loss(task, predictors[task]) }
    return value
  }

  /// η of the task's rows.
  func predictor(_ task: Int, _ b: SparseCoefficients) -> [Double] {
    let scaled = problem.tasks[task]
    var eta = Array(repeating: b.intercepts[task], count: scaled.rowCount)
    scaled.design.add(b.values[task], columns: b.support(task), to: &eta)
    return eta
  }

  /// ℓₖ at the predictor η.
  func loss(_ task: Int, _ eta: [Double]) -> Double {
    let scaled = problem.tasks[task]
    var sum = 0.0
    switch scaled.kind {
    case .gaussian:
      for (y, eta) in zip(scaled.response, eta) { sum += (y - eta) * (y - eta) / 2 }
    case .logistic:
      for (y, eta) in zip(scaled.response, eta) {
        sum += max(eta, 0) + log1p(exp(-abs(eta))) - y * eta
      }
    }
    return sum / Double(scaled.rowCount)
  }

  /// −n ∂ℓ/∂η: y − η for gaussian rows, y − σ(η) for logistic ones.
  func residual(_ task: Int, _ eta: [Double]) -> [Double] {
    let scaled = problem.tasks[task]
    switch scaled.kind {
    case .gaussian: return zip(scaled.response, eta).map { $0 - $1 }
    case .logistic: return zip(scaled.response, eta).map { $0 - logistic($1) }
    }
  }

  /// The three penalties.
  func penalty(_ b: SparseCoefficients) -> Double {
    let ridge = settings.effectiveRidge
    let similarity = settings.coefficientSimilarity
    let sharing = settings.effectiveSupportSimilarity
    let (tasks, p) = (b.values.count, b.values.first?.count ?? 0)
    var (sums, users) = (Array(repeating: 0.0, count: p), Array(repeating: 0, count: p))
    var squares = 0.0
    for own in b.values {
      for j in 0..<p where own[j] != 0 {
        sums[j] += own[j]
        squares += own[j] * own[j]
        users[j] += 1
      }
    }
    let spread = similarity > 0 ? squares - dot(sums, sums) / Double(tasks) : 0
    let pattern = sharing > 0 ? users.reduce(0) { $0 + $1 * (tasks - $1) } : 0
    return (ridge * squares + similarity * spread + sharing * Double(pattern) / Double(tasks)) / 2
  }
}

/// σ(η) = 1/(1 + e^(−η)).
func logistic(_ eta: Double) -> Double {
  let e = exp(-abs(eta))
  return eta >= 0 ? 1 / (1 + e) : e / (1 + e)
}
