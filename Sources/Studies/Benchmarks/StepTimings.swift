import Foundation
import RankineSupport
import RankineTraining

/// Trains in shuffled mini-batches with a clock around every step.
struct StepTimings {
  private let trainer: Trainer<Float>
  private let shape: BenchmarkShape
  private let clock = ContinuousClock()
  private var random = CounterRandom(seed: 1, named: "batches")
  private var order: [Int32] = []
  /// The next step of the epoch.
  private var position = 0
  /// Time of the steps of this epoch and its scoring; nil when it was not timed from its start.
  private var epochTime: Duration?
  /// Microseconds of each step, of each scoring of all rows, and of a step of each whole epoch, its
  /// scoring included.
  private(set) var steps: [Double] = []
  private(set) var scorings: [Double] = []
  private(set) var epochs: [Double] = []
  /// Seconds that the processor worked on the steps, all threads together.
  private(set) var processorTime = 0.0
  private(set) var finalLoss = Double.nan

  init(_ trainer: Trainer<Float>, shape: BenchmarkShape) {
    (self.trainer, self.shape) = (trainer, shape)
    position = shape.stepsPerEpoch
  }

  /// Drops all times and goes on training.
  mutating func forget() {
    (steps, scorings, epochs, processorTime) = ([], [], [], 0)
    epochTime = nil
  }

  /// Trains and times so many steps.
  mutating func train(_ count: Int) throws {
    steps.reserveCapacity(steps.count + count)
    for _ in 0..<count {
      if position == shape.stepsPerEpoch { beginEpoch() }
      let started = Self.processorSeconds
      let time = try clock.measure { try trainAgain() }
      processorTime += Self.processorSeconds - started
      steps.append(time / .microseconds(1))
      epochTime = epochTime.map { $0 + time }
      position += 1
    }
  }

  /// One step on the present mini-batch.
  mutating func trainAgain() throws {
    let start = min(position, shape.stepsPerEpoch - 1) * shape.batch
    finalLoss = try order.withUnsafeBufferPointer { rows in
      try trainer.step(UnsafeBufferPointer(rebasing: rows[start..<(start + shape.batch)]))
    }
  }

  private mutating func beginEpoch() {
    if let epochTime {
      epochs.append(epochTime / .microseconds(1) / Double(shape.stepsPerEpoch))
    }
    order = random.permutation(shape.n).map { Int32($0) }
    let time = clock.measure { trainer.refreshPartners() }
    scorings.append(time / .microseconds(1))
    (position, epochTime) = (0, time)
  }

  private static var processorSeconds: Double {
    var time = timespec()
    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &time)
    return Double(time.tv_sec) + Double(time.tv_nsec) * 1e-9
  }
}
