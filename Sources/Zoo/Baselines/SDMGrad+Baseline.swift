import RankineLanguage

extension SDMGrad: BaselineRule {
  public static let baseline: Baseline<SDMGrad> = Baseline(
    SDMGrad(),
    name: "sdmgrad",
    summary: "a short direction near the mean gradient, from independent samples",
    formula: """
      shared parameters along (Σₖ wₖ g₃ₖ + λ mean(g₃))/(1 + λ)
      w by projected steps along G₁ G₂ᵀ w + λ mean(G₁ G₂ᵀ) on the simplex
      each task's own parameters along their own gradient
      """,
    source: "Xiao, Ban & Ji, NeurIPS 2023, arXiv:2305.18409, algorithm 1; the three batches are "
      + "random parts of one",
    hyperparameters: [
      Hyperparameter(
        "lambda", "How strongly the direction is held near the mean gradient", \.lambda),
      Hyperparameter("iterations", "Steps of the weights in each training step", \.iterations),
    ])
}
