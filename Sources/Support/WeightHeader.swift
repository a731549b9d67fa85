import Foundation

/// The header of a safetensors file: what each array is and where its numbers stand.
struct WeightHeader {
  enum ElementType: String {
    case float = "F32"
    case double = "F64"

    var size: Int { self == .float ? 4 : 8 }
  }

  struct Entry: Equatable {
    let name: String
    let type: ElementType
    let shape: [Int]
    /// Bytes, counted from the header's end.
    let range: Range<Int>

    var count: Int { range.count / type.size }
  }

  /// In the order of their bytes, which they cover without a gap.
  let entries: [Entry]
  let metadata: [String: String]
  /// Where the numbers begin in the file.
  let start: Int

  /// The length in bytes of the field that holds the header's own length.
  private static let lengthSize = 8
  /// The format's bound on the header, in bytes.
  private static let maximumSize = 100_000_000

  /// Reads the header and checks all of it, so that the entries can be trusted.
  init(reading data: Data, path: String) throws {
    func malformed(_ message: String) -> FileError {
      FileError(
        code: "malformed-weights", place: path, message: message,
        hint: "the file is damaged or is not a safetensors file")
    }
    guard data.count >= Self.lengthSize else {
      throw malformed("expected at least 8 bytes, got \(data.count)")
    }
    let declared = data.withUnsafeBytes { UInt64(littleEndian: $0.loadUnaligned(as: UInt64.self)) }
    guard declared <= min(Self.maximumSize, data.count - Self.lengthSize) else {
      throw malformed("the header's length, \(declared), exceeds the file")
    }
    start = Self.lengthSize + Int(declared)
    let text = data.dropFirst(Self.lengthSize).prefix(Int(declared))
    let fields: Fields
    do {
      fields = try JSONDecoder().decode(Fields.self, from: Data(text))
    } catch {
      throw malformed("the header is not a JSON object of array descriptions")
    }

    metadata = fields.metadata
    var entries: [Entry] = []
    for (name, field) in fields.arrays {
      guard let type = ElementType(rawValue: field.dtype) else {
        throw FileError(
          code: "unsupported-weights", place: path,
          message: "\"\(name)\" has numbers of type \(field.dtype)", hint: "store it as F32 or F64")
      }
      guard field.offsets.count == 2, field.offsets[0] >= 0, field.offsets[1] >= field.offsets[0],
        let size = Self.size(of: field.shape, type), size == field.offsets[1] - field.offsets[0]
      else {
        throw malformed(
          "\"\(name)\": shape \(field.shape) does not fill the bytes \(field.offsets)")
      }
      let range = field.offsets[0]..<field.offsets[1]
      entries.append(Entry(name: name, type: type, shape: field.shape, range: range))
    }
    // Empty arrays come before the full one that starts at the same byte; names settle the rest.
    entries.sort {
      ($0.range.lowerBound, $0.range.upperBound, $0.name)
        < ($1.range.lowerBound, $1.range.upperBound, $1.name)
    }
    var end = 0
    for entry in entries {
      guard entry.range.lowerBound == end else {
        throw malformed("\"\(entry.name)\" begins at byte \(entry.range.lowerBound), not at \(end)")
      }
      end = entry.range.upperBound
    }
    guard end == data.count - start else {
      throw malformed("the arrays take \(end) bytes, the file has \(data.count - start) for them")
    }
    self.entries = entries
  }

  /// The length field and the header, padded with spaces so that the numbers are aligned.
  static func encode(_ entries: [Entry], metadata: [String: String]) throws -> Data {
    let arrays = entries.map { entry in
      let offsets = [entry.range.lowerBound, entry.range.upperBound]
      return (
        entry.name, Fields.Array(dtype: entry.type.rawValue, shape: entry.shape, offsets: offsets)
      )
    }
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
    let fields = Fields(arrays: Dictionary(uniqueKeysWithValues: arrays), metadata: metadata)
    var text = try encoder.encode(fields)
    text.append(contentsOf: repeatElement(UInt8(ascii: " "), count: (8 - text.count % 8) % 8))
    return withUnsafeBytes(of: UInt64(text.count).littleEndian) { Data($0) } + text
  }

  /// Bytes of an array, or nil when the shape is impossible.
  private static func size(of shape: [Int], _ type: ElementType) -> Int? {
    var size = type.size
    for length in shape {
      let (product, hasOverflown) = size.multipliedReportingOverflow(by: length)
      guard length >= 0, !hasOverflown else { return nil }
      size = product
    }
    return size
  }
}

/// The header's JSON: one object, in which `__metadata__` stands beside the arrays.
private struct Fields: Codable {
  struct Array: Codable {
    let dtype: String
    let shape: [Int]
    let offsets: [Int]

    enum CodingKeys: String, CodingKey {
      case dtype, shape
      case offsets = "data_offsets"
    }
  }

  struct Name: CodingKey {
    static let metadata = Name(stringValue: "__metadata__")
    let stringValue: String
    let intValue: Int? = nil
    init(stringValue: String) { self.stringValue = stringValue }
    init?(intValue: Int) { return nil }
  }

  let arrays: [String: Array]
  let metadata: [String: String]

  init(arrays: [String: Array], metadata: [String: String]) {
    (self.arrays, self.metadata) = (arrays, metadata)
  }

  init(from decoder: any Decoder) throws {
    let container = try decoder.container(keyedBy: Name.self)
    metadata = try container.decodeIfPresent([String: String].self, forKey: .metadata) ?? [:]
    var arrays: [String: Array] = [:]
    for key in container.allKeys where key.stringValue != Name.metadata.stringValue {
      arrays[key.stringValue] = try container.decode(Array.self, forKey: key)
    }
    self.arrays = arrays
  }

  func encode(to encoder: any Encoder) throws {
    var container = encoder.container(keyedBy: Name.self)
    if !metadata.isEmpty { try container.encode(metadata, forKey: .metadata) }
    for (name, array) in arrays { try container.encode(array, forKey: Name(stringValue: name)) }
  }
}
