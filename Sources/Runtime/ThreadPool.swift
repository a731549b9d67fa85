import CRankineKernels
import Foundation
import Synchronization

/// Threads that share the chunks of one job at a time: the caller and the workers claim chunks
/// until none is left.
///
/// The caller never waits for work that nobody has started, only for chunks in flight. With one
/// thread or one chunk, and when the pool is busy (a call from inside a chunk, or from another
/// thread), chunks run on the caller in ascending order and nothing shared is touched.
package final class ThreadPool: Sendable {
  /// A chunk of a job, given the job's context and the chunk's number.
  package typealias Body = @convention(c) (_ context: UnsafeRawPointer, _ chunk: Int) -> Void

  /// The threads that work on a job, the caller included.
  package let threads: Int
  private let crew = Crew()

  /// Starts `threads - 1` workers; a number below 1 counts as 1.
  package init(threads: Int) {
    self.threads = max(1, threads)
    crew.hire(self.threads - 1)
  }

  deinit {
    crew.dismiss()
  }

  /// Runs `body` once for each chunk, and returns when all have ended. Allocates nothing.
  package func forEach(chunks: Int, context: UnsafeRawPointer, _ body: Body) {
    guard threads > 1, chunks > 1, crew.tryTake() else {
      for chunk in 0..<max(0, chunks) { body(context, chunk) }
      return
    }
    crew.share(Job(chunks: chunks, context: context, body: body))
    crew.giveBack()
  }

  /// Runs `body` once for each chunk, and returns when all have ended. Unless the chunks run
  /// inline, lending the closure to other threads allocates two small boxes.
  package func forEach(chunks: Int, _ body: (Int) -> Void) {
    guard threads > 1, chunks > 1 else {
      for chunk in 0..<max(0, chunks) { body(chunk) }
      return
    }
    withoutActuallyEscaping(body) { body in
      withUnsafePointer(to: body) { pointer in
        forEach(chunks: chunks, context: UnsafeRawPointer(pointer)) { context, chunk in
          context.assumingMemoryBound(to: ((Int) -> Void).self).pointee(chunk)
        }
      }
    }
  }
}

/// What the caller lends to the workers; it lives on the caller's stack.
private struct Job {
  let chunks: Int
  let context: UnsafeRawPointer
  let body: ThreadPool.Body
}

/// The state that the caller shares with its workers.
///
/// Whoever lowers `unclaimed` owns a chunk of the current job, and the job cannot end before
/// `unfinished` has counted that chunk; so a claim alone makes reading `job` safe. A side that is
/// about to sleep announces itself before it looks a last time, and the other side looks for
/// sleepers after each change, all sequentially consistent: one of the two sees the other.
private final class Crew: Sendable {
  /// Looks at a counter before a thread goes to sleep, about ten microseconds.
  private static let patience = 500
  /// Kernels keep their blocks on the stack.
  private static let stackSize = 4 << 20

  private let isTaken = Atomic(false)
  /// The address of the current `Job`.
  private let job = Atomic<UInt>(0)
  private let unclaimed = Atomic(0)
  private let unfinished = Atomic(0)
  private let isDismissed = Atomic(false)
  private let sleepingWorkers = Atomic(0)
  private let callerSleeps = Atomic(false)
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

  func share(_ job: Job) {
    withUnsafePointer(to: job) { pointer in
      self.job.store(UInt(bitPattern: pointer), ordering: .relaxed)
      unfinished.store(job.chunks, ordering: .relaxed)
      unclaimed.store(job.chunks, ordering: .sequentiallyConsistent)
      wakeWorkers(atMost: job.chunks - 1)
      while runOneChunk() {}
      waitForChunksInFlight()
    }
  }

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
  private func runOneChunk() -> Bool {
    var left = unclaimed.load(ordering: .relaxed)
    while left > 0 {
      let (isMine, seen) = unclaimed.weakCompareExchange(
        expected: left, desired: left - 1, ordering: .sequentiallyConsistent)
      guard isMine else {
        left = seen
        continue
      }
      guard let pointer = UnsafePointer<Job>(bitPattern: job.load(ordering: .relaxed)) else {
        return false
      }
      let job = pointer.pointee
      job.body(job.context, job.chunks - left)
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
      if runOneChunk() { continue }
      waitForWork()
    }
    callerWakes.lock()
    presentWorkers.subtract(1, ordering: .sequentiallyConsistent)
    callerWakes.broadcast()
    callerWakes.unlock()
  }

  private var hasNews: Bool {
    unclaimed.load(ordering: .sequentiallyConsistent) > 0
      || isDismissed.load(ordering: .sequentiallyConsistent)
  }

  private func waitForWork() {
    for _ in 0..<Self.patience {
      if hasNews { return }
      rk_relax()
    }
    sleepingWorkers.add(1, ordering: .sequentiallyConsistent)
    workersWake.lock()
    while !hasNews { workersWake.wait() }
    workersWake.unlock()
    sleepingWorkers.subtract(1, ordering: .sequentiallyConsistent)
  }
}
