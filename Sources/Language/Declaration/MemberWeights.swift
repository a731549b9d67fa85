/// How much each member of an average counts, task by task.
public enum MemberWeights: Sendable, Equatable {
  /// All alike.
  case equal
  /// The more, the better it orders the rows that judge, which took no part in its training:
  ///
  ///     wₘₖ ∝ exp(Cₘₖ/τ)
  ///
  /// with Cₘₖ the concordance of member m, the mean of its copies, on the validation rows of task k; where
  /// folds judge, of the scores of the fits that had not seen the rows. A member that is τ behind counts
  /// 1/e of the best one. A task without a comparable pair of such rows has equal weights.
  ///
  /// A small τ picks the best member, and with it the luck of the rows; a large one is `equal`. That luck
  /// is about 0.3/√n in the concordance of n rows, so that few rows ask for a larger τ.
  ///
  /// - Source: exponential weights, Leung & Barron, IEEE Transactions on Information Theory 52 (2006),
  ///   with concordance in place of their risk.
  case byConcordance(temperature: Double)

  /// As code shows it.
  var summary: String {
    switch self {
    case .equal: ".equal"
    case .byConcordance(let temperature): ".byConcordance(temperature: \(temperature))"
    }
  }

  /// - Throws: `ModelError` (`bad-temperature`).
  func validate(at site: Site) throws(ModelError) {
    guard case .byConcordance(let temperature) = self, !(temperature > 0 && temperature.isFinite)
    else { return }
    throw ModelError(
      "bad-temperature", at: "\(site), model",
      "the members of the average are weighed at the temperature \(temperature)",
      hint: "give a number above 0, such as 0.01")
  }
}
