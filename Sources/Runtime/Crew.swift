import CRankineKernels
import Foundation
import Synchronization

/// What the caller lends to the workers; it lives on the caller's stack.
struct Job {
  let chunks: Int
  let context: UnsafeRawPointer
  let body: ThreadPool.Body
  /// The caller's floating-point mode, in which the workers compute too.
  let floatMode = rk_float_mode()

  func runAsWorker(_ chunk: Int) {
    let own = rk_float_mode()
    rk_set_float_mode(floatMode)
    body(context, chunk)
    rk_set_float_mode(own)
  }
}

/// A range of chunks that fits into one atomic word.
private struct Chunks {
  var first: UInt32, end: UInt32

  init(first: UInt32, end: UInt32) {
    (self.first, self.end) = (first, end)
  }

  init(bits: UInt64) {
    (first, end) = (UInt32(bits >> 32), UInt32(truncatingIfNeeded: bits))
  }

  var bits: UInt64 { UInt64(first) << 32 | UInt64(end) }
  var isEmpty: Bool { first >= end }

  mutating func take(fromBack: Bool) -> Int {
    if fromBack {
      end -= 1
      return Int(end)
    }
    defer { first += 1 }
    return Int(first)
  }
}

/// The state that the caller shares with its workers.
///
/// Whoever shortens `unclaimed` owns a chunk of the current job, and the job cannot end before
/// `unfinished` has counted that chunk; so a claim alone makes reading `job` safe. The caller claims
/// from the front and workers from the back, so that each finds most of the data of the last job
/// over the same arrays in its own cache. A side that is
/// about to sleep announces itself before it looks a last time, and the other side looks for
/// sleepers after each change, all sequentially consistent: one of the two sees the other.
final class Crew: Sendable {
  /// Looks at a counter before a thread lets others run, about ten microseconds.
  private static let patience = 500
  /// Looks at a counter, letting others run after each, before a worker goes to sleep: longer than
  /// the work between two jobs of a training step.
  private static let yields = 200
  /// Jobs in a row that a caller does alone at most before it tries to share again.
  private static let mostKept = 256
  /// Kernels keep their blocks on the stack.
  private static let stackSize = 4 << 20

  private let isTaken = Atomic(false)
  /// The address of the current `Job`.
  private let job = Atomic<UInt>(0)
  private let unclaimed = Atomic(Chunks(first: 0, end: 0).bits)
  private let unfinished = Atomic(0)
  private let isDismissed = Atomic(false)
  private let sleepingWorkers = Atomic(0)
  private let callerSleeps = Atomic(false)
  private let jobsToKeep = Atomic(0)
  private let keptAfterWaiting = Atomic(0)
  private let presentWorkers = Atomic(0)
  private let workersWake = NSCondition()
  private let callerWakes = NSCondition()

  func hire(_ count: Int) {
    presentWorkers.store(count, ordering: .sequentiallyConsistent)
    for number in 0..<count {
      let thread = Thread { self.work() }
      thread.name = "rankine \(number + 1)"
      thread.stackSize = Self.stackSize
      thread.start()
    }
  }

  /// Returns when all workers have left.
  func dismiss() {
    isDismissed.store(true, ordering: .sequentiallyConsistent)
    workersWake.lock()
    workersWake.broadcast()
    workersWake.unlock()
    callerWakes.lock()
    while presentWorkers.load(ordering: .sequentiallyConsistent) > 0 { callerWakes.wait() }
    callerWakes.unlock()
  }

  func tryTake() -> Bool {
    !isTaken.exchange(true, ordering: .acquiringAndReleasing)
  }

  func giveBack() {
    isTaken.store(false, ordering: .releasing)
  }

  /// Shares a job with the workers, and watches what that brings.
  func share(_ job: Job) {
    let start = ContinuousClock.now
    withUnsafePointer(to: job) { pointer in
      self.job.store(UInt(bitPattern: pointer), ordering: .relaxed)
      unfinished.store(job.chunks, ordering: .relaxed)
      unclaimed.store(
        Chunks(first: 0, end: UInt32(job.chunks)).bits, ordering: .sequentiallyConsistent)
      wakeWorkers(atMost: job.chunks - 1)
      while runOneChunk(asWorker: false) {}
      let own = ContinuousClock.now
      waitForChunksInFlight()
      judge(worked: own - start, waited: ContinuousClock.now - own)
    }
  }

