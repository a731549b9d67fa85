import RankineData
import RankineEvaluation

/// Which features a model selects again and again on halves of the data, and how large their weights are
/// against those of a model of permuted outcomes.
///
/// - Source: Meinshausen & Bühlmann, JRSS B 72 (2010); Shah & Samworth, JRSS B 75 (2013), for
///   complementary halves.
public struct StabilitySelection: Sendable {
  /// One feature's part.
  public struct Feature: Sendable, Equatable {
    /// As the preprocessor names it.
    public let name: String
    /// The norm of its weights in the first layer of a fit to all rows; where tasks have first layers of
    /// their own the root mean square over tasks.
    public let norm: Double
    /// The share of half samples that select it.
    public let frequency: Double
    /// How many false selections are to be expected among the features with this frequency or a larger
    /// one, at most; nil for a frequency of at most ½.
    public let expectedFalse: Double?
    /// The share of permutations in which some feature has a norm as large; nil without permutations.
    public let pValue: Double?
    /// For each task how much its score moves with the feature, as in `FeatureImportance`.
    public let relevance: [Double]
    /// Whether the frequency reaches the threshold.
    public let isSelected: Bool
  }

  /// The fit that chose the strength of the penalty.
  public let fit: FittedModel
  /// All features, by frequency, then by norm.
  public let features: [Feature]
  /// The threshold of frequencies.
  public let threshold: Double
  /// How false selections are bounded.
  public let bound: StabilityBound
  /// The norms under permuted outcomes.
  public let null: PermutationNull
  /// Rows in a half sample, at least.
  public let halfSize: Int

  /// The features whose frequency reaches the threshold.
  public var selected: [Feature] { features.filter(\.isSelected) }

  /// The content of `selected.csv`: rank, feature, norm, selected, frequency, expected_false, p_value and
  /// `NAME.relevance` for each task; what does not exist is empty.
  public func table() throws -> Table {
    func column(_ name: String, _ value: (Feature) -> Double?) -> Column {
      Column(name, numbers: features.map { value($0) ?? .nan })
    }
    let ranks = Selection(norms: features.map(\.frequency)).ranks
    return try Table(
      "selected",
      columns: [
        Column("rank", numbers: ranks), Column("feature", texts: features.map(\.name)),
        column("norm", \.norm), column("selected") { $0.isSelected ? 1 : 0 },
        column("frequency", \.frequency), column("expected_false", \.expectedFalse),
        column("p_value", \.pValue),
      ]
        + fit.outcomes.enumerated().map { task, outcome in
          column(outcome.name + ".relevance") { $0.relevance[task] }
        })
  }
}
