/// Threads that share the chunks of one job at a time: the caller and the workers claim chunks
/// until none is left.
///
/// The caller never waits for work that nobody has started, only for chunks in flight. With one
/// thread or one chunk, when the pool is busy (a call from inside a chunk, or from another thread),
/// and while other programs keep the workers from running, chunks run on the caller in ascending
/// order and nothing shared is touched.
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
    defer { crew.giveBack() }
    if crew.isHelpful() {
      crew.share(Job(chunks: chunks, context: context, body: body))
    } else {
      for chunk in 0..<chunks { body(context, chunk) }
    }
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
