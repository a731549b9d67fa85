import RankineLanguage

extension CAGrad: BaselineRule {
  public static let baseline: Baseline<CAGrad> = Baseline(
    CAGrad(),
    name: "cagrad",
    summary: "near the mean gradient, the best direction for the task that gains least",
    formula: """
      shared parameters along (g₀ + c ‖g₀‖ g_w/‖g_w‖)/(1 + c²),   g₀ = mean(g),
      w = argmin g_w·g₀ + c ‖g₀‖ ‖g_w‖ over the simplex
      each task's own parameters along their own gradient
      """,
    source: "Liu, Liu, Jin, Stone & Liu, NeurIPS 2021, arXiv:2110.14048, algorithm 1; w exactly, "
      + "by trying every set of tasks",
    hyperparameters: [
      Hyperparameter("radius", "c: how far from the mean gradient to look", \.radius),
      Hyperparameter("rescaling", "Divisor of the direction: 1, 1 + c² or 1 + c", \.rescaling),
    ])
}
