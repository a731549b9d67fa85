import RankineGraph

/// The rows of the weight of an integration penalty.
public struct CoefficientRows {
  /// The tasks' coefficients [tasks, factors].
  public let own: Tensor
  /// The rows below them; nil where there are none.
  public let auxiliary: Tensor?
  /// Each task's share of all tasks' rows [tasks, 1].
  let shares: Tensor
  /// vᵣ, what each task counts for [tasks, 1].
  public let weights: Tensor
  /// R.
  public let taskCount: Int

  init(_ weight: Tensor, of penalty: some IntegrationPenalty) {
    let count = weight.shape[0].count ?? 1
    let tasks =
      (1...count).first { $0 + penalty.auxiliaryRowCount(taskCount: $0) >= count } ?? count
    let all = weight.reshaped(to: [weight.shape[0], weight.shape[weight.shape.rank - 1]])
    taskCount = tasks
    own = all.sliced(0, from: 0, count: tasks)
    auxiliary = tasks < count ? all.sliced(0, from: tasks, count: count - tasks) : nil
    shares = weight.graph.input(LeafName.share, [.fixed(tasks)]).insertingAxis(at: 1)
    switch penalty.weighing {
    case .bySize: weights = sqrt(Double(tasks) * shares)
    case .equal: weights = shares.zeros + 1
    }
  }

  /// ‖·‖₂ of each row [rows, 1].
  func distances(of differences: Tensor) -> Tensor {
    differences.norm(over: [1]).insertingAxis(at: 1)
  }
}

/// The point c that is nearest to others when large distances count linearly: it minimizes
///
///     Σᵣ h_{tᵣ}(δ(uᵣ − c)),   h_t(δ) = δ²/2 up to t, then tδ − t²/2
///
/// which is the Moreau envelope of t·δ: the centre for which centre and rows are jointly optimal. For
/// large t it is the mean, for small ones the geometric median, weighted by t.
///
/// Found by reweighted means, which never go up: c ← Σ wᵣuᵣ / Σ wᵣ with wᵣ = min(1, tᵣ/δ(uᵣ − c)).
struct HuberLocation {
  /// Reweighted means in one call; the next call starts where this one ended.
  static let iterations = 24

  /// tᵣ [points, 1].
  let thresholds: Tensor
  /// δ: [points, 1], or element by element.
  let distance: (_ differences: Tensor) -> Tensor
  /// A factor of each point's weight [points, 1]; nil for 1.
  var membership: Tensor?

  /// - Parameters:
  ///   - points: u [points, width].
  ///   - start: where c is now [1, width].
  func centre(of points: Tensor, from start: Tensor) -> Tensor {
    var centre = start
    for _ in 0..<Self.iterations {
      let far: Tensor = maximum(distance(points - centre), 1e-12)
      var weights: Tensor = minimum(maximum(thresholds, 1e-12) / far, 1)
      if let membership { weights = weights * membership }
      let sum: Tensor = (weights * points).sum(over: [0]).insertingAxis(at: 0)
      let total: Tensor = maximum(weights.sum(over: [0]).insertingAxis(at: 0), 1e-30)
      centre = sum / total
    }
    return centre
  }

  /// The points drawn to the centre: c + max(0, 1 − t/δ)(u − c).
  func drawn(_ points: Tensor, to centre: Tensor) -> Tensor {
    let difference: Tensor = points - centre
    let far: Tensor = maximum(distance(difference), 1e-12)
    return centre + maximum(1 - thresholds / far, 0) * difference
  }
}
