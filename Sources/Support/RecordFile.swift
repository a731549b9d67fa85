import Foundation

/// JSON as every file and every `--json` output has it: keys sorted, indented, one newline at the
/// end, numbers that read back to the same bits, and NaN and infinities as the texts `"NaN"`,
/// `"Infinity"` and `"-Infinity"`, which JSON has no numbers for.
public enum RecordFile {
  /// The same value gives the same bytes.
  ///
  /// - Throws: `EncodingError` when a value's own `encode(to:)` does.
  public static func encode(_ value: some Encodable) throws -> Data {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
    encoder.nonConformingFloatEncodingStrategy = .convertToString(
      positiveInfinity: "Infinity", negativeInfinity: "-Infinity", nan: "NaN")
    return try encoder.encode(value) + Data("\n".utf8)
  }

  /// Writes a value atomically.
  ///
  /// - Throws: `FileError` (`cannot-write`).
  public static func write(_ value: some Encodable, to url: URL) throws {
    try writeAtomically(encode(value), to: url)
  }

  /// Reads a value that a user may have edited.
  ///
  /// - Throws: `FileError`: `cannot-read` when the file is not there, `malformed-record` naming the
  ///   field when it does not hold the value.
  public static func read<Value: Decodable>(_ type: Value.Type, from url: URL) throws -> Value {
    try decode(type, from: readFile(url), path: url.path)
  }

  /// - Parameter path: what errors name as the place.
  /// - Throws: `FileError` (`malformed-record`) naming the field.
  public static func decode<Value: Decodable>(
    _ type: Value.Type, from data: Data, path: String
  ) throws -> Value {
    let decoder = JSONDecoder()
    decoder.nonConformingFloatDecodingStrategy = .convertFromString(
      positiveInfinity: "Infinity", negativeInfinity: "-Infinity", nan: "NaN")
    do {
      return try decoder.decode(type, from: data)
    } catch {
      throw FileError(
        code: "malformed-record", place: path, message: message(of: error),
        hint: "the file is damaged or was written by another version")
    }
  }

  private static func message(of error: any Error) -> String {
    guard let error = error as? DecodingError else { return error.localizedDescription }
    switch error {
    case .keyNotFound(let key, let context):
      return "\(field(context.codingPath + [key])) is missing"
    case .typeMismatch(let type, let context):
      return "expected \(type) at \(field(context.codingPath))"
    case .valueNotFound(let type, let context):
      return "expected \(type) at \(field(context.codingPath)), got null"
    case .dataCorrupted(let context):
      return "unreadable at \(field(context.codingPath)): \(context.debugDescription)"
    @unknown default:
      return "unreadable"
    }
  }

  /// `tasks.ER.levels[2]`, or "the top".
  private static func field(_ path: [any CodingKey]) -> String {
    let text = path.reduce("") { text, key in
      key.intValue.map { text + "[\($0)]" } ?? (text.isEmpty ? "" : text + ".") + key.stringValue
    }
    return text.isEmpty ? "the top" : text
  }
}

/// Reads a whole file.
///
/// - Throws: `FileError` (`cannot-read`) naming the path.
public func readFile(_ url: URL) throws -> Data {
  do {
    return try Data(contentsOf: url)
  } catch {
    throw FileError(
      code: "cannot-read", place: url.path, message: error.localizedDescription,
      hint: "check that the file exists and is readable")
  }
}
