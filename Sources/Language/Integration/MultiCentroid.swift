import RankineGraph

/// Draws each task to the nearest of several centres: groups of tasks, each like `Centroid`.
///
///     P = min over c₁ … c_M of Σᵣ vᵣ minₘ ‖βᵣ − cₘ‖₂
///
/// The proximal map assigns each task to the centre that is nearest, then moves the centres and rows of
/// each group as `Centroid` does; a centre without a task stays. It is not convex: what is found depends
/// on where the centres start, which is at random.
///
/// - Source: `multiCentroid` of the reconstruction of arXiv:2505.24281.
public struct MultiCentroid: IntegrationPenalty {
  public let strength: Strength
  /// M.
  public let count: Int
  public let weighing: TaskWeighing

  /// A penalty whose strength is chosen along a path by default.
  public init(
    _ strength: Strength = .path(count: 7), count: Int = 2, weighing: TaskWeighing = .bySize
  ) {
    (self.strength, self.count, self.weighing) = (strength, count, weighing)
  }

  public var summary: String {
    "MultiCentroid(\(strength), count: \(count), weighing: .\(weighing.rawValue))"
  }

  /// At random, so that centres differ.
  public var initializer: Initializer? { .uniform(bound: 0.5) }

  public func validate() throws(Misuse) {
    try strength.validate(of: "MultiCentroid")
    try Misuse.unlessPositive(Double(count), "count", of: "MultiCentroid")
  }

  public func auxiliaryRowCount(taskCount: Int) -> Int { count }

  public func value(of rows: CoefficientRows) -> Tensor {
    guard let centres = rows.auxiliary else { return rows.own.graph.constant(0) }
    let nearest: Tensor = -(-distances(rows, centres)).largest(over: [1]).insertingAxis(at: 1)
    return (rows.weights * nearest).sum()
  }

  public func prox(
    _ rows: CoefficientRows, threshold: Tensor
  ) -> (own: Tensor, auxiliary: Tensor?) {
    guard let centres = rows.auxiliary else { return (rows.own, nil) }
    let membership = assignment(rows, centres)
    var drawn: Tensor = rows.own.zeros
    var moved: [Tensor] = []
    for number in 0..<count {
      let members: Tensor = membership.sliced(1, from: number, count: 1)
      let start = centres.sliced(0, from: number, count: 1)
      let location = HuberLocation(
        thresholds: threshold * rows.weights, distance: rows.distances, membership: members)
      let isUsed: Tensor = members.sum(over: [0]).insertingAxis(at: 0)
      let centre = select(isUsed, location.centre(of: rows.own, from: start), start)
      drawn = drawn + members * location.drawn(rows.own, to: centre)
      moved.append(centre)
    }
    return (drawn, concatenate(moved, along: 0))
  }

  /// ‖βᵣ − cₘ‖ [tasks, centres].
  private func distances(_ rows: CoefficientRows, _ centres: Tensor) -> Tensor {
    concatenate(
      (0..<count).map {
        rows.distances(of: rows.own - centres.sliced(0, from: $0, count: 1))
      }, along: 1)
  }

  /// 1 at the first of a task's nearest centres, else 0 [tasks, centres].
  private func assignment(_ rows: CoefficientRows, _ centres: Tensor) -> Tensor {
    let distances = distances(rows, centres)
    let least: Tensor = -(-distances).largest(over: [1]).insertingAxis(at: 1)
    let isNearest: Tensor = equal(distances, least.broadcast(to: distances.shape))
    var taken: Tensor = isNearest.sliced(1, from: 0, count: 1).zeros
    var parts: [Tensor] = []
    for number in 0..<count {
      let part: Tensor = isNearest.sliced(1, from: number, count: 1) * (1 - taken)
      taken = taken + part
      parts.append(part)
    }
    return concatenate(parts, along: 1)
  }
}
