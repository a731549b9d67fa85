import RankineLanguage
import RankineRuntime
import RankineTraining

extension StepBenchmark {
  /// The trainer, and how long its programs took to lower and compile.
  func makeTrainer() throws -> (trainer: Trainer<Float>, compile: Duration) {
    let shape = sample.shape
    let clock = ContinuousClock(), start = clock.now
    let lowered = try LoweredModel(
      model, features: shape.p,
      tasks: sample.outcomes.map {
        TaskDescription(name: $0.name, scale: $0.scale, levelCount: max(2, $0.levels.count))
      })
    var options = TrainingOptions()
    options.learningRate = 1e-3
    options.weightDecay = 0
    options.batchSize = shape.batch
    options.dropsLastBatch = true
    options.penaltyStep = variant == .rankProx ? .proximalElementwise : .subgradient
    let programs = try TrainingPrograms(lowered, featureCount: shape.p, options: options)
    let compile = clock.now - start
    let rows = TrainingSample(
      sample.features, outcomes: sample.outcomes, rows: Array(0..<shape.n))
    let trainer: Trainer<Float> = try Trainer(
      programs, sample: rows, held: nil, options: options, seed: 1,
      pool: ThreadPool(threads: threads))
    if !sample.weights.isEmpty {
      var weights = ParameterSet(initialFor: programs.parameters, seed: 1)
      weights.values.merge(sample.weights) { $1 }
      trainer.reset(to: weights)
    }
    return (trainer, compile)
  }

  private var model: Model {
    let shape = sample.shape
    return Model {
      Shared {
        Dense(shape.h, activation: .silu).penalized(by: GroupLasso(.fixed(0.01), over: .inputs))
      }
      EachTask {
        Dense(shape.m, activation: .silu)
        Dense(shape.m, activation: .silu)
        Dense(1)
      }
      objective
    }
  }

  private var objective: Objective {
    switch variant {
    case .rank, .rankProx:
      Objective {
        SmoothedRank(bandwidth: .fixed(0.1), scores: .raw, normalization: .allOrderedPairs)
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
