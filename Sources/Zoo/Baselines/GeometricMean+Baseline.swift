import RankineLanguage

extension GeometricMean: BaselineRule {
  public static let baseline: Baseline<GeometricMean> = Baseline(
    GeometricMean(),
    name: "gls",
    summary: "the geometric mean of the losses",
    formula: """
      minimize  (Πₖ Lₖ)^(1/K),   over tasks with a loss above 0 in the batch
      """,
    source: "Chennupati et al., CVPR workshops 2019, arXiv:1904.08492, section 3.2")
}
