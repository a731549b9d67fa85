import RankineLanguage

/// A sparse-pattern regression as it is declared.
///
///     SparseLinear {
///       Support(.heterogeneous, atMost: 10)
///       SupportSimilarity(0.5)
///       CoefficientSimilarity(0)
///       Ridge(1e-3)
///     }
///
/// What is left out is 0, a ridge 10⁻³. A strength that is a `.path` and a support without a size are
/// chosen by held rows.
///
/// - Source: Behdin, Loewinger, Kishida, Parmigiani & Mazumder, arXiv:2212.08697.
public struct SparseLinear: Sendable {
  /// What stands in the braces, in its order.
  public let terms: [SparseTerm]
  /// Which of the settings held rows choose.
  public var rule: SparseTuning.Rule = .best

  public init(@SparseBuilder _ terms: () -> [SparseTerm]) {
    self.terms = terms()
  }

  /// The declaration's parts, each at most once.
  struct Parts: Sendable {
    var support: Support?
    var supportSimilarity: Strength = .none
    var coefficientSimilarity: Strength = .none
    var ridge: Strength = .fixed(1e-3)
    var isMerged = false
    var certified: Certified?
  }

  /// - Throws: `SparseError`: `repeated-term`, `missing-support`, `bad-setting`.
  func parts() throws(SparseError) -> Parts {
    var parts = Parts()
    var seen: Set<String> = []
    for term in terms {
      guard seen.insert(term.keyword).inserted else {
        throw SparseError(
          "repeated-term", at: "SparseLinear", "\(term.keyword) is there twice",
          hint: "say it once")
      }
      switch term {
      case .support(let support): parts.support = support
      case .supportSimilarity(let term): parts.supportSimilarity = term.strength
      case .coefficientSimilarity(let term): parts.coefficientSimilarity = term.strength
      case .ridge(let term): parts.ridge = term.strength
      case .merged: parts.isMerged = true
      case .certified(let certified): parts.certified = certified
      }
    }
    guard let support = parts.support else {
      throw SparseError(
        "missing-support", at: "SparseLinear", "it does not say how many features a task may use",
        hint: "add Support(atMost: 10), Support() to have the size chosen, or Support.all")
    }
    for size in support.sizes {
      try SparseSettings(supportSize: size).validate()
    }
    return parts
  }

  /// Every combination of sizes and strengths.
  func settings(
    _ parts: Parts, tasks: Int, features: Int
  ) throws(SparseError) -> [SparseSettings] {
    let support = parts.support ?? .all
    var sizes = support.sizes.isEmpty ? SparseGrid.supportSizes(features: features) : support.sizes
    if support.isUnlimited { sizes = [features] }
    var settings: [SparseSettings] = []
    for size in Set(sizes.map { min($0, features) }).sorted() {
      let similarities = values(parts.supportSimilarity) {
        SparseGrid.supportSimilarities(
          count: $0, tasks: tasks, supportSize: size, features: features)
      }
      for ridge in values(parts.ridge, SparseGrid.ridges) {
        for mean in values(
          parts.coefficientSimilarity, SparseGrid.coefficientSimilarities)
        {
          for similarity in similarities {
            let own = SparseSettings(
              supportSize: size, sharing: support.sharing, ridge: ridge,
              coefficientSimilarity: mean, supportSimilarity: similarity)
            try own.validate()
            settings.append(own)
          }
        }
      }
    }
    return settings
  }

  private func values(_ strength: Strength, _ path: (Int) -> [Double]) -> [Double] {
    switch strength {
    case .none: [0]
    case .fixed(let value): [value]
    case .path(let count): path(count)
    }
  }
}
