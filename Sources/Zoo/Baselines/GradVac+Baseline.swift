import RankineLanguage

extension GradVac: BaselineRule {
  public static let baseline: Baseline<GradVac> = Baseline(
    GradVac(),
    name: "gradvac",
    summary: "gradients are turned towards each other until cosines are as usual",
    formula: """
      shared parameters along Σᵢ g̃ᵢ;  for j ≠ i in random order, where ρ = cos(g̃ᵢ, gⱼ) < φᵢⱼ:
      g̃ᵢ ← g̃ᵢ + ‖g̃ᵢ‖ (φ √(1 − ρ²) − ρ √(1 − φ²))/(‖gⱼ‖ √(1 − φ²)) gⱼ,   φ ← (1 − β) φ + β ρ
      each task's own parameters along their own gradient
      """,
    source: "Wang, Tsvetkov, Firat & Cao, ICLR 2021, arXiv:2010.05874, algorithm 1; all shared "
      + "parameters are one group",
    hyperparameters: [
      Hyperparameter("beta", "The weight of the present cosine in its running mean", \.beta)
    ])
}
