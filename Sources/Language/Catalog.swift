/// Everything that comes with the language, one line a kind: what messages suggest, help lists and
/// tests walk.
public enum Catalog {
  /// Layers, with hyperparameters that stand for any.
  public static let layers: [any Layer] = [
    Dense(1),
    LayerNorm(),
    Dropout(0.1),
    Experts(2) { Dense(1) },
    Gate(),
    SelectingGate(),
    CrossStitch(),
    Attention(to: 0, width: 1),
    ProgressiveExtraction { Dense(1) },
    OwnEncoder { Dense(1) },
    FactorHead(),
    FrozenDense(weight: [1], bias: [0]),
    SharedPlusOwn(1),
  ]

  /// Losses with their default hyperparameters.
  public static let losses: [any Loss] = [
    SmoothedRank(),
    TieAttraction(),
    Huber(),
    SquaredError(),
    CrossEntropy(),
    PoissonLoss(),
    CoxPartialLikelihood(),
    OrdinalLogit(),
    WeibullAFT(),
    Hybrid { Huber() },
  ]

  /// Penalties of strength 1.
  public static let penalties: [any Penalty] = [
    GroupLasso(.fixed(1), over: .inputs),
    GroupLasso(.fixed(1), over: .units),
    L1(.fixed(1)),
    SparseGroupLasso(.fixed(1), mix: 0.5),
    Ridge(.fixed(1)),
    GroupMCP(.fixed(1)),
    GroupSCAD(.fixed(1)),
    Dirty(.fixed(1)),
    Hierarchical(.fixed(1)),
    TaskGroupLasso(.fixed(1)),
  ]

  /// Penalties of strength 1 that draw the tasks' coefficients together.
  public static let integrations: [any IntegrationPenalty] = [
    Centroid(.fixed(1)),
    CentroidL1(.fixed(1)),
    Pairwise(.fixed(1)),
    RidgeMean(.fixed(1)),
    MultiCentroid(.fixed(1)),
  ]

  /// Balancing rules with their default hyperparameters.
  ///
  /// Rules that learn from a second stream of batches (MOML, FORUM, Auto-λ) are not among them.
  public static let balancings: [any Balancing] = [
    Uniform(),
    SampleShares(),
    Uncertainty(),
    DynamicWeightAverage(),
    GradNorm(),
    RandomWeights(),
    GeometricMean(),
    MGDA(),
    GradDrop(),
    PCGrad(),
    GradVac(),
    CAGrad(),
    IMTL(),
    NashMTL(),
    FairGrad(),
    MoCo(),
    AlignedMTL(),
    DBMTL(),
    SmoothTchebycheff(),
    FAMO(),
    ExcessMTL(),
    MoDo(),
    SDMGrad(),
    UPGrad(),
  ]
}
