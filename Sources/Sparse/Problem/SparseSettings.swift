/// What is asked of the supports and coefficients of a sparse-pattern regression.
///
/// The objective over K tasks with coefficients b_k, supports z_k = 1{b_k ≠ 0}, means b̄ and z̄ is
///
///     F = Σₖ [ ℓₖ(b_k) + λ₁/2 ‖b_k‖² + λ₂/2 ‖b_k − b̄‖² + λ_z/2 ‖z_k − z̄‖² ],   ‖b_k‖₀ ≤ s
///
/// with ℓₖ = (1/2nₖ)‖y_k − X_k b_k‖² for a gaussian task. With m_j tasks using feature j,
/// Σₖ‖z_k − z̄‖² = Σⱼ m_j (K − m_j)/K.
///
/// - Units: penalties refer to coefficients of standardized features.
/// - Source: Behdin, Loewinger, Kishida, Parmigiani & Mazumder, arXiv:2212.08697; one half of the
///   objective of its package, as its solvers minimize it.
public struct SparseSettings: Sendable, Hashable, Codable {
  /// How the supports of the tasks relate.
  public enum Sharing: String, Sendable, Codable, CaseIterable {
    /// Each task has a support of its own.
    case heterogeneous
    /// z₁ = … = z_K.
    case common
  }

  /// s: the most features that a task may use.
  public var supportSize: Int
  /// How the supports of the tasks relate.
  public var sharing: Sharing
  /// λ₁.
  public var ridge: Double
  /// λ₂.
  public var coefficientSimilarity: Double
  /// λ_z; without meaning for a common support.
  public var supportSimilarity: Double

  public init(
    supportSize: Int, sharing: Sharing = .heterogeneous, ridge: Double = 1e-3,
    coefficientSimilarity: Double = 0, supportSimilarity: Double = 0
  ) {
    (self.supportSize, self.sharing, self.ridge) = (supportSize, sharing, ridge)
    self.coefficientSimilarity = coefficientSimilarity
    self.supportSimilarity = supportSimilarity
  }

  /// λ₁, or 10⁻⁷ where nothing else makes the solution unique.
  var effectiveRidge: Double { ridge == 0 && coefficientSimilarity == 0 ? 1e-7 : ridge }

  /// λ_z, or 0 where all supports are one.
  var effectiveSupportSimilarity: Double { sharing == .common ? 0 : supportSimilarity }

  /// - Throws: `SparseError` (`bad-setting`).
  func validate() throws(SparseError) {
    guard supportSize >= 1 else {
      throw SparseError(
        "bad-setting", at: "Support", "a support of at most \(supportSize) features",
        hint: "give at least 1")
    }
    for (name, value) in [
      ("Ridge", ridge), ("CoefficientSimilarity", coefficientSimilarity),
      ("SupportSimilarity", supportSimilarity),
    ] {
      try SparseError.requireStrength(value, of: name)
    }
  }
}
