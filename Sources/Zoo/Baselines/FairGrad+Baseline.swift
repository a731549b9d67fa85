import RankineLanguage

extension FairGrad: BaselineRule {
  public static let baseline: Baseline<FairGrad> = Baseline(
    FairGrad(),
    name: "fairgrad",
    summary: "α-fair gains, as users of a network share its capacity",
    formula: """
      shared parameters along Σₖ aₖ gₖ,   G a = a^(−1/α),  G the Gram matrix of the gradients
      each task's own parameters along their own gradient
      """,
    source: "Ban & Ji, ICML 2024, arXiv:2402.15638, section 4; solved by damped Newton steps",
    hyperparameters: [
      Hyperparameter("alpha", "How much the tasks that gain least count", \.alpha)
    ])
}
