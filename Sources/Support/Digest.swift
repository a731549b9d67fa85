import Foundation

/// A short number that stands for many: equal contents have equal digests, and others hardly ever.
///
/// - Source: FNV-1a, 64 bits (Fowler, Noll and Vo).
package struct Digest: Sendable {
  private var hash: UInt64 = 0xcbf2_9ce4_8422_2325

  package init() {}

  /// 16 hexadecimal digits.
  package var text: String {
    let digits = String(hash, radix: 16)
    return String(repeating: "0", count: 16 - digits.count) + digits
  }

  package mutating func add(_ bytes: some Sequence<UInt8>) {
    for byte in bytes { hash = (hash ^ UInt64(byte)) &* 0x100_0000_01b3 }
  }

  package mutating func add(_ bits: UInt64) {
    for shift in stride(from: UInt64(0), to: 64, by: 8) {
      hash = (hash ^ (bits >> shift & 0xff)) &* 0x100_0000_01b3
    }
  }

  /// What `RecordFile` writes of a value.
  package mutating func add(recordOf value: some Encodable) throws {
    add(try RecordFile.encode(value))
  }
}
