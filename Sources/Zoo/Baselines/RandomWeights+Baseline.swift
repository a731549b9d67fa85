import RankineLanguage

extension RandomWeights: BaselineRule {
  public static let baseline: Baseline<RandomWeights> = Baseline(
    RandomWeights(),
    name: "rlw",
    summary: "losses weighted by new random numbers at every step",
    formula: """
      minimize  Σₖ wₖ Lₖ,   w = softmax(z),   z ~ N(0, I) at every step
      """,
    source: "Lin, Ye, Zhang & Tsang, TMLR 2022, arXiv:2111.10603, section 3")
}
