import RankineRuntime
import Synchronization

/// Cells that are made side by side, a thread each, begun in the order given: none waits for another.
///
/// With more threads than cells, the cells themselves get the threads that are left over.
struct CellQueue<Job: Sendable, Cell: Sendable>: Sendable {
  /// What is to be done, the longest first where the end should not wait for one of them.
  let jobs: [Job]
  /// Makes a cell with so many threads.
  let make: @Sendable (_ job: Job, _ threads: Int) throws -> Cell
  /// Puts a finished cell where it outlives the process.
  let keep: @Sendable (Cell) throws -> Void

  /// What came of the jobs, in the order in which they ended.
  struct Outcome: Sendable {
    var cells: [Cell] = []
    var failures: [(job: Job, error: any Error)] = []
    /// Why no further cell is to be made.
    fileprivate var obstacle: (any Error)?
  }

  /// - Parameter finished: called after each job, one call at a time, with the number of those done.
  /// - Throws: what `keep` throws; cells that cannot be kept are not worth making.
  func run(
    threads: Int, finished: @Sendable (_ job: Job, _ done: Int) -> Void
  ) throws -> Outcome {
    let outcome = Mutex(Outcome())
    let inner = max(1, threads / max(1, jobs.count))
    ThreadPool(threads: min(threads, max(1, jobs.count))).forEach(chunks: jobs.count) { index in
      if outcome.withLock({ $0.obstacle != nil }) { return }
      let job = jobs[index]
      let result = Result { try make(job, inner) }
      let kept = Result { try keep(result.get()) }
      outcome.withLock { outcome in
        switch (result, kept) {
        case (.failure(let error), _): outcome.failures.append((job, error))
        case (.success, .failure(let error)): outcome.obstacle = outcome.obstacle ?? error
        case (.success(let cell), .success): outcome.cells.append(cell)
        }
        finished(job, outcome.cells.count + outcome.failures.count)
      }
    }
    let ended = outcome.withLock { $0 }
    if let obstacle = ended.obstacle { throw obstacle }
    return ended
  }
}
