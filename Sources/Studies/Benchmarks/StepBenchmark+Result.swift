extension StepBenchmark {
  /// What was measured; one JSON line a case. Times are microseconds a step.
  package struct Result: Codable, Sendable {
    package let size: String
    package let variant: String
    package let threads: Int
    package let n: Int
    package let p: Int
    package let batch: Int
    package let tasks: Int
    package let medianMicroseconds: Double
    package let minMicroseconds: Double
    package let maxMicroseconds: Double
    /// Processor time, all threads together: less disturbed by other work than elapsed time.
    package let processorMicroseconds: Double
    /// The scoring of all rows that opens an epoch; nil where the loss needs none.
    package let scoringMicroseconds: Double?
    /// A step's share of a whole epoch, scoring included; nil when no epoch was completed.
    package let epochMicroseconds: Double?
    /// Timed steps, in all runs together.
    package let steps: Int
    package let runs: Int
    /// Pairs of a row of the batch and a row of the sample; nil for losses without pairs.
    package let pairsPerSecond: Double?
    /// Calls of the allocator by all threads; nil where the platform does not let them be counted.
    package let allocationsPerStep: Double?
    package let compileMilliseconds: Double
    package let peakResidentMegabytes: Double
    package let finalLoss: Double
    /// Of the steps that the sample prescribes.
    package let losses: [Double]?

    enum CodingKeys: String, CodingKey {
      case size, variant, threads, n, p, batch, tasks, steps, runs, losses
      case medianMicroseconds = "median_us"
      case minMicroseconds = "min_us"
      case maxMicroseconds = "max_us"
      case processorMicroseconds = "cpu_us"
      case scoringMicroseconds = "refresh_us"
      case epochMicroseconds = "epoch_step_us"
      case pairsPerSecond = "pairs_per_second"
      case allocationsPerStep = "allocations_per_step"
      case compileMilliseconds = "compile_ms"
      case peakResidentMegabytes = "peak_rss_mb"
      case finalLoss = "loss_last"
    }

    init(
      size: String, variant: Variant, threads: Int, shape: BenchmarkShape, runs: Int,
      timings: StepTimings, allocationsPerStep: Double?, compileMilliseconds: Double,
      peakResidentMegabytes: Double, losses: [Double]?
    ) {
      (self.size, self.variant, self.threads) = (size, variant.rawValue, threads)
      (n, p, batch, tasks) = (shape.n, shape.p, shape.batch, shape.tasks)
      let sorted = timings.steps.sorted()
      let median = sorted[sorted.count / 2]
      medianMicroseconds = median
      (minMicroseconds, maxMicroseconds) = (sorted[0], sorted[sorted.count - 1])
      processorMicroseconds = timings.processorTime * 1e6 / Double(sorted.count)
      scoringMicroseconds = variant.isPairwise ? Self.median(timings.scorings) : nil
      epochMicroseconds = Self.median(timings.epochs)
      (steps, self.runs) = (sorted.count, runs)
      pairsPerSecond =
        variant.isPairwise
        ? Double(shape.tasks * shape.batch * shape.n) / (median * 1e-6) : nil
      self.allocationsPerStep = allocationsPerStep
      self.compileMilliseconds = compileMilliseconds
      self.peakResidentMegabytes = peakResidentMegabytes
      finalLoss = timings.finalLoss
      self.losses = losses
    }

    private static func median(_ values: [Double]) -> Double? {
      values.isEmpty ? nil : values.sorted()[values.count / 2]
    }
  }
}
