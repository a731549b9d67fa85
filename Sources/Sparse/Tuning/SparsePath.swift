/// Fits along a list of settings, each from the one before it.
public struct SparsePath {
  private let solver: SparseSolver

  public init(_ solver: SparseSolver) {
    self.solver = solver
  }

  /// The order in which neighbours are near: sizes of supports descending, then λ₁ descending, λ₂
  /// ascending, λ_z ascending.
  ///
  /// - Source: the warm-started paths of the package of arXiv:2212.08697.
  public static func ordered(_ settings: [SparseSettings]) -> [SparseSettings] {
    settings.sorted { a, b in
      let (left, right) = (key(a), key(b))
      return left.lexicographicallyPrecedes(right)
    }
  }

  private static func key(_ settings: SparseSettings) -> [Double] {
    [
      -Double(settings.supportSize), -settings.ridge, settings.coefficientSimilarity,
      settings.supportSimilarity,
    ]
  }

  /// One fit for each of the settings, in their order.
  ///
  /// - Throws: `SparseError` (`bad-setting`).
  public func run(_ settings: [SparseSettings]) throws(SparseError) -> [SparseFit] {
    var fits: [SparseFit] = []
    for own in settings { fits.append(try solver.fit(own, from: fits.last)) }
    return fits
  }
}
