import Foundation
import RankineCompiler
import RankineData
import RankineGraph
import RankineLanguage
import RankineRuntime
import Testing

@testable import RankineTraining

/// Two independent implementations agree on these 50 steps; so must this one.
@Suite(.enabled(if: ReferenceRun.isAvailable))
struct ReferenceTests {
  @Test(arguments: ReferenceVariant.allCases)
  func fiftyLossesAgree(_ variant: ReferenceVariant) throws {
    let run = try ReferenceRun(variant)
    let expected = try run.archive.array("loss_\(variant.rawValue)").values
    let losses = try run.train(steps: expected.count)
    for (step, (loss, wanted)) in zip(losses, expected).enumerated() {
      #expect(abs(loss - wanted) <= 1e-4 * abs(wanted), "step \(step + 1): \(loss), \(wanted)")
    }
  }

  @Test(arguments: ReferenceVariant.allCases.filter { $0 != .strong })
  func firstGradientsAgree(_ variant: ReferenceVariant) throws {
    let run = try ReferenceRun(variant)
    for (leaf, name) in ReferenceRun.names {
      let expected = try run.archive.array("grad_\(variant.rawValue)_\(name)").values
      let gradient = try run.firstGradient(of: leaf)
      let error = zip(gradient, expected).map { ($0 - $1) * ($0 - $1) }.reduce(0, +).squareRoot()
      let size = expected.map { $0 * $0 }.reduce(0, +).squareRoot()
      // The bias of the score shifts all scores alike, so its gradient is rounding around zero.
      #expect(error <= 1e-4 * size + 1e-7, "\(name): \(error) of \(size)")
    }
  }

  @Test func aStrongPenaltyRemovesExactly194Columns() throws {
    let run = try ReferenceRun(.strong)
    _ = try run.train(steps: 50)
    #expect(run.trainer.nonzeroCount == 500 - 194)
  }
}

enum ReferenceVariant: String, CaseIterable, Sendable {
  case rank, uniform, uncertainty, gradnorm
  case proximal = "rank_prox"
  case strong = "rank_prox_strong"

  var isPairwise: Bool { [.rank, .proximal, .strong].contains(self) }
  var isProximal: Bool { [.proximal, .strong].contains(self) }

  func model() -> Model {
    let penalty = GroupLasso(.fixed(self == .strong ? 5 : 0.01), over: .inputs)
    return Model {
      Shared { Dense(64, activation: .silu).penalized(by: penalty) }
      EachTask {
        Dense(32, activation: .silu)
        Dense(32, activation: .silu)
        Dense(1)
      }
      objective
    }
  }

  private var objective: Objective {
    switch self {
    case .rank, .proximal, .strong:
      Objective {
        SmoothedRank(
          bandwidth: .fixed(0.1), scores: .raw, normalization: .allOrderedPairs)
      }
    case .uniform: Objective { weightedLosses }
    case .uncertainty:
      Objective(balancing: Uncertainty(initial: 0, classificationFactor: 1)) { weightedLosses }
    case .gradnorm: Objective(balancing: GradNorm(form: .original)) { weightedLosses }
    }
  }

  @LossBuilder private var weightedLosses: [any Loss] {
    Huber(delta: 1).on(.continuous)
    CrossEntropy().on(.binary)
  }
}

/// The reference's model, data, weights and batches.
struct ReferenceRun {
  /// Where `RANKINE_REFERENCE` says, else beside the checkout.
  static let url =
    ProcessInfo.processInfo.environment["RANKINE_REFERENCE"].map { URL(fileURLWithPath: $0) }
    ?? URL(fileURLWithPath: #filePath)
    .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
    .appendingPathComponent("../shared/reference/reference_S.npz")
  static var isAvailable: Bool { FileManager.default.fileExists(atPath: url.path) }
  /// Leaves and their names in the reference.
  static let names = [
    ("shared.0.weight", "W0"), ("shared.0.bias", "b0"), ("task.0.weight", "W1"),
    ("task.0.bias", "b1"), ("task.1.weight", "W2"), ("task.1.bias", "b2"),
    ("task.2.weight", "W3"), ("task.2.bias", "b3"),
  ]

  /// Read once for all tests.
  private static let shared = Result { try NumpyArchive(contentsOf: url) }

  let archive: NumpyArchive
  let trainer: Trainer<Float>
  private let gradients: CompiledProgram
  private let batches: [[Int32]]
  private let stepsPerEpoch: Int

  init(_ variant: ReferenceVariant) throws {
    archive = try Self.shared.get()
    let x = try archive.array("X"), y = try archive.array("y")
    let (rows, width) = (x.shape[0], x.shape[1])
    let features = FeatureMatrix(
      names: (0..<width).map { "x\($0)" }, rowCount: rows, values: x.values)
    let outcomes = [
      OutcomeValues(name: "a", type: ContinuousOutcome(), values: Array(y.values.prefix(rows))),
      OutcomeValues(
        name: "b", type: BinaryOutcome(), values: Array(y.values.suffix(rows)),
        levels: ["0", "1"]),
    ]
    let lowered = try LoweredModel(
      variant.model(), features: width,
      tasks: [
        TaskDescription(name: "a", scale: .continuous),
        TaskDescription(name: "b", scale: .binary, levelCount: 2),
      ])
    var options = TrainingOptions()
    options.learningRate = 1e-3
    options.weightDecay = 0
    options.batchSize = 64
    options.penaltyStep = variant.isProximal ? .proximalElementwise : .subgradient
    let programs = try TrainingPrograms(lowered, featureCount: width, options: options)
    trainer = try Trainer(
      programs,
      sample: TrainingSample(features, outcomes: outcomes, rows: Array(0..<rows)), held: nil,
      options: options, seed: 1)
    var weights = ParameterSet(initialFor: programs.parameters, seed: 1)
    for (leaf, name) in Self.names { weights.values[leaf] = try archive.array(name).values }
    trainer.reset(to: weights)
    trainer.set(strength: 0)
    gradients = try Self.gradientProgram(lowered, variant: variant)
    let all = try archive.array("batches")
    batches = (0..<all.shape[0]).map { step in
      all.values[(step * all.shape[1])..<((step + 1) * all.shape[1])].map { Int32($0) }
    }
    stepsPerEpoch = Int(try archive.array("steps_per_epoch").values[0])
  }

  func train(steps: Int) throws -> [Double] {
    try (0..<steps).map { step in
      if step % stepsPerEpoch == 0 { trainer.refreshPartners() }
      return try batches[step].withUnsafeBufferPointer { try trainer.step($0) }
    }
  }

  func firstGradient(of leaf: String) throws -> [Double] {
    trainer.refreshPartners()
    trainer.storage.setIndices(LeafName.rows, batches[0])
    trainer.storage.set(LeafName.step, 1)
    let executable = try gradients.bind(
      ["batch": 64, "sample": 600], storage: trainer.storage, pool: ThreadPool(threads: 1))
    executable.run()
    return executable.output(leaf).map { Double($0) }
  }

  private static func gradientProgram(
    _ model: LoweredModel, variant: ReferenceVariant
  ) throws -> CompiledProgram {
    var loss = model.objective().total
    if !variant.isProximal {
      for parameter in model.parameters {
        guard let penalty = parameter.penalty else { continue }
        loss =
          loss
          + penalty.value(
            parameter.leaf, strength: model.graph.constant(0.01), columnWeights: nil)
      }
    }
    let gradients = loss.gradients(of: model.parameters.map(\.leaf))
    return try compile(
      Program(
        "gradients", graph: model.graph,
        outputs: zip(model.parameters, gradients).map { ($0.name, $1) }))
  }
}
