/// Memory that starts on a cache line and is zero at first, or that someone else owns and only lends.
final class AlignedMemory {
  static let alignment = 64
  let base: UnsafeMutableRawPointer
  let byteCount: Int
  /// Whom lent memory belongs to.
  private let owner: AnyObject?

  init(byteCount: Int) {
    (self.byteCount, owner) = (byteCount, nil)
    let rounded = max(Self.alignment, Self.rounded(byteCount))
    base = .allocate(byteCount: rounded, alignment: Self.alignment)
    base.initializeMemory(as: UInt8.self, repeating: 0, count: rounded)
  }

  /// Memory that is only to be read.
  init(lentBy owner: AnyObject, at base: UnsafeRawPointer, byteCount: Int) {
    (self.byteCount, self.owner) = (byteCount, owner)
    self.base = UnsafeMutableRawPointer(mutating: base)
  }

  var isLent: Bool { owner != nil }

  deinit {
    if owner == nil { base.deallocate() }
  }

  static func rounded(_ byteCount: Int) -> Int {
    (byteCount + alignment - 1) / alignment * alignment
  }
}
