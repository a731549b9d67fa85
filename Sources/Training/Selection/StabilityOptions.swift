/// How the stability of a selection is judged.
public struct StabilityOptions: Sendable, Equatable {
  /// Half samples: an even number, two complementary halves at a time.
  public var subsampleCount: Int = 50
  /// The share of half samples from which on a feature counts as selected, above ½.
  public var threshold: Double = 0.75
  /// How many features a half sample selects; when nil, as many as `expectedFalse` allows.
  public var selectedCount: Int?
  /// How many false selections may be expected, where `selectedCount` is not given.
  public var expectedFalse: Double = 1
  /// How often outcomes are permuted; 0 leaves p-values out.
  public var permutationCount: Int = 20

  /// The defaults.
  public init() {}

  /// - Throws: `TrainingError` (`bad-option`) naming the option and what it may be.
  func validate() throws(TrainingError) {
    func require(_ holds: Bool, _ option: String, _ value: Any, _ range: String)
      throws(TrainingError)
    {
      guard !holds else { return }
      throw TrainingError(
        "bad-option", at: "stability options", "\(option) is \(value)", hint: "give \(range)")
    }
    let isPaired = subsampleCount >= 4 && subsampleCount % 2 == 0
    try require(isPaired, "subsampleCount", subsampleCount, "an even number of at least 4")
    try require(
      threshold > 0.5 && threshold <= 1, "threshold", threshold, "a share above 0.5, at most 1")
    try require(
      (selectedCount ?? 1) >= 1, "selectedCount", selectedCount ?? 1, "a number of at least 1")
    try require(expectedFalse > 0, "expectedFalse", expectedFalse, "a number above 0")
    try require(permutationCount >= 0, "permutationCount", permutationCount, "at least 0")
  }
}
