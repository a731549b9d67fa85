import RankineLanguage

extension MGDA: BaselineRule {
  public static let baseline: Baseline<MGDA> = Baseline(
    MGDA(),
    name: "mgda",
    summary: "shared parameters move along the shortest combination of gradients",
    formula: """
      shared parameters along Σₖ aₖ gₖ,   a = argmin ‖Σₖ aₖ gₖ‖² over the simplex
      each task's own parameters along their own gradient
      """,
    source: "Sener & Koltun, NeurIPS 2018, arXiv:1810.04650, section 3; a exactly, by trying "
      + "every set of tasks",
    hyperparameters: [
      Hyperparameter("normalization", "What gradients are divided by first", \.normalization)
    ])
}
