/// Named arrays that programs share and that outlive their runs: data, parameters, optimizer state.
///
/// A buffer keeps its place while its size stays the same, so programs bound to it stay valid. It is
/// not safe to run programs on one storage from several threads.
package final class Storage<Scalar: KernelScalar> {
  private struct Entry {
    let memory: AlignedMemory
    let extents: [Int]
  }

  private var entries: [String: Entry] = [:]
  /// One list for each length, so that programs for batches of different sizes keep their places.
  private var indexEntries: [IndexKey: Entry] = [:]

  private struct IndexKey: Hashable {
    let name: String
    let count: Int
  }

  package init() {}

  /// Gives a buffer its values, in place when its extents are unchanged.
  package func set(_ name: String, _ values: [Scalar], extents: [Int]) {
    precondition(values.count == extents.reduce(1, *), "\(name): \(values.count) for \(extents)")
    let memory = reserve(name, extents)
    values.withUnsafeBytes { bytes in
      if let source = bytes.baseAddress {
        memory.base.copyMemory(from: source, byteCount: bytes.count)
      }
    }
  }

  /// Gives a buffer values in Double, rounded, in place when its extents are unchanged.
  package func set(_ name: String, rounding values: [Double], extents: [Int]) {
    precondition(values.count == extents.reduce(1, *), "\(name): \(values.count) for \(extents)")
    let base = reserve(name, extents).base
    Scalar.round(values, to: base.bindMemory(to: Scalar.self, capacity: values.count))
  }

  /// Gives a buffer values that lie elsewhere, without a copy. Programs may only read it.
  ///
  /// - Parameter owner: what keeps the values where they are; it is kept in turn.
  package func lend(
    _ name: String, _ values: UnsafeRawPointer, ownedBy owner: AnyObject, extents: [Int]
  ) {
    let byteCount = extents.reduce(1, *) * MemoryLayout<Scalar>.stride
    entries[name] = Entry(
      memory: AlignedMemory(lentBy: owner, at: values, byteCount: byteCount), extents: extents)
  }

  package func set(_ name: String, _ value: Scalar) {
    reserve(name, []).base.storeBytes(of: value, as: Scalar.self)
  }

  /// Gives a list of row numbers, in place when one of this length was there before. Programs read
  /// the list of the length that they were bound to.
  package func setIndices(_ name: String, _ rows: [Int32]) {
    rows.withUnsafeBufferPointer { setIndices(name, $0) }
  }

  package func setIndices(_ name: String, _ rows: UnsafeBufferPointer<Int32>) {
    let key = IndexKey(name: name, count: rows.count)
    let byteCount = rows.count * MemoryLayout<Int32>.stride
    if indexEntries[key] == nil {
      indexEntries[key] = Entry(
        memory: AlignedMemory(byteCount: byteCount), extents: [rows.count])
    }
    guard let entry = indexEntries[key], let source = rows.baseAddress else { return }
    entry.memory.base.copyMemory(from: source, byteCount: byteCount)
  }

  /// Makes a buffer of zeros unless one of these extents is there.
  package func declare(_ name: String, extents: [Int]) {
    _ = reserve(name, extents)
  }

  package func values(_ name: String) -> [Scalar] {
    withBuffer(name) { Array($0) }
  }

  /// The values in Double.
  package func doubles(_ name: String) -> [Double] {
    withBuffer(name) { Scalar.doubles(UnsafeBufferPointer($0)) }
  }

  package func withBuffer<Result>(
    _ name: String, _ body: (UnsafeMutableBufferPointer<Scalar>) throws -> Result
  ) rethrows -> Result {
    guard let entry = entries[name] else { preconditionFailure("no buffer named \(name)") }
    let count = entry.extents.reduce(1, *)
    return try body(
      UnsafeMutableBufferPointer(
        start: entry.memory.base.bindMemory(to: Scalar.self, capacity: count), count: count))
  }

  package func extents(_ name: String) -> [Int]? {
    entries[name]?.extents
  }

  package var names: [String] { entries.keys.sorted() }

  /// Whether a buffer's values lie elsewhere.
  package func isLent(_ name: String) -> Bool {
    entries[name]?.memory.isLent ?? false
  }

  /// Bytes of all buffers but those that are lent.
  package var byteCount: Int {
    entries.values.filter { !$0.memory.isLent }.map(\.memory.byteCount).reduce(0, +)
      + indexEntries.values.map(\.memory.byteCount).reduce(0, +)
  }

  func memory(_ name: String) -> (memory: AlignedMemory, extents: [Int])? {
    entries[name].map { ($0.memory, $0.extents) }
  }

  func indexMemory(_ name: String, count: Int) -> (memory: AlignedMemory, extents: [Int])? {
    indexEntries[IndexKey(name: name, count: count)].map { ($0.memory, $0.extents) }
  }

  private func reserve(_ name: String, _ extents: [Int]) -> AlignedMemory {
    if let entry = entries[name], entry.extents == extents, !entry.memory.isLent {
      return entry.memory
    }
    let memory = AlignedMemory(
      byteCount: extents.reduce(1, *) * MemoryLayout<Scalar>.stride)
    entries[name] = Entry(memory: memory, extents: extents)
    return memory
  }
}
