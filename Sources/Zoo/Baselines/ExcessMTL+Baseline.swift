import RankineLanguage

extension ExcessMTL: BaselineRule {
  public static let baseline: Baseline<ExcessMTL> = Baseline(
    ExcessMTL(),
    name: "excess-mtl",
    summary: "losses weighted by an estimate of their excess risk",
    formula: """
      minimize  Σₖ wₖ Lₖ,   wₖ ← wₖ exp(η eₖ), sum K
      eₖ = Σ gₖ²/√(vₖ + 10⁻⁷) over its first value,  vₖ the running sum of gₖ²
      """,
    source: "He, Zhou, Zhang, Yin, Wang & Zhao, ICML 2024, arXiv:2402.02009, section 4",
    hyperparameters: [
      Hyperparameter("stepSize", "How fast the weights move", \.stepSize)
    ])
}
