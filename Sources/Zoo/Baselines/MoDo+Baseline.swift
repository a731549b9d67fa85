import RankineLanguage

extension MoDo: BaselineRule {
  public static let baseline: Baseline<MoDo> = Baseline(
    MoDo(),
    name: "modo",
    summary: "multi-objective weights from independent samples",
    formula: """
      shared parameters along Σₖ λₖ g₃ₖ,   λ ← P(λ − γ (G₁ G₂ᵀ λ + ρ λ)), P on the simplex
      each task's own parameters along their own gradient
      """,
    source: "Chen, Fernando, Ying & Chen, NeurIPS 2023, arXiv:2305.20057, algorithm 1; the three "
      + "batches are random parts of one",
    hyperparameters: [
      Hyperparameter("gamma", "The step of the weights", \.gamma),
      Hyperparameter("rho", "How strongly the weights are held near each other", \.rho),
    ])
}
