/// Keeps what a bound tape points to, for as long as the tape lives.
final class BindingMemory {
  private var blocks: [UnsafeMutableRawPointer] = []
  private var kept: [AnyObject] = []
  /// Bytes handed out by `scratch`.
  private(set) var scratchByteCount = 0

  func allocate<Value>(_ count: Int, of type: Value.Type = Value.self) -> UnsafeMutablePointer<
    Value
  > {
    let block = UnsafeMutableRawPointer.allocate(
      byteCount: max(1, count) * MemoryLayout<Value>.stride, alignment: AlignedMemory.alignment)
    blocks.append(block)
    return block.bindMemory(to: Value.self, capacity: max(1, count))
  }

  func place<Value>(_ values: [Value]) -> UnsafeMutablePointer<Value> {
    let pointer = allocate(values.count, of: Value.self)
    pointer.initialize(from: values, count: values.count)
    return pointer
  }

  func place<Value>(_ value: Value) -> UnsafeMutablePointer<Value> {
    place([value])
  }

  func scratch(byteCount: Int) -> UnsafeMutableRawPointer {
    let memory = AlignedMemory(byteCount: byteCount)
    scratchByteCount += byteCount
    kept.append(memory)
    return memory.base
  }

  func keep(_ object: AnyObject) {
    kept.append(object)
  }

  deinit {
    for block in blocks { block.deallocate() }
  }
}
