import Foundation

/// Named arrays of floating-point numbers in a safetensors file.
///
/// The format is a length, a JSON header with each array's type, shape and place, and the numbers,
/// little-endian and without gaps. Arrays of Double stand before those of Float, so that each is
/// aligned; within a type they keep their order.
///
/// - Source: the safetensors format description, version 0.4.
public struct WeightFile: Sendable, Equatable {
  /// One array in row-major order.
  public struct Tensor: Sendable, Equatable {
    public let name: String
    /// Empty for a scalar.
    public let shape: [Int]
    public let values: Values
  }

  /// The numbers, with the precision in which they are stored.
  public enum Values: Sendable, Equatable {
    case float([Float])
    case double([Double])

    public var count: Int {
      switch self {
      case .float(let values): values.count
      case .double(let values): values.count
      }
    }
  }

  /// In the order in which their numbers stand in the file.
  public private(set) var tensors: [Tensor] = []
  /// Texts about the whole file.
  public var metadata: [String: String]

  public init(metadata: [String: String] = [:]) { self.metadata = metadata }

  /// The array with this name, or nil.
  public subscript(name: String) -> Tensor? { tensors.first { $0.name == name } }

  /// Adds an array.
  ///
  /// The name must be new and not `__metadata__`, which the format keeps for itself; the shape's
  /// product must be the number of values.
  public mutating func append(_ name: String, shape: [Int], _ values: Values) {
    precondition(name != "__metadata__", "a reserved name")
    precondition(self[name] == nil, "two arrays named \(name)")
    precondition(shape.reduce(1, *) == values.count, "\(name): shape \(shape) for \(values.count)")
    tensors.append(Tensor(name: name, shape: shape, values: values))
  }

  /// Reads a file that may come from anywhere.
  ///
  /// - Throws: `FileError`: `cannot-read` when it is not there, `malformed-weights` when its header
  ///   or its length is wrong, `unsupported-weights` for numbers other than F32 and F64.
  public init(contentsOf url: URL) throws {
    try self.init(decoding: readFile(url), path: url.path)
  }

  /// - Parameter path: what errors name as the place.
  /// - Throws: `FileError`, as `init(contentsOf:)`.
  public init(decoding data: Data, path: String) throws {
    let header = try WeightHeader(reading: data, path: path)
    metadata = header.metadata
    tensors = header.entries.map { entry in
      let bytes = header.start + entry.range.lowerBound
      return Tensor(
        name: entry.name, shape: entry.shape,
        values: data.withUnsafeBytes { buffer in
          switch entry.type {
          case .float:
            .float(
              (0..<entry.count).map {
                let bits = buffer.loadUnaligned(fromByteOffset: bytes + 4 * $0, as: UInt32.self)
                return Float(bitPattern: UInt32(littleEndian: bits))
              })
          case .double:
            .double(
              (0..<entry.count).map {
                let bits = buffer.loadUnaligned(fromByteOffset: bytes + 8 * $0, as: UInt64.self)
                return Double(bitPattern: UInt64(littleEndian: bits))
              })
          }
        })
    }
  }

  /// The bytes of the file; the same arrays give the same bytes.
  ///
  /// - Throws: `EncodingError` when a name is not valid JSON text.
  public func encoded() throws -> Data {
    var payload = Data(), entries: [WeightHeader.Entry] = []
    for type in [WeightHeader.ElementType.double, .float] {
      for tensor in tensors where tensor.values.type == type {
        let start = payload.count
        tensor.values.append(to: &payload)
        entries.append(
          WeightHeader.Entry(
            name: tensor.name, type: type, shape: tensor.shape, range: start..<payload.count))
      }
    }
    return try WeightHeader.encode(entries, metadata: metadata) + payload
  }

  /// Writes the file atomically.
  ///
  /// - Throws: `FileError` (`cannot-write`).
  public func write(to url: URL) throws {
    try writeAtomically(encoded(), to: url)
  }
}

extension WeightFile.Values {
  fileprivate var type: WeightHeader.ElementType {
    switch self {
    case .float: .float
    case .double: .double
    }
  }

  fileprivate func append(to data: inout Data) {
    switch self {
    case .float(let values):
      let words = values.map(\.bitPattern.littleEndian)
      words.withUnsafeBytes { data.append(contentsOf: $0) }
    case .double(let values):
      let words = values.map(\.bitPattern.littleEndian)
      words.withUnsafeBytes { data.append(contentsOf: $0) }
    }
  }
}
