import RankineLanguage
import RankineSupport

/// The models that come with the framework.
public enum Zoo {
  /// Every model, the default first.
  public static let all: [any ZooModel.Type] = [
    DeepSmoothedRank.self,
    Automatic.self,
    SingleTaskRank.self,
    WeightedLosses<Uniform>.self,
    WeightedLosses<Uncertainty>.self,
    WeightedLosses<DynamicWeightAverage>.self,
    WeightedLosses<GradNorm>.self,
    WeightedLosses<RandomWeights>.self,
    WeightedLosses<GeometricMean>.self,
    WeightedLosses<MGDA>.self,
    WeightedLosses<GradDrop>.self,
    WeightedLosses<PCGrad>.self,
    WeightedLosses<GradVac>.self,
    WeightedLosses<CAGrad>.self,
    WeightedLosses<IMTL>.self,
    WeightedLosses<NashMTL>.self,
    WeightedLosses<FairGrad>.self,
    WeightedLosses<MoCo>.self,
    WeightedLosses<AlignedMTL>.self,
    WeightedLosses<DBMTL>.self,
    WeightedLosses<SmoothTchebycheff>.self,
    WeightedLosses<FAMO>.self,
    WeightedLosses<ExcessMTL>.self,
    WeightedLosses<MoDo>.self,
    WeightedLosses<SDMGrad>.self,
    WeightedLosses<UPGrad>.self,
    HybridRank.self,
    NormalScores.self,
    HardSharing.self,
    MixtureOfExperts.self,
    SelectedExperts.self,
    CustomizedGateControl.self,
    LayeredExtraction.self,
    CrossStitchNetwork.self,
    AttentionNetwork.self,
    DirtyRank.self,
    HierarchicalRank.self,
    SparseGroupRank.self,
    PooledRank.self,
    DualEncoder.self,
    LinearSources.self,
    LinearRank.self,
    LinearSingleTask.self,
    LinearPooled.self,
    LinearLasso.self,
    LinearGroupLasso.self,
    LinearSparseGroupLasso.self,
    IndependentSupports.self,
    SimilarSupports.self,
    SimilarCoefficients.self,
    SimilarSupportsAndCoefficients.self,
    CommonSupport.self,
    CommonSupportSimilarCoefficients.self,
    MergedSupport.self,
    SimilarRidge.self,
  ]

  /// The names of all models, in the order of the list.
  public static var names: [String] { all.map { $0.entry.name } }

  /// The model of that name.
  ///
  /// - Throws: `ZooError` (`unknown-model`) with the nearest name.
  public static func model(named name: String) throws(ZooError) -> any ZooModel.Type {
    for model in all where model.entry.name == name { return model }
    throw ZooError(
      code: "unknown-model", place: "the model \"\(name)\"",
      message: "there is no model of this name",
      hint: suggestion(for: name, among: names))
  }
}

/// A model that is asked for and not there.
///
/// `code` is `unknown-model`, or `nothing-to-transfer` for a fit whose factors no other task can use.
public struct ZooError: UserError, Equatable {
  public let code: String
  public let place: String
  public let message: String
  public let hint: String?
}
