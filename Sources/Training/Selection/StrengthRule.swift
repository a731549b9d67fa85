/// Which strength of a path is kept.
public enum StrengthRule: String, Codable, Sendable, CaseIterable {
  /// The one with the largest criterion.
  case best
  /// The strongest one whose criterion is at most one standard error below the largest: fewer features
  /// at a loss that the rows which judge cannot tell from none.
  ///
  /// The error is that of the mean over folds; with a validation part it is the jackknife's of the mean
  /// concordance of the tasks.
  ///
  /// - Source: Breiman, Friedman, Olshen & Stone, Classification and Regression Trees, 1984, section
  ///   3.4.3.
  case oneStandardError = "one-se"
}
