/// The convex relaxation of a node: indicators in [0, 1], the perspective of the ridge, the Lovász
/// extension of the pattern term.
///
/// Block coordinate descent over features, all tasks of a feature at a time, at prices μ_k for the sizes
/// of supports, which move until each task uses s features' worth of indicators. Only features with
/// something to gain are visited, the others are looked at after each round. Residuals of any
/// coefficients prove a bound, so precision costs strength and never validity.
///
/// - Source: arXiv:2212.08697 and the active-set descent of Hazimeh, Mazumder & Saab, Mathematical
///   Programming 196 (2022), in the form with a limit on the size instead of a price.
final class NodeRelaxation {
  /// Where the descent of a node stands, handed to the nodes below it.
  struct Start: Sendable {
    /// Coefficients that are not 0: task, feature, value.
    var coefficients: [(task: Int, feature: Int, value: Double)] = []
    var prices: [Double]
  }

  /// What was found at a node.
  struct Result {
    var bound: DualBound
    var start: Start
    /// Indicators that are above 0: task, feature, indicator, coefficient.
    var levels: [(task: Int, feature: Int, level: Double, coefficient: Double)]
    /// Whether indicators and prices agree, so that the bound is that of the relaxation.
    var isConverged: Bool
  }

  let problem: SparseProblem
  let settings: SparseSettings
  let penalty: CappedRidge
  let pattern: PatternCost
  private let row: RowProximal
  private var residuals: [TaskResidual]
  private var values: [Double]
  private var levels: [Double]

  init(_ problem: SparseProblem, _ settings: SparseSettings, bound: Double) {
    (self.problem, self.settings) = (problem, settings)
    penalty = CappedRidge(ridge: settings.effectiveRidge, bound: bound)
    pattern = PatternCost(
      tasks: problem.taskCount, strength: settings.effectiveSupportSimilarity / 2,
      sharing: settings.sharing)
    row = RowProximal(penalty, pattern)
    residuals = problem.tasks.map(TaskResidual.init)
    let size = problem.taskCount * problem.featureCount
    values = Array(repeating: 0, count: size)
    levels = values
  }

  private var tasks: Int { pattern.tasks }

  /// - Parameters:
  ///   - target: a bound of this size closes the node, and nothing more is done.
  ///   - roundLimit: the most changes of the prices.
  ///   - precision: of coefficients after a round, as a share of the largest.
  func run(
    _ node: NodeFixings, from start: Start, target: Double, roundLimit: Int = 60,
    precision: Double = 1e-3
  ) -> Result {
    let rows = node.rows
    var active = load(start, node, rows)
    var search = PriceSearch(start.prices, supportSize: node.supportSize)
    var best: DualBound?
    var isConverged = false
    var idleRounds = 0
    for _ in 0..<roundLimit {
      descend(node, active, search.prices, precision)
      var bound = dualBound(rows, search.prices)
      bound.evaluate(node, pattern, rows: rows)
      let known = best?.value ?? -.infinity
      if bound.value > known { best = bound }
      if bound.value >= target { break }
      idleRounds = bound.value > known + precision / 10 * abs(target) ? 0 : idleRounds + 1
      let use = use(active)
      // Prices that are too low let in what higher ones turn away.
      let isCrowded = use.contains { $0 > 1.03 * Double(node.supportSize) }
      var entering = isCrowded ? [] : entering(node, bound, search.prices, rows, active)
      var isSettled = entering.isEmpty && search.update(use, allowance: 20 * precision)
      if isSettled, isCrowded {
        entering = self.entering(node, bound, search.prices, rows, active)
        isSettled = entering.isEmpty
      }
      active = (active + entering).sorted()
      isConverged = isSettled
      if isSettled || idleRounds > (precision < 1e-3 ? 50 : 5) { break }
    }
    var found = best ?? dualBound(rows, start.prices)
    found.improve(node, pattern, rows: rows)
    return result(found, active, search.prices, isConverged)
  }

  // MARK: Descent

  private func load(_ start: Start, _ node: NodeFixings, _ rows: [Int]) -> [Int] {
    for place in values.indices { (values[place], levels[place]) = (0, 0) }
    var isActive = Array(repeating: false, count: problem.featureCount)
    for (k, j, value) in start.coefficients where node[k, j] != .outside {
      values[j * tasks + k] = value
      isActive[j] = true
    }
    for j in rows where (0..<tasks).contains(where: { node[$0, j] == .inside }) {
      isActive[j] = true
    }
    let active = rows.filter { isActive[$0] }
    for k in 0..<tasks {
      residuals[k].clear()
      for j in active where values[j * tasks + k] != 0 {
        residuals[k].move(j, by: values[j * tasks + k])
      }
      residuals[k].settle()
    }
    return active
  }

