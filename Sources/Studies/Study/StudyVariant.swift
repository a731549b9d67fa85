/// What becomes of the simulated responses before models see them.
public enum StudyVariant: String, Codable, Sendable, CaseIterable, Comparable {
  /// Nothing.
  case plain
  /// The second response, where it is a number, is cubed: an unknown increasing transformation, which
  /// a criterion of ranks does not notice.
  case cubed

  /// Whether it differs from `plain` in a setting, as it does where the second task is a regression.
  func exists(in setting: Int) -> Bool {
    self == .plain || StudyFamily(setting: setting) == .regression || setting == 6
  }

  /// In the order of `allCases`.
  public static func < (first: StudyVariant, second: StudyVariant) -> Bool {
    first == .plain && second == .cubed
  }
}
