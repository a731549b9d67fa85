import RankineLanguage

extension Uncertainty: BaselineRule {
  public static let baseline: Baseline<Uncertainty> = Baseline(
    Uncertainty(),
    name: "uncertainty",
    summary: "losses weighted by learned noise",
    formula: """
      minimize  Σₖ cₖ e^(−sₖ) Lₖ + sₖ/2,   s trained along with the network, c = ½
      """,
    source: "Kendall, Gal & Cipolla, CVPR 2018, arXiv:1705.07115, section 3.2; c and the first s "
      + "as in LibMTL",
    hyperparameters: [
      Hyperparameter("initial", "The first value of every s", \.initial),
      Hyperparameter(
        "classificationFactor", "c of binary and censored outcomes: 0.5, or 1 as in the paper",
        \.classificationFactor),
    ])
}
