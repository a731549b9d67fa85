import RankineLanguage

extension IMTL: BaselineRule {
  public static let baseline: Baseline<IMTL> = Baseline(
    IMTL(),
    name: "imtl",
    summary: "equal projections on all gradients, and losses brought to one scale",
    formula: """
      shared parameters along Σₖ aₖ g̃ₖ with equal projections on every g̃ₖ, Σₖ aₖ = 1
      each task's own parameters along the gradient of L̃ₖ = e^(sₖ) Lₖ − sₖ, s trained
      """,
    source: "Liu et al., ICLR 2021, Towards impartial multi-task learning, sections 3.1 and 3.2; "
      + "both parts, as in LibMTL",
    hyperparameters: [
      Hyperparameter("learnsScales", "Whether the scales s are trained", \.learnsScales)
    ])
}
