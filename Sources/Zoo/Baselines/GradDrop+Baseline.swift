import RankineLanguage

extension GradDrop: BaselineRule {
  public static let baseline: Baseline<GradDrop> = Baseline(
    GradDrop(),
    name: "graddrop",
    summary: "gradients of the rarer sign are dropped at random, unit by unit",
    formula: """
      slope at the shared representation  Σₖ (leak + (1 − leak) mₖ) ∂Lₖ/∂h
      m keeps, unit by unit, the positive parts with probability ½ (1 + Σₖ dₖ/Σₖ |dₖ|), else the negative
      each task's own parameters along their own gradient
      """,
    source: "Chen et al., NeurIPS 2020, arXiv:2010.06808, algorithm 1; one leak for all tasks",
    hyperparameters: [
      Hyperparameter("leak", "The share of a dropped gradient that is kept", \.leak)
    ])
}
