import Foundation

/// A search over the supports of all tasks, best bound first.
///
/// At each node the relaxation gives cuts and fractional indicators. The cuts fix indicators whose other
/// value cannot be in a better solution, and are kept to close later nodes without solving them;
/// indicators are rounded to a candidate; and the most fractional one, weighed by its coefficient,
/// divides the node.
struct BranchAndBound {
  let problem: SparseProblem
  let settings: SparseSettings
  /// M.
  let bound: Double
  let limits: ExactSolver.Limits
  /// The search ends when the bounds are this near.
  let gap: Double

  struct Outcome {
    var best: SparseCoefficients
    var certificate: SparseCertificate
    /// The relaxation of the whole problem.
    var rootBound: Double
  }

  private struct Node {
    let bound: Double
    let number: Int
    let fixings: NodeFixings
    let start: NodeRelaxation.Start
    /// The cuts of the node above it.
    let cuts: DualBound?
  }

  /// So many joint cuts are kept.
  private static let poolSize = 24

  func run(from incumbent: SparseCoefficients, started: Date) -> Outcome {
    let objective = Objective(problem: problem, settings: settings)
    let refitter = SupportRefit(objective: objective)
    let relaxation = NodeRelaxation(problem, settings, bound: bound)
    var best = incumbent
    var upper = objective.value(best)
    var certificate = SparseCertificate(
      upperBound: upper, lowerBound: 0, nodes: 0, cuts: 0, nodesClosedByCuts: 0, seconds: 0,
      stop: .gap, coefficientBound: bound.isFinite ? bound : nil, heuristicValue: upper)
    var target: Double { upper - gap }
    // The smallest bound of a node that was given up because it reached the target.
    var closed = Double.infinity
    var rootBound = -Double.infinity
    var pool: [DualBound] = []
    var open = Heap<Node> { ($0.bound, $0.number) < ($1.bound, $1.number) }
    var numbers = 0
    var root = NodeFixings(
      tasks: problem.taskCount, features: problem.featureCount,
      supportSize: min(settings.supportSize, problem.featureCount))
    root.close(settings.sharing)
    open.insert(
      Node(
        bound: 0, number: 0, fixings: root, start: firstStart(incumbent, relaxation), cuts: nil))

    func consider(_ supports: [[Int]]) {
      let candidate = refitter.run(supports, from: best)
      let value = objective.value(candidate)
      if value < upper { (best, upper) = (candidate, value) }
    }

    while let node = open.first {
      if node.bound >= target { break }
      if certificate.nodes >= limits.nodes {
        certificate.stop = .nodeLimit
        break
      }
      if let seconds = limits.seconds, Date().timeIntervalSince(started) > seconds {
        certificate.stop = .timeLimit
        break
      }
      _ = open.removeFirst()
      let rows = node.fixings.rows
      if node.cuts != nil {
        var known = node.bound
        for cut in pool.reversed() where known < target {
          var own = cut
          let value = own.evaluate(node.fixings, relaxation.pattern, rows: rows)
          guard value > node.bound else { continue }
          known = max(known, own.improve(node.fixings, relaxation.pattern, rows: rows))
        }
        if known >= target {
          certificate.nodesClosedByCuts += 1
          closed = min(closed, known)
          continue
        }
      }
      certificate.nodes += 1
      var found = relaxation.run(node.fixings, from: node.start, target: target)
      certificate.cuts += problem.taskCount
      rootBound = numbers == 0 ? found.bound.value : rootBound
      pool.append(found.bound)
      if pool.count > Self.poolSize { pool.removeFirst() }
      let supports = rounded(found, node.fixings)
      consider(supports)
      var value = max(node.bound, found.bound.value)
      if value >= target {
        closed = min(closed, value)
        continue
      }
      guard
        var fixings = found.bound.fixings(
          at: node.fixings, relaxation.pattern, rows: rows, target: target)
      else {
        closed = min(closed, target)
        continue
      }
      fixings.close(settings.sharing)
      if fixings.isComplete {
        // One pattern is left: its value is known.
        let supports = problem.tasks.indices.map { fixings.inside($0) }
        consider(supports)
        closed = min(closed, objective.value(refitter.run(supports, from: best)), target)
        continue
      }
      var choice = branching(found, fixings)
      if choice == nil {
        // Every indicator is whole: the candidate is the node's best, up to the descent's precision.
        found = relaxation.run(
          fixings, from: found.start, target: target, roundLimit: 200)
        value = max(value, found.bound.value)
        consider(rounded(found, fixings))
        if value >= target {
          closed = min(closed, value)
          continue
        }
        choice = branching(found, fixings) ?? firstFree(fixings, found)
      }
      guard let (k, j) = choice else {
        closed = min(closed, value)
        continue
      }
      for fixing in [Fixing.inside, .outside] {
        var child = fixings
        child.fix(k, j, fixing)
        child.close(settings.sharing)
        guard child.isPossible else { continue }
        numbers += 1
        open.insert(
          Node(
            bound: value, number: numbers, fixings: child, start: found.start,
            cuts: found.bound))
      }
    }
    certificate.upperBound = upper
    certificate.lowerBound = min(open.first?.bound ?? .infinity, closed, upper)
    certificate.seconds = Date().timeIntervalSince(started)
    return Outcome(best: best, certificate: certificate, rootBound: rootBound)
  }

