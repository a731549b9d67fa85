/// CRC-32C (Castagnoli), which frames records of events.
///
/// - Source: Castagnoli, Bräuer & Herrmann, IEEE Transactions on Communications 41 (1993); polynomial
///   0x1EDC6F41, reflected.
enum CyclicRedundancy {
  private static let table: [UInt32] = (0..<256).map { index in
    (0..<8).reduce(UInt32(index)) { value, _ in
      value & 1 == 1 ? value >> 1 ^ 0x82F6_3B78 : value >> 1
    }
  }

  static func checksum(_ bytes: [UInt8]) -> UInt32 {
    ~bytes.reduce(~0) { sum, byte in
      sum >> 8 ^ table[Int(UInt8(truncatingIfNeeded: sum) ^ byte)]
    }
  }

  /// The checksum rotated by 15 bits, plus a constant: a checksum of bytes that hold checksums.
  static func masked(_ bytes: [UInt8]) -> UInt32 {
    let sum = checksum(bytes)
    return (sum >> 15 | sum << 17) &+ 0xA282_EAD8
  }
}
