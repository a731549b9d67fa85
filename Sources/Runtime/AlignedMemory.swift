/// Memory that starts on a cache line and is zero at first.
final class AlignedMemory {
  static let alignment = 64
  let base: UnsafeMutableRawPointer
  let byteCount: Int

  init(byteCount: Int) {
    self.byteCount = byteCount
    let rounded = max(Self.alignment, Self.rounded(byteCount))
    base = .allocate(byteCount: rounded, alignment: Self.alignment)
    base.initializeMemory(as: UInt8.self, repeating: 0, count: rounded)
  }

  deinit {
    base.deallocate()
  }

  static func rounded(_ byteCount: Int) -> Int {
    (byteCount + alignment - 1) / alignment * alignment
  }
}
