import RankineRuntime
import Synchronization

/// Applies a function to every position, several at a time, and returns the results in order.
///
/// - Throws: what the function throws at the lowest position, whatever the number of threads.
package func concurrentMap<Value: Sendable>(
  _ count: Int, threads: Int, _ body: @Sendable (Int) throws -> Value
) throws -> [Value] {
  let results = Mutex<[Result<Value, any Error>?]>(Array(repeating: nil, count: count))
  ThreadPool(threads: min(threads, count)).forEach(chunks: count) { position in
    let result = Result { try body(position) }
    results.withLock { $0[position] = result }
  }
  return try results.withLock { try $0.compactMap { try $0?.get() } }
}
