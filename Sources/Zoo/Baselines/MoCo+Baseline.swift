import RankineLanguage

extension MoCo: BaselineRule {
  public static let baseline: Baseline<MoCo> = Baseline(
    MoCo(),
    name: "moco",
    summary: "running means of gradients under slowly moving weights",
    formula: """
      shared parameters along Σₖ λₖ yₖ,   y ← y − β/t^β′ (y − L g/‖g‖)
      λ ← softmax(λ − γ/t^γ′ (Y Yᵀ + ρ I) λ)
      each task's own parameters along their own gradient
      """,
    source: "Fernando et al., ICLR 2023, arXiv:2210.12624, algorithm 1; softmax and normalization "
      + "as in LibMTL",
    hyperparameters: [
      Hyperparameter("beta", "The step of the running means", \.beta),
      Hyperparameter("betaDecay", "How fast it falls", \.betaDecay),
      Hyperparameter("gamma", "The step of the weights", \.gamma),
      Hyperparameter("gammaDecay", "How fast it falls", \.gammaDecay),
      Hyperparameter("rho", "What is added to the diagonal of the Gram matrix", \.rho),
    ])
}