  // MARK: Whether sharing helps

  /// Whether the next job is worth sharing; to be asked once a job, by whoever has taken the crew.
  func isHelpful() -> Bool {
    let left = jobsToKeep.load(ordering: .relaxed)
    guard left > 0 else { return true }
    jobsToKeep.store(left - 1, ordering: .relaxed)
    return false
  }

  /// Where a worker holds a chunk for longer than the caller's own work took, something else has its
  /// core: the next jobs are kept from it, twice as many each time that happens again.
  func judge(worked: Duration, waited: Duration) {
    let before = keptAfterWaiting.load(ordering: .relaxed)
    if waited > worked + .microseconds(20) {
      let kept = min(Self.mostKept, max(1, before) * 2)
      keptAfterWaiting.store(kept, ordering: .relaxed)
      jobsToKeep.store(kept, ordering: .relaxed)
    } else if before > 0 {
      keptAfterWaiting.store(before - 1, ordering: .relaxed)
    }
  }

  // MARK: Chunks

  private func wakeWorkers(atMost count: Int) {
    let sleeping = sleepingWorkers.load(ordering: .sequentiallyConsistent)
    guard sleeping > 0 else { return }
    workersWake.lock()
    if count >= sleeping {
      workersWake.broadcast()
    } else {
      for _ in 0..<count { workersWake.signal() }
    }
    workersWake.unlock()
  }

  /// Claims and runs a chunk of the current job; false if none is left.
  private func runOneChunk(asWorker: Bool) -> Bool {
    var left = Chunks(bits: unclaimed.load(ordering: .relaxed))
    while !left.isEmpty {
      var rest = left
      let mine = rest.take(fromBack: asWorker)
      let (isMine, seen) = unclaimed.weakCompareExchange(
        expected: left.bits, desired: rest.bits, ordering: .sequentiallyConsistent)
      guard isMine else {
        left = Chunks(bits: seen)
        continue
      }
      guard let pointer = UnsafePointer<Job>(bitPattern: job.load(ordering: .relaxed)) else {
        return false
      }
      let job = pointer.pointee
      if asWorker {
        job.runAsWorker(mine)
      } else {
        job.body(job.context, mine)
      }
      finishChunk()
      return true
    }
    return false
  }

  private func finishChunk() {
    let (_, left) = unfinished.subtract(1, ordering: .sequentiallyConsistent)
    guard left == 0, callerSleeps.load(ordering: .sequentiallyConsistent) else { return }
    callerWakes.lock()
    callerWakes.broadcast()
    callerWakes.unlock()
  }

  private func waitForChunksInFlight() {
    for _ in 0..<Self.patience {
      if unfinished.load(ordering: .acquiring) == 0 { return }
      rk_relax()
    }
    callerSleeps.store(true, ordering: .sequentiallyConsistent)
    callerWakes.lock()
    while unfinished.load(ordering: .sequentiallyConsistent) > 0 { callerWakes.wait() }
    callerWakes.unlock()
    callerSleeps.store(false, ordering: .sequentiallyConsistent)
  }

  private func work() {
    while !isDismissed.load(ordering: .acquiring) {
      if runOneChunk(asWorker: true) { continue }
      waitForWork()
    }
    callerWakes.lock()
    presentWorkers.subtract(1, ordering: .sequentiallyConsistent)
    callerWakes.broadcast()
    callerWakes.unlock()
  }

  private var hasNews: Bool {
    !Chunks(bits: unclaimed.load(ordering: .sequentiallyConsistent)).isEmpty
      || isDismissed.load(ordering: .sequentiallyConsistent)
  }

  private func waitForWork() {
    for _ in 0..<Self.patience {
      if hasNews { return }
      rk_relax()
    }
    for _ in 0..<Self.yields {
      if hasNews { return }
      sched_yield()
    }
    sleepingWorkers.add(1, ordering: .sequentiallyConsistent)
    workersWake.lock()
    while !hasNews { workersWake.wait() }
    workersWake.unlock()
    sleepingWorkers.subtract(1, ordering: .sequentiallyConsistent)
  }
}
