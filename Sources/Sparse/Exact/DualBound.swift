/// A cut for each task, and the lower bound that they prove together at any node.
///
/// For every vector a_k the value of task k at indicators z is at least y'a_k − (n/2)‖a_k‖² −
/// Σⱼ z_kj h(u_kj) with u_kj = x_j'a_k − ν_kj, where ν (with Σₖ ν_kj = 0) are prices of λ₂'s term, which
/// give −Σ ν²/(2 λ₂) in return. This is linear in z: a cut of outer approximation, which is exact at the
/// z for which a_k is the residual over n. With prices μ_k ≥ 0 for the sizes of supports,
///
///     D = Σₖ [constantₖ − μₖ s] + Σⱼ min over sets of { Σ (μₖ − h_kj) + cost(set) }
///
/// bounds F from below over all supports that agree with the node's fixings.
///
/// - Source: outer approximation of arXiv:2212.08697, with perspective cuts; the minimum over sets is
///   exact, so the bound is that of the tightest convex relaxation of the pattern term.
struct DualBound: Sendable {
  /// The sum of the tasks' constants.
  let constant: Double
  /// h(u_kj), the tasks of a feature one behind the other; +∞ where it is not known.
  let gains: [Double]
  /// μ.
  private(set) var prices: [Double]
  /// D at the fixings that prices were last improved for.
  private(set) var value: Double = -.infinity

  init(constant: Double, gains: [Double], prices: [Double]) {
    (self.constant, self.gains, self.prices) = (constant, gains, prices)
  }

  /// D at the present prices.
  ///
  /// - Parameter rows: the features that some task may use.
  @discardableResult
  mutating func evaluate(
    _ node: NodeFixings, _ pattern: PatternCost, rows: [Int]
  ) -> Double {
    value = RowSums(self, node, pattern, rows).value(prices)
    return value
  }

  /// Raises D by moving one price after the other, at most to half of it downwards.
  ///
  /// - Parameter rows: the features that some task may use.
  /// - Returns: D.
  @discardableResult
  mutating func improve(_ node: NodeFixings, _ pattern: PatternCost, rows: [Int]) -> Double {
    if pattern.strength == 0, pattern.sharing == .heterogeneous {
      // Tasks are apart: at the price of the first feature that is left out exactly s are taken.
      for k in 0..<pattern.tasks {
        let own = rows.filter { node[k, $0] == .free }.map { gains[$0 * pattern.tasks + k] }
        let left = node.capacity(k)
        let order = largest(left + 1, of: own, above: 0).map { own[$0] }.sorted(by: >)
        prices[k] = order.count > left ? order[left] : 0
      }
      return evaluate(node, pattern, rows: rows)
    }
    let floors = prices.map { $0 / 2 }
    // A feature that no task would pay half of its price for adds nothing at the prices to come.
    let paying = rows.filter { j in
      (0..<pattern.tasks).contains { k in
        let state = node[k, j]
        return state == .inside || state == .free && gains[j * pattern.tasks + k] > floors[k]
      }
    }
    let evaluator = RowSums(self, node, pattern, paying)
    value = evaluator.value(prices)
    for _ in 0..<2 {
      for k in 0..<pattern.tasks {
        var (low, high) = (floors[k], max(2 * prices[k], 1e-12))
        for _ in 0..<20 where evaluator.use(k, at: high, prices) > 0 { high *= 4 }
        for _ in 0..<12 {
          let middle = (low + high) / 2
          if evaluator.use(k, at: middle, prices) > 0 { low = middle } else { high = middle }
        }
        var candidate = prices
        candidate[k] = high
        let reached = evaluator.value(candidate)
        if reached > value { (value, prices) = (reached, candidate) }
      }
    }
    return value
  }

  /// What can be fixed: the bound with one indicator fixed either way is at least as large as the target.
  ///
  /// - Returns: nil where both ways are closed for some indicator, so that the node is closed.
  func fixings(
    at node: NodeFixings, _ pattern: PatternCost, rows: [Int], target: Double
  ) -> NodeFixings? {
    let tasks = pattern.tasks
    var result = node
    var row = RowSums.Scratch(tasks)
    for j in rows {
      var states = (0..<tasks).map { node[$0, j] }
      guard states.contains(.free) else { continue }
      for k in 0..<tasks { row.prices[k] = prices[k] - gains[j * tasks + k] }
      let present = row.minimum(states, pattern)
      for k in 0..<tasks where node[k, j] == .free {
        states[k] = .inside
        let inside = value - present + row.minimum(states, pattern)
        states[k] = .outside
        let outside = value - present + row.minimum(states, pattern)
        states[k] = .free
        switch (inside >= target, outside >= target) {
        case (true, true): return nil
        case (true, false): result.fix(k, j, .outside)
        case (false, true): result.fix(k, j, .inside)
        case (false, false): break
        }
      }
    }
    return result.isPossible ? result : nil
  }
}

/// Sums over features of their minima, at varying prices.
private struct RowSums {
  /// Room for one feature.
  struct Scratch {
    var prices: [Double]
    var order: [Int]

    init(_ tasks: Int) {
      prices = Array(repeating: 0, count: tasks)
      order = Array(repeating: 0, count: tasks)
    }

    mutating func minimum(_ fixings: [Fixing], _ pattern: PatternCost) -> Double {
      pattern.minimum(prices, fixings, order: &order).value
    }
  }

  let bound: DualBound
  let node: NodeFixings
  let pattern: PatternCost
  let rows: [Int]

  init(_ bound: DualBound, _ node: NodeFixings, _ pattern: PatternCost, _ rows: [Int]) {
    (self.bound, self.node, self.pattern, self.rows) = (bound, node, pattern, rows)
  }

  /// D.
  func value(_ prices: [Double]) -> Double {
    var sum = bound.constant
    for k in 0..<pattern.tasks { sum -= prices[k] * Double(node.supportSize) }
    forEachRow(prices) { minimum, _ in sum += minimum }
    return sum
  }

  /// How many features too many task k would use at a price.
  func use(_ k: Int, at price: Double, _ prices: [Double]) -> Int {
    var prices = prices
    prices[k] = price
    var count = -node.supportSize
    forEachRow(prices) { _, set in count += Int(set >> UInt64(k) & 1) }
    return count
  }

  private func forEachRow(
    _ prices: [Double], _ body: (_ value: Double, _ set: UInt64) -> Void
  ) {
    let tasks = pattern.tasks
    var scratch = Scratch(tasks)
    node.states.withUnsafeBufferPointer { states in
      bound.gains.withUnsafeBufferPointer { gains in
        guard let state = states.baseAddress, let gain = gains.baseAddress else { return }
        for j in rows {
          let (own, fixings) = (gain + j * tasks, state + j * tasks)
          var isIdle = true
          for k in 0..<tasks {
            scratch.prices[k] = prices[k] - own[k]
            if fixings[k] == .inside || fixings[k] == .free && scratch.prices[k] < 0 {
              isIdle = false
            }
          }
          // Without a task that would pay for itself the empty set is best.
          if isIdle { continue }
          let minimum = pattern.minimum(scratch.prices, fixings, order: &scratch.order)
          body(minimum.value, minimum.set)
        }
      }
    }
  }
}