  // MARK: Parts

  /// The incumbent's coefficients, with the prices at which its features pay for themselves.
  private func firstStart(
    _ b: SparseCoefficients, _ relaxation: NodeRelaxation
  ) -> NodeRelaxation.Start {
    var start = NodeRelaxation.Start(prices: [])
    for (k, own) in b.values.enumerated() {
      let support = b.support(k)
      for j in support { start.coefficients.append((k, j, own[j])) }
      let smallest = support.map { abs(own[$0]) }.min() ?? 1
      start.prices.append(max(1e-9, relaxation.penalty.conjugate(smallest) / 8))
    }
    return start
  }

  /// Each task's s largest indicators, the fixed ones first.
  private func rounded(_ found: NodeRelaxation.Result, _ fixings: NodeFixings) -> [[Int]] {
    if settings.sharing == .common {
      var sums: [Int: Double] = [:]
      for entry in found.levels { sums[entry.feature, default: 0] += entry.level }
      let order = sums.sorted { ($1.value, $0.key) < ($0.value, $1.key) }.map(\.key)
      let support = order.prefix(settings.supportSize).sorted()
      return problem.tasks.map { _ in support }
    }
    return problem.tasks.indices.map { k in
      found.levels.filter { $0.task == k }
        .sorted { ($1.level, abs($1.coefficient)) < ($0.level, abs($0.coefficient)) }
        .prefix(settings.supportSize).map(\.feature).sorted()
    }
  }

  private func branching(
    _ found: NodeRelaxation.Result, _ fixings: NodeFixings
  ) -> (Int, Int)? {
    var best: (score: Double, task: Int, feature: Int)?
    for (k, j, level, value) in found.levels where fixings[k, j] == .free {
      let distance = min(level, 1 - level)
      guard distance > 1e-4 else { continue }
      let score = distance * (abs(value) + 1e-9)
      if score > best?.score ?? 0 { best = (score, k, j) }
    }
    return best.map { ($0.task, $0.feature) }
  }

  /// The free indicator with the largest coefficient, else the first one.
  private func firstFree(
    _ fixings: NodeFixings, _ found: NodeRelaxation.Result
  ) -> (Int, Int)? {
    let used = found.levels.filter { fixings[$0.task, $0.feature] == .free }
    if let largest = used.max(by: { abs($0.coefficient) < abs($1.coefficient) }) {
      return (largest.task, largest.feature)
    }
    for j in 0..<problem.featureCount {
      for k in problem.tasks.indices where fixings[k, j] == .free { return (k, j) }
    }
    return nil
  }
}
