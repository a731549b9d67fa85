/// A multitask network and what it is trained for.
///
///     Model {
///       Shared { Dense(64, activation: .silu).penalized(by: GroupLasso(over: .inputs)) }
///       EachTask {
///         for width in [32, 16] { Dense(width, activation: .silu) }
///         Dense(1)
///       }
///       Objective { SmoothedRank() }
///     }
///
/// The number of features and the outcomes come with the data; what does not fit together is reported
/// when the model meets them.
public struct Model: Sendable {
  /// What stands in the braces, in its order.
  public let parts: [ModelPart]
  /// Where it was declared.
  public let site: Site
  /// Whether every task is fitted by a model of its own.
  public private(set) var hasIndependentTasks: Bool = false
  /// Whether one score serves all tasks.
  public private(set) var hasPooledTasks: Bool = false
  /// The models whose scores are averaged, where there are several.
  public private(set) var members: [Model] = []
  /// How often each member is fitted, from first weights of its own.
  public private(set) var copies: Int = 1
  /// How much each member of an average counts.
  public private(set) var memberWeights: MemberWeights = .equal

  /// Whether the model is an average of others.
  package var isAverage: Bool { !members.isEmpty }
  /// What finds the weights instead of training steps; nil for a model that is trained.
  public private(set) var solver: (any LinearSolver)?

  /// Declares a model; nothing is checked before it meets data.
  public init(
    file: String = #fileID, line: Int = #line, @ModelBuilder _ parts: () -> [ModelPart]
  ) {
    self.parts = parts()
    self.site = Site(file: file, line: line)
  }

  /// The single-task variant: the same declaration, fitted once per task with that task alone.
  public func independentTasks() -> Model {
    var model = self
    model.hasIndependentTasks = true
    return model
  }

  /// The pooled variant: the layers of `EachTask` are there once, and their score is that of every task.
  public func pooled() -> Model {
    var model = self
    model.hasPooledTasks = true
    return model
  }

  /// A model whose score is the mean of its members' scores, each in units of its standard deviation
  /// among the training rows.
  ///
  ///     fₖ(x) = Σₘ wₘₖ (fₘₖ(x) − mean fₘₖ)/sd fₘₖ,   Σₘ wₘₖ = 1
  ///
  /// Every member has a path of strengths and an epoch of its own; what it reports of features is the root
  /// mean square over its members.
  ///
  /// - Parameters:
  ///   - copies: how often each member is fitted, from first weights of its own; at least 1.
  ///   - weights: how much each member counts; its copies share that alike.
  ///   - members: at least one model.
  public static func averaging(
    copies: Int = 1, weights: MemberWeights = .equal, file: String = #fileID, line: Int = #line,
    @MemberBuilder _ members: () -> [Model]
  ) -> Model {
    var model = Model(file: file, line: line) {}
    model.members = members()
    (model.copies, model.memberWeights) = (copies, weights)
    return model
  }

  /// The same linear scores, with weights that a solver finds; layers and losses then say what
  /// `inspect` and `check` look at.
  public func solved(by solver: some LinearSolver) -> Model {
    var model = self
    model.solver = solver
    return model
  }

  /// The layers of `Shared`.
  package var sharedLayers: [any Layer] {
    parts.flatMap { part -> [any Layer] in
      if case .shared(let shared) = part { shared.layers } else { [] }
    }
  }

  /// The layers of `EachTask`.
  package var taskLayers: [any Layer] {
    parts.flatMap { part -> [any Layer] in
      if case .eachTask(let eachTask) = part { eachTask.layers } else { [] }
    }
  }

  /// How it is trained by turns; nil where all parameters move together.
  package var rounds: Rounds? {
    for case .rounds(let part) in parts { return part }
    return nil
  }

  package var objective: Objective? {
    for case .objective(let part) in parts { return part }
    return nil
  }
}
