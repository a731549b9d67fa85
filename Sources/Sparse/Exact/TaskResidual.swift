import Foundation

/// What a task's coefficients leave of its response, kept up as they move, and the cut that it proves.
///
/// For squared loss r = y − η. For the logistic loss r = y − σ(η), and as log(1 + e^η) ≥ p η + H(p) for
/// every p in [0, 1] with the entropy H, the loss at any η is at least (1/n) Σ H(y − r) − r'η/n: linear in
/// the coefficients, like (1/n) y'r − ‖r‖²/(2n) − r'η/n for squared loss. While coefficients move, r follows the
/// line of slope −¼, a majorant's; `settle` makes it that of η again, with the best intercept, so that
/// Σ r = 0 and the cut holds for every intercept.
struct TaskResidual {
  private let task: ScaledTask
  private(set) var residual: [Double]
  /// η without the intercept; empty for squared loss.
  private var predictor: [Double]
  private var intercept = 0.0

  init(_ task: ScaledTask) {
    self.task = task
    residual = task.response
    predictor = []
    clear()
  }

  /// Back to coefficients of 0.
  mutating func clear() {
    residual = task.response
    guard task.kind == .logistic else { return }
    predictor = Array(repeating: 0, count: task.rowCount)
    settle()
  }

  /// Moves the coefficient of a feature.
  mutating func move(_ j: Int, by step: Double) {
    residual.withUnsafeMutableBufferPointer { residual in
      guard let first = residual.baseAddress else { return }
      addMultiple(-step * task.curvature, task.design.column(j), to: first, task.rowCount)
    }
    predictor.withUnsafeMutableBufferPointer { predictor in
      guard let first = predictor.baseAddress, !predictor.isEmpty else { return }
      addMultiple(step, task.design.column(j), to: first, task.rowCount)
    }
  }

  /// xⱼ'r/n.
  func slope(_ j: Int) -> Double {
    residual.withUnsafeBufferPointer { residual in
      guard let first = residual.baseAddress else { return 0 }
      return dot(task.design.column(j), first, task.rowCount) / Double(task.rowCount)
    }
  }

  /// Makes the residual of a logistic task that of its coefficients.
  mutating func settle() {
    guard task.kind == .logistic else { return }
    for _ in 0..<50 {
      var (sum, bend) = (0.0, 0.0)
      for (i, eta) in predictor.enumerated() {
        let p = logistic(eta + intercept)
        residual[i] = task.response[i] - p
        sum += residual[i]
        bend += p * (1 - p)
      }
      guard task.hasIntercept, bend > 0, abs(sum) > 1e-13 * Double(task.rowCount) else { return }
      // Newton's step, at most 1: both classes are there, so that a root is.
      intercept += max(-1, min(1, sum / bend))
    }
  }

  /// The part of the cut that is no feature's.
  var constant: Double {
    let n = Double(task.rowCount)
    switch task.kind {
    case .gaussian:
      return dot(task.response, residual) / n - dot(residual, residual) / (2 * n)
    case .logistic:
      return zip(task.response, residual).reduce(0) { $0 + Self.entropy($1.0 - $1.1) } / n
    }
  }

  /// H(p) = −p log p − (1 − p) log(1 − p).
  private static func entropy(_ p: Double) -> Double {
    let other = 1 - p
    return (p > 0 ? -p * log(p) : 0) + (other > 0 ? -other * log(other) : 0)
  }
}
