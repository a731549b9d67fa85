import RankineLanguage

extension SmoothTchebycheff: BaselineRule {
  public static let baseline: Baseline<SmoothTchebycheff> = Baseline(
    SmoothTchebycheff(),
    name: "stch",
    summary: "the task furthest above its reference, smoothly",
    formula: """
      minimize  K μ log Σₖ exp(log(Lₖ/zₖ)/μ),   z the mean losses of an early epoch, before it Σₖ log Lₖ
      """,
    source: "Lin et al., ICML 2024, arXiv:2402.19078, section 3; warm-up as in LibMTL",
    hyperparameters: [
      Hyperparameter("mu", "The smaller, the more the worst task counts alone", \.mu),
      Hyperparameter("warmUp", "Epochs before the one that gives the reference", \.warmUp),
    ])
}
