import RankineLanguage

extension PCGrad: BaselineRule {
  public static let baseline: Baseline<PCGrad> = Baseline(
    PCGrad(),
    name: "pcgrad",
    summary: "what works against another task is projected out of each gradient",
    formula: """
      shared parameters along Σᵢ g̃ᵢ;  for j ≠ i in random order, where g̃ᵢ·gⱼ < 0:
      g̃ᵢ ← g̃ᵢ − (g̃ᵢ·gⱼ)/‖gⱼ‖² gⱼ
      each task's own parameters along their own gradient
      """,
    source: "Yu et al., NeurIPS 2020, arXiv:2001.06782, algorithm 1")
}
