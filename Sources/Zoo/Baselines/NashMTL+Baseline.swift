import RankineLanguage

extension NashMTL: BaselineRule {
  public static let baseline: Baseline<NashMTL> = Baseline(
    NashMTL(),
    name: "nash-mtl",
    summary: "weights of a bargain in which the product of gains is largest",
    formula: """
      minimize  Σₖ aₖ Lₖ,   G a = 1/a,  G the Gram matrix of the gradients over its norm
      the gradient of the shared parameters is shortened to a norm of at most mostNorm
      """,
    source: "Navon et al., ICML 2022, arXiv:2202.01017, algorithm 1; solved by damped Newton "
      + "steps in every step",
    hyperparameters: [
      Hyperparameter("mostNorm", "The largest norm of the shared gradient", \.mostNorm)
    ])
}
