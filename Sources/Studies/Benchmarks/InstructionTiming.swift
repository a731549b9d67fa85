/// How long one instruction of a step takes, and what it has to do.
package struct InstructionTiming: Codable, Sendable {
  /// Its line in the listing of the tape.
  package let instruction: String
  package let microseconds: Double
  /// Floating-point operations.
  package let operations: Int
  /// Pairs of a sweep.
  package let pairs: Int
  /// Bytes read and written, each array once.
  package let byteCount: Int

  enum CodingKeys: String, CodingKey {
    case instruction, operations, pairs
    case microseconds = "median_us"
    case byteCount = "bytes"
  }
}
