/// An array from a NumPy file: numbers in row-major (C) order with a shape.
public struct NumpyArray: Sendable, Equatable {
  /// The length of each dimension; empty for a single number.
  public let shape: [Int]
  /// All numbers, the last dimension running fastest. 64-bit integers beyond 2⁵³ are rounded.
  public let values: [Double]

  /// The values in Float.
  public var floats: [Float] { values.map { Float($0) } }

  /// The values as integers, nil where one is not a whole number or too large.
  public var integers: [Int]? {
    let integers = values.compactMap { Int(exactly: $0) }
    return integers.count == values.count ? integers : nil
  }

  /// Reads the bytes of an npy file, versions 1 to 3: little-endian float32, float64, int32 or
  /// int64 in C order.
  ///
  /// - Throws: `DataError` `corrupt-npy` with what was expected.
  public init(bytes: [UInt8], file: String) throws(DataError) {
    let header = try NumpyHeader(bytes: bytes, file: file)
    var count = 1
    for length in header.shape {
      let (product, overflow) = count.multipliedReportingOverflow(by: length)
      guard !overflow, product <= bytes.count else {
        throw .numpy(file, "the shape \(header.shape) needs more bytes than the file has")
      }
      count = product
    }
    let available = bytes.count - header.dataStart
    guard count * header.kind.width == available else {
      throw .numpy(
        file,
        "the shape \(header.shape) needs \(count * header.kind.width) bytes, found \(available)")
    }
    shape = header.shape
    values = bytes.withUnsafeBytes { all in
      let data = UnsafeRawBufferPointer(rebasing: all[header.dataStart...])
      return (0..<count).map { header.kind.number(data, at: $0) }
    }
  }
}

/// The number formats that are read.
enum NumpyKind: String, CaseIterable {
  case float32 = "<f4"
  case float64 = "<f8"
  case int32 = "<i4"
  case int64 = "<i8"

  var width: Int { self == .float32 || self == .int32 ? 4 : 8 }

  /// - Precondition: `data` holds more than `index` numbers; the raw load checks it in debug.
  func number(_ data: UnsafeRawBufferPointer, at index: Int) -> Double {
    let offset = index * width
    func bits<T: FixedWidthInteger>(_: T.Type) -> T {
      T(littleEndian: data.loadUnaligned(fromByteOffset: offset, as: T.self))
    }
    return switch self {
    case .float32: Double(Float(bitPattern: bits(UInt32.self)))
    case .float64: Double(bitPattern: bits(UInt64.self))
    case .int32: Double(bits(Int32.self))
    case .int64: Double(bits(Int64.self))
    }
  }
}

/// The header of an npy file: magic, version, length, then a Python dictionary as text.
///
/// - Source: NumPy Enhancement Proposal 1, "A simple file format for NumPy arrays".
struct NumpyHeader {
  let kind: NumpyKind
  let shape: [Int]
  let dataStart: Int

  init(bytes: [UInt8], file: String) throws(DataError) {
    guard bytes.count >= 10, bytes.starts(with: [0x93] + Array("NUMPY".utf8)) else {
      throw .numpy(file, "the content does not start like an npy file")
    }
    let isLong = bytes[6] >= 2
    let start = isLong ? 12 : 10
    guard (1...3).contains(bytes[6]), bytes.count >= start else {
      throw .numpy(
        file, "version \(bytes[6]) of the format is not known, or the header is cut short")
    }
    let length = (8..<start).reversed().reduce(0) { $0 << 8 | Int(bytes[$1]) }
    guard length <= bytes.count - start else { throw .numpy(file, "the header is cut short") }
    dataStart = start + length
    let text = String(decoding: bytes[start..<dataStart], as: UTF8.self)

    guard let descriptor = Self.entry("descr", in: text)?.split(separator: "'").first else {
      throw .numpy(file, "the header has no descr")
    }
    guard let kind = NumpyKind(rawValue: String(descriptor)) else {
      let known = NumpyKind.allCases.map(\.rawValue).joined(separator: ", ")
      throw .numpy(file, "numbers of kind \(descriptor) are not read, only \(known)")
    }
    guard Self.entry("fortran_order", in: text)?.hasPrefix("False") == true else {
      throw .numpy(file, "expected C order (fortran_order False)")
    }
    guard let list = Self.entry("shape", in: text), list.first == "(",
      let close = list.firstIndex(of: ")")
    else { throw .numpy(file, "the header has no shape") }
    let parts = list[list.index(after: list.startIndex)..<close].split(separator: ",")
    let lengths = parts.map { Int($0.filter { $0 != " " }) ?? -1 }
    guard lengths.allSatisfy({ $0 >= 0 }) else {
      throw .numpy(file, "the shape (\(parts.joined(separator: ","))) is not a list of lengths")
    }
    (self.kind, shape) = (kind, lengths)
  }

  /// What follows a key of the dictionary.
  private static func entry(_ key: String, in text: String) -> Substring? {
    guard let found = text.firstRange(of: "'\(key)':") else { return nil }
    return text[found.upperBound...].drop { $0 == " " }
  }
}

extension DataError {
  static func numpy(_ file: String, _ message: String) -> DataError {
    DataError(
      "corrupt-npy", in: file, message,
      hint: "save a float32, float64, int32 or int64 array with numpy.save or numpy.savez")
  }
}
