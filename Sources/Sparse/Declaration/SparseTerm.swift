import RankineLanguage

/// How many features each task may use, and whether all tasks use the same ones.
public struct Support: Sendable, Equatable {
  /// How the supports of the tasks relate.
  public let sharing: SparseSettings.Sharing
  /// Sizes that held rows choose from; empty for those of `SparseGrid`.
  public let sizes: [Int]
  /// Whether the size is the number of features.
  public let isUnlimited: Bool

  /// At most so many features a task.
  public init(_ sharing: SparseSettings.Sharing = .heterogeneous, atMost size: Int) {
    self.init(sharing, chosenFrom: [size])
  }

  /// At most so many features a task as held rows choose.
  ///
  /// - Parameter sizes: those of `SparseGrid` when empty.
  public init(_ sharing: SparseSettings.Sharing = .heterogeneous, chosenFrom sizes: [Int] = []) {
    (self.sharing, self.sizes, isUnlimited) = (sharing, sizes, false)
  }

  private init() {
    (sharing, sizes, isUnlimited) = (.heterogeneous, [], true)
  }

  /// All features.
  public static var all: Support { Support() }
}

/// λ_z: how strongly the supports of tasks are drawn to each other.
public struct SupportSimilarity: Sendable, Equatable {
  public let strength: Strength

  public init(_ strength: Strength) { self.strength = strength }

  /// One given strength.
  public init(_ strength: Double) { self.init(.fixed(strength)) }
}

/// λ₂: how strongly the coefficients of tasks are drawn to their mean.
public struct CoefficientSimilarity: Sendable, Equatable {
  public let strength: Strength

  public init(_ strength: Strength) { self.strength = strength }

  /// One given strength.
  public init(_ strength: Double) { self.init(.fixed(strength)) }
}

extension Ridge {
  /// One given strength.
  public init(_ strength: Double) { self.init(.fixed(strength)) }
}

/// One score for all tasks, from their rows taken together.
public struct Merged: Sendable, Equatable {
  public init() {}
}

/// A proof of how far from the best solution the fit can be.
public struct Certified: Sendable, Equatable {
  /// The relative gap of the bounds at which the search ends.
  public let gap: Double
  /// Relaxations that may be solved.
  public let nodes: Int

  public init(gap: Double = 0.01, nodes: Int = 10_000) { (self.gap, self.nodes) = (gap, nodes) }
}

/// One line of a `SparseLinear`.
public enum SparseTerm: Sendable {
  case support(Support)
  case supportSimilarity(SupportSimilarity)
  case coefficientSimilarity(CoefficientSimilarity)
  case ridge(Ridge)
  case merged
  case certified(Certified)

  /// As it is written in a declaration.
  var keyword: String {
    switch self {
    case .support: "Support"
    case .supportSimilarity: "SupportSimilarity"
    case .coefficientSimilarity: "CoefficientSimilarity"
    case .ridge: "Ridge"
    case .merged: "Merged"
    case .certified: "Certified"
    }
  }

  /// The line of the declaration.
  var declaration: String {
    switch self {
    case .support(let support): support.declaration
    case .supportSimilarity(let term): "SupportSimilarity(\(term.strength))"
    case .coefficientSimilarity(let term): "CoefficientSimilarity(\(term.strength))"
    case .ridge(let term): "Ridge(\(term.strength))"
    case .merged: "Merged()"
    case .certified(let term): "Certified(gap: \(term.gap), nodes: \(term.nodes))"
    }
  }
}

extension Support {
  fileprivate var declaration: String {
    if isUnlimited { return "Support.all" }
    switch sizes.count {
    case 0: return "Support(.\(sharing.rawValue))"
    case 1: return "Support(.\(sharing.rawValue), atMost: \(sizes[0]))"
    default: return "Support(.\(sharing.rawValue), chosenFrom: \(sizes))"
    }
  }
}

/// Collects the lines of a `SparseLinear`; `if`, `else` and `for` work as in code.
@resultBuilder
public enum SparseBuilder {
  public static func buildExpression(_ term: Support) -> [SparseTerm] { [.support(term)] }
  public static func buildExpression(_ term: SupportSimilarity) -> [SparseTerm] {
    [.supportSimilarity(term)]
  }
  public static func buildExpression(_ term: CoefficientSimilarity) -> [SparseTerm] {
    [.coefficientSimilarity(term)]
  }
  public static func buildExpression(_ term: Ridge) -> [SparseTerm] { [.ridge(term)] }
  public static func buildExpression(_ term: Merged) -> [SparseTerm] { [.merged] }
  public static func buildExpression(_ term: Certified) -> [SparseTerm] { [.certified(term)] }
  public static func buildBlock(_ parts: [SparseTerm]...) -> [SparseTerm] { Array(parts.joined()) }
  public static func buildOptional(_ part: [SparseTerm]?) -> [SparseTerm] { part ?? [] }
  public static func buildEither(first part: [SparseTerm]) -> [SparseTerm] { part }
  public static func buildEither(second part: [SparseTerm]) -> [SparseTerm] { part }
  public static func buildArray(_ parts: [[SparseTerm]]) -> [SparseTerm] { Array(parts.joined()) }
}
