import RankineGraph

/// The nearest point of the simplex: weights of at least 0 and of sum 1.
///
/// w − θ, cut off at 0, where θ is the largest (Σ_{wⱼ ≥ wᵢ} wⱼ − 1)/|{j : wⱼ ≥ wᵢ}| over i.
///
/// - Shapes: [K] gives [K].
/// - Source: Held, Wolfe & Crowder, Mathematical Programming 6 (1974), for the threshold.
func projectedOnSimplex(_ w: Tensor) -> Tensor {
  let count = w.shape[0]
  let rows = w.reshaped(to: [count, 1])
  let isAtLeast: Tensor = 1 - greater(rows, w.broadcast(to: [count, count]))
  let sums = (isAtLeast * w).sum(over: [1])
  let thresholds: Tensor = (sums - 1) / isAtLeast.sum(over: [1])
  return maximum(w - thresholds.largest(), 0)
}
