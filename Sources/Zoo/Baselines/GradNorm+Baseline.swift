import RankineLanguage

extension GradNorm: BaselineRule {
  public static let baseline: Baseline<GradNorm> = Baseline(
    GradNorm(),
    name: "gradnorm",
    summary: "losses weighted so that gradient norms suit the training rates",
    formula: """
      minimize  Σₖ wₖ Lₖ,   w = K softmax(v),   v minimizes Σₖ |Gₖ − tₖ| with t held constant
      Gₖ = wₖ ‖gₖ‖,   tₖ = mean(G) rₖ^α,   rₖ = Lₖ/Lₖ(0) over its mean
      """,
    source: "Chen, Badrinarayanan, Lee & Rabinovich, ICML 2018, arXiv:1711.02257, algorithm 1; "
      + "the softmax form is LibMTL's, form=original is nearer to the paper",
    hyperparameters: [
      Hyperparameter("alpha", "How strongly a task that lags behind is favoured", \.alpha),
      Hyperparameter("form", "How the weights keep their sum", \.form),
      Hyperparameter(
        "learningRate", "The step size of the weights of the original form", \.learningRate),
    ])
}
