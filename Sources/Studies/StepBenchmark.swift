import Foundation
import RankineCompiler
import RankineData
import RankineGraph
import RankineLanguage
import RankineRuntime
import RankineSupport
import RankineTraining

/// Times training steps of a fixed model on drawn data: a shared layer over p features, two layers
/// and a score per task, trained in batches of B of n rows.
package struct StepBenchmark: Sendable {
  /// The sizes of the comparison with other frameworks.
  package enum Size: String, CaseIterable, Sendable {
    case small = "S"
    case medium = "M"
    case large = "L"

    /// Rows, features, shared units, task units, batch, tasks.
    var counts: (n: Int, p: Int, h: Int, m: Int, b: Int, k: Int) {
      switch self {
      case .small: (600, 500, 64, 32, 64, 2)
      case .medium: (2000, 2000, 128, 64, 128, 2)
      case .large: (10_000, 5000, 256, 64, 256, 5)
      }
    }
  }

  /// What is trained.
  package enum Variant: String, CaseIterable, Sendable {
    case rank
    case rankProx = "rank-prox"
    case uniform
    case uncertainty
    case gradnorm
  }

  package let size: Size
  package let variant: Variant
  package let threads: Int

  package init(size: Size, variant: Variant, threads: Int) {
    (self.size, self.variant, self.threads) = (size, variant, threads)
  }

  /// What was measured; one JSON line a case.
  package struct Result: Codable, Sendable {
    package let size: String
    package let variant: String
    package let threads: Int
    package let medianMicroseconds: Double
    package let minMicroseconds: Double
    package let maxMicroseconds: Double
    package let scoringMicroseconds: Double
    package let steps: Int
    package let compileMilliseconds: Double
    package let peakResidentMegabytes: Double
    package let finalLoss: Double

    enum CodingKeys: String, CodingKey {
      case size, variant, threads, steps
      case medianMicroseconds = "median_us"
      case minMicroseconds = "min_us"
      case maxMicroseconds = "max_us"
      case scoringMicroseconds = "refresh_us"
      case compileMilliseconds = "compile_ms"
      case peakResidentMegabytes = "peak_rss_mb"
      case finalLoss = "loss_last"
    }
  }

  /// Trains for some steps after a warm-up and times each, the scoring of all rows that opens an epoch
  /// apart.
  package func run(steps: Int, warmUp: Int = 20) throws -> Result {
    let clock = ContinuousClock()
    let (trainer, compile) = try makeTrainer()
    var times: [Double] = [], refreshes: [Double] = []
    var loss = Double.nan, random = CounterRandom(seed: 1, named: "batches")
    let (n, b) = (size.counts.n, size.counts.b)
    while times.count < steps + warmUp {
      let order = random.permutation(n).map { Int32($0) }
      refreshes.append(clock.measure { trainer.refreshPartners() } / .microseconds(1))
      for start in stride(from: 0, through: n - b, by: b) where times.count < steps + warmUp {
        let time = try order[start..<(start + b)].withUnsafeBufferPointer { rows in
          try clock.measure { loss = try trainer.step(rows) }
        }
        times.append(time / .microseconds(1))
      }
    }
    let counted = times.dropFirst(warmUp).sorted()
    return Result(
      size: size.rawValue, variant: variant.rawValue, threads: threads,
      medianMicroseconds: counted[counted.count / 2], minMicroseconds: counted[0],
      maxMicroseconds: counted[counted.count - 1],
      scoringMicroseconds: refreshes.sorted()[refreshes.count / 2], steps: counted.count,
      compileMilliseconds: compile / .milliseconds(1),
      peakResidentMegabytes: Self.peakResidentMegabytes, finalLoss: loss)
  }

  /// For each instruction of a step its line and the median of its times in microseconds.
  package func instructionTimings(runs: Int) throws -> [(line: String, microseconds: Double)] {
    let trainer = try makeTrainer().trainer
    trainer.refreshPartners()
    let rows = (0..<Int32(size.counts.b)).map { $0 }
    _ = try rows.withUnsafeBufferPointer { try trainer.step($0) }
    return trainer.instructionTimings(runs: runs)
  }

  private static var peakResidentMegabytes: Double {
    var usage = rusage()
    #if os(Linux)
      getrusage(__rusage_who_t(RUSAGE_SELF.rawValue), &usage)
      return Double(usage.ru_maxrss) / 1024
    #else
      getrusage(RUSAGE_SELF, &usage)
      return Double(usage.ru_maxrss) / 1_048_576
    #endif
  }
}

extension StepBenchmark {
  /// The trainer, and how long its programs took to lower and compile.
  func makeTrainer() throws -> (trainer: Trainer<Float>, compile: Duration) {
    let (n, p, _, _, b, k) = size.counts
    var random = CounterRandom(seed: 1, named: "benchmark")
    let features = FeatureMatrix(
      names: (0..<p).map { "x\($0)" }, rowCount: n, precision: .float
    ) { writer in
      for row in 0..<n {
        for column in 0..<p { writer.set(random.normal(), row: row, column: column) }
      }
    }
    // The first half of the tasks, rounded up, is continuous and the rest binary.
    let outcomes: [OutcomeValues] = (0..<k).map { task in
      let isBinary = task >= (k + 1) / 2
      let values = (0..<n).map { row -> Double in
        let score = (0..<10).map { features[row, 5 * task + $0] }.reduce(0, +) + random.normal()
        return isBinary ? (score > 0 ? 1 : 0) : score
      }
      return isBinary
        ? OutcomeValues(
          name: "y\(task)", type: BinaryOutcome(), values: values, levels: ["0", "1"])
        : OutcomeValues(name: "y\(task)", type: ContinuousOutcome(), values: values)
    }
    let clock = ContinuousClock(), start = clock.now
    let lowered = try LoweredModel(
      model, features: p,
      tasks: outcomes.map {
        TaskDescription(
          name: $0.name, scale: $0.scale, levelCount: max(2, $0.levels.count))
      })
    var options = TrainingOptions()
    options.learningRate = 1e-3
    options.weightDecay = 0
    options.batchSize = b
    options.dropsLastBatch = true
    options.penaltyStep = variant == .rankProx ? .proximalElementwise : .subgradient
    let programs = try TrainingPrograms(lowered, featureCount: p, options: options)
    let compile = clock.now - start
    let sample = TrainingSample(features, outcomes: outcomes, rows: Array(0..<n))
    let trainer: Trainer<Float> = try Trainer(
      programs, sample: sample, held: nil, options: options, seed: 1,
      pool: ThreadPool(threads: threads))
    return (trainer, compile)
  }

  private var model: Model {
    let (_, _, h, m, _, _) = size.counts
    return Model {
      Shared {
        Dense(h, activation: .silu).penalized(by: GroupLasso(.fixed(0.01), over: .inputs))
      }
      EachTask {
        Dense(m, activation: .silu)
        Dense(m, activation: .silu)
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
    case .uncertainty: Objective(balancing: Uncertainty()) { weightedLosses }
    case .gradnorm: Objective(balancing: GradNorm()) { weightedLosses }
    }
  }

  @LossBuilder private var weightedLosses: [any Loss] {
    Huber(delta: 1).on(.continuous)
    CrossEntropy().on(.binary)
  }
}
