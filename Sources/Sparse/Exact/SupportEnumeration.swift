/// The best supports by trying all of them: an oracle for small problems.
public struct SupportEnumeration {
  private let problem: SparseProblem
  private let settings: SparseSettings

  /// - Precondition: at most 16 features, λ₂ = 0, and at most 4096 supports to the power of
  ///   the tasks that are worth trying.
  public init(_ problem: SparseProblem, _ settings: SparseSettings) {
    precondition(problem.featureCount <= 16, "few features")
    precondition(settings.coefficientSimilarity == 0, "no similarity of coefficients")
    (self.problem, self.settings) = (problem, settings)
  }

  /// The smallest F and the supports that have it.
  public func run() -> (objective: Double, supports: [[Int]]) {
    let p = problem.featureCount
    let masks = (0..<(1 << p)).filter { $0.nonzeroBitCount <= settings.supportSize }
    let values = problem.tasks.indices.map { task in masks.map { value(task, $0) } }
    if settings.sharing == .common {
      let sums = masks.indices.map { mask in values.reduce(0) { $0 + $1[mask] } }
      let best = sums.indices.reduce(0) { sums[$1] < sums[$0] ? $1 : $0 }
      return (sums[best], problem.tasks.map { _ in features(masks[best]) })
    }
    // The smallest values of the tasks after each one bound what the rest can add.
    var rest = Array(repeating: 0.0, count: problem.taskCount + 1)
    for k in values.indices.reversed() { rest[k] = rest[k + 1] + (values[k].min() ?? 0) }
    var best = (value: Double.infinity, masks: [Int]())
    var chosen: [Int] = []
    func extend(_ sum: Double) {
      let k = chosen.count
      guard sum + rest[k] < best.value else { return }
      guard k < problem.taskCount else {
        let supports = chosen.map(features)
        let total =
          sum + settings.supportSimilarity / 2 * SupportPattern.heterogeneity(of: supports)
        if total < best.value { best = (total, chosen) }
        return
      }
      for (position, mask) in masks.enumerated() {
        chosen.append(mask)
        extend(sum + values[k][position])
        chosen.removeLast()
      }
    }
    extend(0)
    return (best.value, best.masks.map(features))
  }

  private func value(_ task: Int, _ mask: Int) -> Double {
    let objective = Objective(problem: problem, settings: settings)
    let refitter = SupportRefit(objective: objective)
    var b = SparseCoefficients(tasks: problem.taskCount, features: problem.featureCount)
    refitter.refit(task, features(mask), &b)
    let own = b.values[task]
    return objective.loss(task, objective.predictor(task, b))
      + settings.effectiveRidge / 2 * dot(own, own)
  }

  private func features(_ mask: Int) -> [Int] {
    (0..<problem.featureCount).filter { mask >> $0 & 1 == 1 }
  }
}
