import RankineGraph

/// Separates what is shared from what is a task's own, level by level.
///
/// Each layer in the braces is the expert of a level. At every level there are experts that are shared and
/// some of each task's own. With sₖ the state of task k and s₀ the shared one, all of them the features
/// before the first level:
///
///     sₖ ← Σ over own and shared experts of softmax(Vₖ sₖ)ₑ Eₑ
///     s₀ ← Σ over all experts of softmax(V₀ s₀)ₑ Eₑ
///
/// where a task's own experts read sₖ and shared ones s₀. The last level has no shared state. With one
/// level it is customized gate control.
///
/// - Shapes: [rows, inputs] or [tasks, rows, inputs] becomes [tasks, rows, units].
/// - Source: Tang, Liu, Zhao & Gong, RecSys 2020, sections 4.1 (CGC) and 4.2 (PLE).
public struct ProgressiveExtraction: Layer {
  /// Shared experts of each level.
  public let sharedCount: Int
  /// Own experts that each task has at each level.
  public let ownCount: Int
  /// The expert of each level.
  public let levels: [any Layer]
  public let site: Site

  /// Declares a level for each layer in the braces.
  public init(
    shared: Int = 2, own: Int = 2, file: String = #fileID, line: Int = #line,
    @LayerBuilder _ levels: () -> [any Layer]
  ) {
    (sharedCount, ownCount) = (shared, own)
    self.levels = levels()
    self.site = Site(file: file, line: line)
  }

  public var summary: String { declared(with: levels.summary) }
  public var declaration: String { declared(with: levels.declaration) }
  public var sharesWeights: Bool { true }
  public var penalty: (any Penalty)? { levels.lazy.compactMap(\.penalty).first }

  private func declared(with levels: String) -> String {
    "ProgressiveExtraction(shared: \(sharedCount), own: \(ownCount)) { \(levels) }"
  }

  public func validate() throws(Misuse) {
    try levels.validateExperts(count: sharedCount, of: "ProgressiveExtraction")
    try levels.validateExperts(count: ownCount, of: "ProgressiveExtraction")
  }

  public func apply(to input: Tensor, in scope: LayerScope) -> Tensor {
    guard let taskCount = scope.taskCount else {
      scope.report(
        Misuse(
          "not-in-each-task", "ProgressiveExtraction stands where there are no tasks",
          hint: "put it into EachTask, of a model that is not pooled"))
      return input
    }
    var (own, shared) = (input, input)
    for (index, layer) in levels.enumerated() {
      let level = Level(
        layer: layer, name: "level.\(index)", taskCount: taskCount, sharedCount: sharedCount,
        ownCount: ownCount, scope: scope)
      let experts = level.experts(own: own, shared: shared)
      let next = level.mixed(own: own, experts)
      if index < levels.count - 1 { shared = level.mixed(shared: shared, experts) }
      own = next
    }
    return own
  }

  /// One level of extraction.
  private struct Level {
    let layer: any Layer
    let name: String
    let taskCount: Int
    let sharedCount: Int
    let ownCount: Int
    let scope: LayerScope

    /// Outputs of own experts [tasks, own, rows, units] and shared ones [shared, rows, units].
    func experts(own: Tensor, shared: Tensor) -> (own: Tensor, shared: Tensor) {
      (
        scope.run(
          [layer], named: "\(name).own", copies: [taskCount, ownCount],
          on: own.shape.rank > 2 ? own.insertingAxis(at: 1) : own),
        scope.run([layer], named: "\(name).shared", copies: [sharedCount], on: shared)
      )
    }

    /// The next states of the tasks [tasks, rows, units].
    func mixed(own: Tensor, _ experts: (own: Tensor, shared: Tensor)) -> Tensor {
      var shape = experts.own.shape
      shape.dimensions[1] = .fixed(sharedCount)
      let all = concatenate([experts.own, experts.shared.broadcast(to: shape)], along: 1)
      return all.mixed(by: shares(of: own, "ownGate", [taskCount], count: ownCount + sharedCount))
    }

    /// The next shared state [rows, units].
    func mixed(shared: Tensor, _ experts: (own: Tensor, shared: Tensor)) -> Tensor {
      let own = (0..<taskCount).map { experts.own.element($0) }
      let all = concatenate(own + [experts.shared], along: 0)
      return all.mixed(
        by: shares(of: shared, "sharedGate", [], count: taskCount * ownCount + sharedCount))
    }

    private func shares(
      of state: Tensor, _ gate: String, _ copies: [Int], count: Int
    ) -> Tensor {
      let logits = scope.nested("\(name).\(gate)", copies: copies)
        .product(of: state, outputs: count)
      return logits.softmax(over: logits.shape.rank - 1)
    }
  }
}