  private func descend(
    _ node: NodeFixings, _ active: [Int], _ prices: [Double], _ precision: Double
  ) {
    row.prices = prices
    node.states.withUnsafeBufferPointer { states in
      guard let first = states.baseAddress else { return }
      for _ in 0..<(precision < 1e-3 ? 200 : 12) {
        var (change, size) = (0.0, 0.0)
        for j in active {
          change = max(change, visit(j, first + j * tasks))
          for k in 0..<tasks { size = max(size, abs(values[j * tasks + k])) }
        }
        for k in 0..<tasks { residuals[k].settle() }
        if change <= precision * size { return }
      }
    }
  }

  /// Moves all tasks' coefficients of a feature; the largest change.
  private func visit(_ j: Int, _ fixings: UnsafePointer<Fixing>) -> Double {
    let similarity = settings.coefficientSimilarity
    let start = j * tasks
    var mean = 0.0
    if similarity > 0 {
      for k in 0..<tasks { mean += values[start + k] / Double(tasks) }
    }
    for k in 0..<tasks {
      let task = problem.tasks[k]
      let curvature = task.norms[j] * task.curvature
      row.curvatures[k] = curvature + similarity
      row.pulls[k] =
        residuals[k].slope(j) + curvature * values[start + k] + similarity * mean
    }
    row.run(fixings)
    var change = 0.0
    for k in 0..<tasks {
      levels[start + k] = row.levels[k]
      let step = row.coefficients[k] - values[start + k]
      guard step != 0 else { continue }
      values[start + k] = row.coefficients[k]
      change = max(change, abs(step))
      residuals[k].move(j, by: step)
    }
    return change
  }

  // MARK: Bound

  /// The cuts of the present residuals.
  private func dualBound(_ rows: [Int], _ prices: [Double]) -> DualBound {
    let similarity = settings.coefficientSimilarity
    var constant = 0.0
    // Features that no task may use here are not looked at; where they are free these cuts say nothing.
    var gains = Array(repeating: Double.infinity, count: tasks * problem.featureCount)
    for (k, residual) in residuals.enumerated() {
      for j in rows { gains[j * tasks + k] = residual.slope(j) }
      constant += residual.constant
    }
    for j in rows {
      var mean = 0.0
      if similarity > 0 {
        for k in 0..<tasks { mean += values[j * tasks + k] / Double(tasks) }
      }
      for k in 0..<tasks {
        var slope = gains[j * tasks + k]
        if similarity > 0 {
          let price = similarity * (values[j * tasks + k] - mean)
          slope -= price
          constant -= price * price / (2 * similarity)
        }
        gains[j * tasks + k] = penalty.conjugate(slope)
      }
    }
    return DualBound(constant: constant, gains: gains, prices: prices)
  }

  /// Features at rest that some tasks would gain from, at most 30, those that would gain most.
  private func entering(
    _ node: NodeFixings, _ bound: DualBound, _ prices: [Double], _ rows: [Int], _ active: [Int]
  ) -> [Int] {
    let known = Set(active)
    var own = Array(repeating: 0.0, count: tasks)
    var order = Array(repeating: 0, count: tasks)
    return node.states.withUnsafeBufferPointer { states in
      guard let first = states.baseAddress else { return [] }
      let gains = rows.map { j in
        if known.contains(j) { return 0.0 }
        for k in 0..<tasks { own[k] = prices[k] - bound.gains[j * tasks + k] * (1 - 1e-6) }
        return -pattern.minimum(own, first + j * tasks, order: &order).value
      }
      return largest(30, of: gains, above: 0).map { rows[$0] }
    }
  }

  /// Σⱼ zₖⱼ.
  private func use(_ active: [Int]) -> [Double] {
    (0..<tasks).map { k in active.reduce(0) { $0 + levels[$1 * tasks + k] } }
  }

  private func result(
    _ bound: DualBound, _ active: [Int], _ prices: [Double], _ isConverged: Bool
  ) -> Result {
    var result = Result(
      bound: bound, start: Start(prices: prices), levels: [], isConverged: isConverged)
    for j in active {
      for k in 0..<tasks {
        let (value, level) = (values[j * tasks + k], levels[j * tasks + k])
        if value != 0 { result.start.coefficients.append((k, j, value)) }
        if level > 0 { result.levels.append((k, j, level, value)) }
      }
    }
    return result
  }
}
