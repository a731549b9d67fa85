import RankineLanguage

extension DBMTL: BaselineRule {
  public static let baseline: Baseline<DBMTL> = Baseline(
    DBMTL(),
    name: "db-mtl",
    summary: "running means of log-loss gradients brought to the largest norm",
    formula: """
      shared parameters along Σₖ (maxₗ ‖mₗ‖/‖mₖ‖) mₖ,   m running means of ∂ log Lₖ
      each task's own parameters along the gradient of log Lₖ
      """,
    source: "Lin et al., 2023, arXiv:2308.12029, algorithm 1",
    hyperparameters: [
      Hyperparameter("beta", "The weight of the past in the running means", \.beta),
      Hyperparameter("betaDecay", "How fast it falls", \.betaDecay),
    ])
}
