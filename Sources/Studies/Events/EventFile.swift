import Foundation

/// Scalars over steps in the format that TensorBoard reads: a TFRecord file of `Event` messages.
///
///     record = length (8 bytes) · crc(length) · message · crc(message),   all little-endian
///
/// - Source: `tensorflow/core/lib/io/record_writer` for the framing, `event.proto` and `summary.proto` for
///   the messages, of which two fields are used: a tag and its value.
struct EventFile {
  private(set) var bytes: [UInt8] = []

  /// - Parameter time: seconds since 1970, at which the file begins.
  init(time: Double) {
    var event = ProtobufMessage()
    event.double(1, time)
    event.bytes(3, Array("brain.Event:2".utf8))
    append(event)
  }

  /// Adds one number; numbers that are not finite are left out, as they have no place in a curve.
  mutating func scalar(_ tag: String, _ value: Double, step: Int, time: Double) {
    guard value.isFinite else { return }
    var number = ProtobufMessage()
    number.bytes(1, Array(tag.utf8))
    number.float(2, Float(value))
    var summary = ProtobufMessage()
    summary.bytes(1, number.encoded)
    var event = ProtobufMessage()
    event.double(1, time)
    event.integer(2, UInt64(step))
    event.bytes(5, summary.encoded)
    append(event)
  }

  private mutating func append(_ message: ProtobufMessage) {
    let length = littleEndian(UInt64(message.encoded.count))
    bytes += length + littleEndian(CyclicRedundancy.masked(length))
    bytes += message.encoded + littleEndian(CyclicRedundancy.masked(message.encoded))
  }
}

/// The wire format of Protocol Buffers, as far as events need it.
private struct ProtobufMessage {
  private(set) var encoded: [UInt8] = []

  mutating func integer(_ field: UInt64, _ value: UInt64) {
    key(field, wireType: 0)
    variable(value)
  }

  mutating func double(_ field: UInt64, _ value: Double) {
    key(field, wireType: 1)
    encoded += littleEndian(value.bitPattern)
  }

  mutating func bytes(_ field: UInt64, _ value: [UInt8]) {
    key(field, wireType: 2)
    variable(UInt64(value.count))
    encoded += value
  }

  mutating func float(_ field: UInt64, _ value: Float) {
    key(field, wireType: 5)
    encoded += littleEndian(value.bitPattern)
  }

  private mutating func key(_ field: UInt64, wireType: UInt64) { variable(field << 3 | wireType) }

  /// Seven bits a byte, the lowest first; the top bit says that more follow.
  private mutating func variable(_ value: UInt64) {
    var rest = value
    while rest >= 0x80 {
      encoded.append(UInt8(truncatingIfNeeded: rest) | 0x80)
      rest >>= 7
    }
    encoded.append(UInt8(rest))
  }
}

private func littleEndian(_ value: some FixedWidthInteger) -> [UInt8] {
  withUnsafeBytes(of: value.littleEndian) { Array($0) }
}
