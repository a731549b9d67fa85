import RankineLanguage

extension AlignedMTL: BaselineRule {
  public static let baseline: Baseline<AlignedMTL> = Baseline(
    AlignedMTL(),
    name: "aligned-mtl",
    summary: "principal components of the gradients made equally long",
    formula: """
      shared parameters along Σₖ aₖ gₖ,   a = √λ_min V Λ^(−½) Vᵀ 1,  G = V Λ Vᵀ
      each task's own parameters along their own gradient
      """,
    source: "Senushkin, Patakin, Kuznetsov & Konushin, CVPR 2023, arXiv:2305.19000, section 4")
}
