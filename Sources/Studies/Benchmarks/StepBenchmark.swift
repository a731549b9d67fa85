import Foundation
import RankineSupport
import RankineTraining

/// Times training steps of a fixed model: a shared layer over p features, two layers and a score per
/// task, trained in batches of B of n rows.
package struct StepBenchmark: Sendable {
  /// What is trained.
  package enum Variant: String, CaseIterable, Sendable {
    case rank
    case rankProx = "rank-prox"
    case uniform
    case uncertainty
    case gradnorm

    var isPairwise: Bool { self == .rank || self == .rankProx }
  }

  /// Runs the closure and says how often it called the allocator; nil where that cannot be told.
  package typealias AllocationCount = (_ body: () throws -> Void) throws -> Int?

  package let sample: BenchmarkSample
  package let variant: Variant
  package let threads: Int

  package init(_ sample: BenchmarkSample, variant: Variant, threads: Int) {
    (self.sample, self.variant, self.threads) = (sample, variant, threads)
  }

  /// Steps before those that are timed.
  package static let warmUp = 20

  /// Trains the steps that the sample prescribes, if any, then more: after a warm-up each step is
  /// timed, and apart from them the scoring of all rows that opens an epoch.
  ///
  /// - Parameters:
  ///   - size: the name under which the result goes.
  ///   - steps: steps to time in each run.
  ///   - runs: how often; all their steps count.
  /// - Throws: `TrainingError` (`not-finite`), errors of a model that does not compile.
  package func run(
    size: String, steps: Int, runs: Int = 1, countingAllocations: AllocationCount = { _ in nil }
  ) throws -> Result {
    let (trainer, compile) = try makeTrainer()
    let losses = try prescribedLosses(trainer)
    var timings = StepTimings(trainer, shape: sample.shape)
    try timings.train(Self.warmUp)
    timings.forget()
    for _ in 0..<runs { try timings.train(steps) }
    let counted = 20
    let allocations = try countingAllocations {
      for _ in 0..<counted { try timings.trainAgain() }
    }
    return Result(
      size: size, variant: variant, threads: threads, shape: sample.shape, runs: runs,
      timings: timings, allocationsPerStep: allocations.map { Double($0) / Double(counted) },
      compileMilliseconds: compile / .milliseconds(1),
      peakResidentMegabytes: Self.peakResidentMegabytes, losses: losses)
  }

  /// For each instruction of a step its line and the median of its times in microseconds.
  package func instructionTimings(runs: Int) throws -> [(line: String, microseconds: Double)] {
    let trainer = try makeTrainer().trainer
    trainer.refreshPartners()
    let rows = (0..<Int32(sample.shape.batch)).map { $0 }
    _ = try rows.withUnsafeBufferPointer { try trainer.step($0) }
    return trainer.instructionTimings(runs: runs)
  }

  /// The losses of the steps that the sample prescribes; nil where it prescribes none.
  private func prescribedLosses(_ trainer: Trainer<Float>) throws -> [Double]? {
    guard !sample.batches.isEmpty else { return nil }
    return try sample.batches.enumerated().map { step, rows in
      if step % sample.shape.stepsPerEpoch == 0 { trainer.refreshPartners() }
      return try rows.withUnsafeBufferPointer { try trainer.step($0) }
    }
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
