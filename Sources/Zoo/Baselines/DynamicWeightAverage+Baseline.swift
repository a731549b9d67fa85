import RankineLanguage

extension DynamicWeightAverage: BaselineRule {
  public static let baseline: Baseline<DynamicWeightAverage> = Baseline(
    DynamicWeightAverage(),
    name: "dwa",
    summary: "losses weighted by how slowly they fell over the last two epochs",
    formula: """
      minimize  Σₖ wₖ Lₖ,   w = K softmax(r/T),   rₖ = L̄ₖ(e − 1)/L̄ₖ(e − 2)
      """,
    source: "Liu, Johns & Davison, CVPR 2019, arXiv:1803.10704, section 3.3",
    hyperparameters: [
      Hyperparameter("temperature", "T: the larger, the more alike the weights", \.temperature)
    ])
}
