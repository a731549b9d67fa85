import RankineLanguage

extension Uniform: BaselineRule {
  public static let baseline: Baseline<Uniform> = Baseline(
    Uniform(),
    name: "uniform",
    summary: "the usual loss of each kind of outcome, added with weights 1",
    formula: """
      minimize  Σₖ Lₖ
      """,
    source: "Li, Wang, Zhang & Ma, arXiv:2607.00995, the equal weights of its comparison")
}
