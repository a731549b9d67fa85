/// What stands in the braces of a `Model`.
public enum ModelPart: Sendable {
  case shared(Shared)
  case eachTask(EachTask)
  case objective(Objective)
  case rounds(Rounds)

  var site: Site {
    switch self {
    case .shared(let part): part.site
    case .eachTask(let part): part.site
    case .objective(let part): part.site
    case .rounds(let part): part.site
    }
  }

  /// The word that the user wrote.
  var keyword: String {
    switch self {
    case .shared: "Shared"
    case .eachTask: "EachTask"
    case .objective: "Objective"
    case .rounds: "Rounds"
    }
  }
}

/// The layers that all tasks read: they see the features.
public struct Shared: Sendable {
  /// From the features up.
  public let layers: [any Layer]
  /// Where it was declared.
  public let site: Site

  /// Declares the layers, from the features up.
  public init(
    file: String = #fileID, line: Int = #line, @LayerBuilder _ layers: () -> [any Layer]
  ) {
    self.layers = layers()
    self.site = Site(file: file, line: line)
  }
}

/// The layers that every task has its own copy of; the last one gives the task's score and is one unit
/// wide.
public struct EachTask: Sendable {
  /// From the shared part up.
  public let layers: [any Layer]
  /// Where it was declared.
  public let site: Site

  /// Declares the layers, from the shared part up.
  public init(
    file: String = #fileID, line: Int = #line, @LayerBuilder _ layers: () -> [any Layer]
  ) {
    self.layers = layers()
    self.site = Site(file: file, line: line)
  }
}

/// What training makes small: losses for the kinds of outcomes, and how the tasks' losses are balanced.
///
/// Each task gets the sum of the losses that fit its scale.
public struct Objective: Sendable {
  /// A task gets the sum of those that fit its scale.
  public let losses: [any Loss]
  /// How the tasks' losses become one number.
  public let balancing: any Balancing
  /// Where it was declared.
  public let site: Site

  /// Declares the losses and how the tasks' sums of them are balanced.
  public init(
    balancing: any Balancing = Uniform(), file: String = #fileID, line: Int = #line,
    @LossBuilder _ losses: () -> [any Loss]
  ) {
    self.losses = losses()
    self.balancing = balancing
    self.site = Site(file: file, line: line)
  }
}
