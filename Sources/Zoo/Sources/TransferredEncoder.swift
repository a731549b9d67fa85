import RankineData
import RankineLanguage
import RankineSupport
import RankineTraining

/// A new task on the shared factors that a dual encoder has learned from others.
///
///     f(x) = α'S(x) + β'Ĉ(x) + b,   λ ‖β − ĉ‖₂
///
/// The shared encoder Ĉ, its factors' scale and the centre ĉ stay as they are; the task's own encoder and
/// all coefficients are learned. Under a large λ the coefficients are ĉ, and without one the other tasks
/// lend their factors alone: validation chooses.
///
/// - Source: arXiv:2505.24281 applies its encoder to a new task; the form is a reconstruction.
public struct TransferredEncoder: ModelDeclaration {
  /// The shared encoder, from the features up, with factors of mean 0 and deviation 1 at its end.
  public let encoder: [FrozenDense]
  /// ĉ.
  public let centre: [Double]
  /// The declaration of the other tasks, whose own encoder and constants the new task takes.
  public var source: DualEncoder
  /// How strongly coefficients are drawn to ĉ.
  public var selection: Strength = .path(count: 6)

  public var model: Model {
    Model {
      Shared { encoder.map { $0 as any Layer } }
      EachTask {
        if source.ownFactors > 0 {
          OwnEncoder {
            for width in source.ownWidths { Dense(width, activation: source.activation) }
            Dense(source.ownFactors)
          }
        }
        FactorHead(
          integration: FixedCentre(selection, centre: centre),
          own: source.sparsity > 0 ? L1(.fixed(source.sparsity)) : nil,
          separation: source.orthogonality > 0 ? Orthogonality(source.orthogonality) : nil,
          keepsSharedScale: true)
      }
      Objective { source.losses.declared }
      Rounds {
        if source.ownFactors > 0 {
          Phase.adam(
            on: .network, passes: source.passes, rate: source.rate, decay: source.decay)
        }
        Phase.rescaling
        Phase.proximalGradient(on: .coefficients)
      }
    }
  }
}

extension TransferredEncoder {
  /// Multiples of the strength at which β = ĉ: from ĉ itself to no help.
  public static let strengths: [Double] = [1e6, 1, 0.3, 0.1, 0.03, 0]

  /// Takes the shared encoder out of a fit.
  ///
  /// - Parameter ownFactors: how many factors the new task has for itself; 0 for a task of few rows.
  /// - Throws: `ZooError` (`nothing-to-transfer`) for a fit of another model, or one without shared
  ///   factors; `ModelError` for settings that this version does not know.
  public init(from fit: FittedModel, ownFactors: Int? = nil) throws {
    var source = DualEncoder()
    let weights = fit.networkWeights
    let head = source.headName(in: weights.keys.sorted())
    guard fit.name == "\(DualEncoder.self)", let head, let rows = fit.coefficientRows,
      let center = weights["\(head).shared.center"],
      let scale = weights["\(head).shared.scale"]
    else {
      throw ZooError(
        code: "nothing-to-transfer", place: "the model \(fit.name)",
        message: "it has no shared factors that a new task could use",
        hint: "fit the other tasks with --model dual-encoder")
    }
    for setting in fit.settings { try source.set(setting.name, to: setting.value) }
    if let ownFactors { source.ownFactors = ownFactors }
    self.source = source
    let width = scale.values.count
    let taskCount = fit.outcomes.count
    switch source.integration {
    case .centroid, .centroidL1: centre = rows[min(taskCount, rows.count - 1)]
    default:
      let own = rows.prefix(taskCount)
      centre = (0..<width).map { factor in
        own.reduce(0) { $0 + $1[factor] } / Double(max(1, own.count))
      }
    }
    encoder = try Self.layers(
      weights, activation: source.activation, center: center.values, scale: scale.values)
  }

  /// The shared layers with the scale of their factors in the last one.
  private static func layers(
    _ weights: [String: (values: [Double], extents: [Int])], activation: Activation,
    center: [Double], scale: [Double]
  ) throws -> [FrozenDense] {
    var layers: [FrozenDense] = []
    var index = 0
    while let weight = weights["shared.\(index).weight"], let bias = weights["shared.\(index).bias"]
    {
      let isLast = weights["shared.\(index + 1).weight"] == nil
      let inputs = weight.extents.last ?? 1
      layers.append(
        isLast
          ? FrozenDense(
            weight: weight.values.enumerated().map { $1 / scale[$0 / inputs] },
            bias: bias.values.indices.map { (bias.values[$0] - center[$0]) / scale[$0] })
          : FrozenDense(weight: weight.values, bias: bias.values, activation: activation))
      index += 1
    }
    return layers
  }
}

extension DualEncoder {
  /// What the parameters of the head start with: `task.1`, or `task.0` without own factors.
  fileprivate func headName(in names: [String]) -> String? {
    names.first { $0.hasSuffix(".beta") }.map { String($0.dropLast(".beta".count)) }
  }
}

extension FittedModel {
  /// Fits a new task, or several, with the shared encoder of a dual encoder that other tasks have
  /// learned.
  ///
  /// - Parameters:
  ///   - data: rows of the new task with the columns of the old ones' predictors.
  ///   - ownFactors: how many factors the task has for itself; those of the other tasks when nil.
  /// - Throws: as `TransferredEncoder.init(from:ownFactors:)`, `DataError` for predictors that are missing.
  public func transferred(
    to data: Dataset, parts: Parts, ownFactors: Int? = nil, seed: UInt64 = 1,
    options: TrainingOptions = TrainingOptions(), threads: Int = 1,
    progress: (@Sendable (TrainingProgress) -> Void)? = nil
  ) throws -> FittedModel {
    var options = options
    options.strengths = options.strengths ?? TransferredEncoder.strengths
    return try TransferredEncoder(from: self, ownFactors: ownFactors).fit(
      data, parts: parts, preprocessor: preprocessor, seed: seed, options: options,
      threads: threads, progress: progress)
  }
}
