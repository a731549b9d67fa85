import RankineData

/// How a model is trained: step sizes, batches, stopping, and the search for the penalty's strength.
///
/// The defaults are those that an independent simulation of six settings found to work.
public struct TrainingOptions: Codable, Sendable, Equatable {
  /// The rule that turns gradients into steps.
  public var optimizer: OptimizerKind = .adam
  /// The step size η of the optimizer.
  public var learningRate: Double = 5e-3
  /// Rows in a mini-batch. When nil: 64, or for more than 2560 training rows the multiple of 64 that
  /// makes an epoch of at most 40 steps. Where tasks have rows of their own, of each task: when nil, 32.
  public var batchSize: Int?
  /// Whether the last, shorter batch of an epoch is left out.
  public var dropsLastBatch: Bool = false
  /// The most epochs per strength of the penalty.
  public var epochs: Int = 200
  /// Epochs without a better validation concordance after which a fit stops.
  public var patience: Int = 40
  /// Decoupled weight decay of weights after the first layer, per unit of learning rate.
  public var weightDecay: Double = 1e-2
  /// Whether validation and prediction use a running mean of the weights, w̄ ← a·w̄ + (1 − a)·w after
  /// epoch t = 0, 1, … with a = min(0.9, (t + 1)/(t + 5)); else the weights themselves.
  public var averagesWeights: Bool = true
  /// How a step takes penalties into account.
  public var penaltyStep: PenaltyStep = .proximalShared
  /// Epochs from one scoring of all training rows, the partners of pairwise losses, to the next.
  public var partnerRefresh: Int = 1
  /// Strengths of the path in multiples of λ_max, the largest norm that a column of the first gradient
  /// has. When nil: the recommended ones, spread over as many values as the model declares.
  public var strengths: [Double]?
  /// Which strength of a path is kept.
  public var strengthRule: StrengthRule = .best
  /// Where each fit of a path starts.
  public var pathStart: PathStart = .fresh
  /// Whether a second path weighs columns by the norms that the first one found.
  public var adaptiveWeights: AdaptiveWeights = .automatic
  /// Whether steps leave out features whose weights are all exactly zero.
  public var activeColumns: ActiveColumns = .automatic
  /// Folds of training and validation rows that choose the strength when validation rows are few.
  public var foldCount: Int = 5
  /// Whether pointwise losses see continuous outcomes centred at the training median and divided by the
  /// training median absolute deviation, so that losses of residuals do not depend on units. Losses of
  /// order do not notice.
  public var scalesTargets: Bool = true
  /// The numbers to compute with.
  public var precision: Precision = .float

  /// The defaults.
  public init() {}

  /// - Throws: `TrainingError` (`bad-option`) naming the option and what it may be.
  func validate() throws(TrainingError) {
    func require(_ holds: Bool, _ option: String, _ value: Any, _ range: String)
      throws(TrainingError)
    {
      guard !holds else { return }
      throw TrainingError(
        "bad-option", at: "training options", "\(option) is \(value)", hint: "give \(range)")
    }
    let isRate = learningRate.isFinite && learningRate > 0
    try require(isRate, "learningRate", learningRate, "a finite number above 0")
    try require((batchSize ?? 1) >= 1, "batchSize", batchSize ?? 1, "at least 1")
    try require(epochs >= 1, "epochs", epochs, "at least 1")
    try require(patience >= 1, "patience", patience, "at least 1")
    let isDecay = weightDecay.isFinite && weightDecay >= 0
    try require(isDecay, "weightDecay", weightDecay, "a finite number of at least 0")
    try require(partnerRefresh >= 1, "partnerRefresh", partnerRefresh, "at least 1")
    try require(foldCount >= 2, "foldCount", foldCount, "at least 2")
    let grid = strengths ?? [1]
    let isGrid = !grid.isEmpty && grid.allSatisfy { $0.isFinite && $0 >= 0 }
    try require(isGrid, "strengths", grid, "at least one finite number of at least 0")
  }

  /// The rows in a mini-batch for so many training rows.
  package func batchSize(rowCount: Int) -> Int {
    min(rowCount, batchSize ?? max(64, (rowCount + 2559) / 2560 * 64))
  }

  /// The rows in a mini-batch of a sample in which tasks may have rows of their own: as many of each set
  /// of tasks that shares its rows, at most those of the largest set.
  package func batchSize(blocks: [Int]) -> Int {
    guard blocks.count > 1 else { return batchSize(rowCount: blocks.first ?? 0) }
    return blocks.count * min(blocks.max() ?? 1, batchSize ?? 32)
  }

  /// The share of the old mean in the new one after an epoch, counted from 0.
  func averagingFactor(epoch: Int) -> Double {
    averagesWeights ? min(0.9, Double(epoch + 1) / Double(epoch + 5)) : 0
  }
}

/// The rule that turns gradients into steps.
public enum OptimizerKind: String, Codable, Sendable, CaseIterable {
  /// Adam with β₁ = 0.9, β₂ = 0.999, ε = 10⁻⁸.
  case adam
  /// Plain stochastic gradient descent.
  case gradientDescent = "gradient-descent"
}

/// How a step takes the penalty of a weight into account.
public enum PenaltyStep: String, Codable, Sendable, CaseIterable {
  /// Adam with one second moment for the whole weight, so that all columns move with one step size
  /// η/(√v̂ + ε), then the proximal map at that step size times λ. Exact zeros; the useful λ are near
  /// the gradient's own scale.
  case proximalShared = "proximal-shared"
  /// Elementwise Adam, then the proximal map at η·λ. Exact zeros; the useful λ are some hundred times
  /// larger.
  case proximalElementwise = "proximal-elementwise"
  /// The penalty's gradient is added to the loss's. No exact zeros.
  case subgradient
}

/// Where each fit of a path starts.
public enum PathStart: String, Codable, Sendable, CaseIterable {
  /// At the same first weights. The fits of a path do not depend on each other and run side by side.
  case fresh
  /// At the weights where the fit of the next larger strength ended.
  case warm
}

/// Whether a second path weighs columns by the norms that the first one found.
public enum AdaptiveWeights: String, Codable, Sendable, CaseIterable {
  /// For at most 500,000 training numbers (rows times features), where a path is a matter of seconds.
  case automatic
  case always
  case never

  func isOn(rowCount: Int, featureCount: Int) -> Bool {
    switch self {
    case .automatic: rowCount * featureCount <= 500_000
    case .always: true
    case .never: false
    }
  }
}

/// Whether steps leave out features whose weights a penalty has made exactly zero, so that their cost
/// grows with the features that are left.
///
/// The others are looked at on a schedule and before a fit ends, by their gradients over all training
/// rows; those whose gradients outweigh the penalty come back. It needs a proximal step and a penalty
/// that zeroes whole inputs on every weight that sees the features; elsewhere it has no effect.
public enum ActiveColumns: String, Codable, Sendable, CaseIterable {
  /// From 1000 features on.
  case automatic
  case always
  case never

  func isOn(featureCount: Int) -> Bool {
    switch self {
    case .automatic: featureCount >= 1000
    case .always: true
    case .never: false
    }
  }
}
