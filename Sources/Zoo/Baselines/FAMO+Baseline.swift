import RankineLanguage

extension FAMO: BaselineRule {
  public static let baseline: Baseline<FAMO> = Baseline(
    FAMO(),
    name: "famo",
    summary: "log-losses that fall at the same rate, without a gradient per task",
    formula: """
      minimize  Σₖ wₖ Lₖ,   wₖ = zₖ/(Lₖ c),  c = Σₖ zₖ/Lₖ,  z = softmax(ξ)
      ξ follows what each log-loss lost in the step, on the same batch
      """,
    source: "Liu, Feng, Stone & Liu, NeurIPS 2023, arXiv:2306.03792, algorithm 1",
    hyperparameters: [
      Hyperparameter("learningRate", "The step size of the logits", \.learningRate),
      Hyperparameter("decay", "How much of the logits is added to their gradient", \.decay),
    ])
}
