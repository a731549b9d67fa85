import RankineLanguage

extension UPGrad: BaselineRule {
  public static let baseline: Baseline<UPGrad> = Baseline(
    UPGrad(),
    name: "upgrad",
    summary: "each gradient projected on the directions along which no loss grows",
    formula: """
      shared parameters along Σₖ aₖ gₖ,   a the mean of argmin vᵀ G v over v ≥ eₖ
      each task's own parameters along their own gradient
      """,
    source: "Quinton & Rey, 2024, arXiv:2406.16232, section 3; exactly, by trying every set of "
      + "tasks",
    hyperparameters: [
      Hyperparameter(
        "leastTrace", "The trace of the Gram matrix below which gradients count as 0", \.leastTrace),
      Hyperparameter(
        "regularization", "What is added to its diagonal, relative to the trace", \.regularization),
    ])
}
