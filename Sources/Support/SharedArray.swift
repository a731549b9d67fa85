/// Numbers at one place in memory that are written once, when it is made, and then read by anyone.
///
/// It is what lets many readers on many threads work on the same data without copies.
package final class SharedArray<Element: BitwiseCopyable & Sendable>: @unchecked Sendable {
  package let count: Int
  /// Where the first element lies, on a cache line.
  package let base: UnsafeRawPointer

  /// Room for some elements, all of whose bits are zero until `fill` gives them their values.
  package init<Failure: Error>(
    count: Int, fill: (UnsafeMutableBufferPointer<Element>) throws(Failure) -> Void
  ) throws(Failure) {
    let byteCount = max(1, count * MemoryLayout<Element>.stride)
    let memory = UnsafeMutableRawPointer.allocate(byteCount: byteCount, alignment: 64)
    memory.initializeMemory(as: UInt8.self, repeating: 0, count: byteCount)
    (self.count, base) = (count, UnsafeRawPointer(memory))
    let elements = memory.bindMemory(to: Element.self, capacity: count)
    try fill(UnsafeMutableBufferPointer(start: elements, count: count))
  }

  deinit {
    base.deallocate()
  }

  package subscript(position: Int) -> Element {
    precondition(position >= 0 && position < count, "position \(position) of \(count)")
    return base.load(fromByteOffset: position * MemoryLayout<Element>.stride, as: Element.self)
  }

  package func withElements<Result>(
    _ body: (UnsafeBufferPointer<Element>) throws -> Result
  ) rethrows -> Result {
    try body(
      UnsafeBufferPointer(start: base.assumingMemoryBound(to: Element.self), count: count))
  }
}
