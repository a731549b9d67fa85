import RankineGraph

extension BalancingScope {
  /// Seeded standard normal draws, new at every step, by Box and Muller's transform.
  func normal(_ shape: Shape) -> Tensor {
    let radius: Tensor = sqrt(-2 * log(1 - uniform(shape)))
    // A quarter of an angle in [−π, π): its cosine by a short series, doubled twice.
    let quarter: Tensor = (uniform(shape) - 0.5) * (Double.pi / 2)
    let x: Tensor = square(quarter)
    let tail: Tensor = 1 - x / 30 * (1 - x / 56 * (1 - x / 90))
    let series: Tensor = 1 - x / 2 * (1 - x / 12 * tail)
    let half: Tensor = 2 * square(series) - 1
    return radius * (2 * square(half) - 1)
  }
}
