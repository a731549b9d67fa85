import Foundation
import RankineSupport

/// The named arrays of an uncompressed npz file (a zip of npy files).
public struct NumpyArchive: Sendable {
  /// By name, without the ending `.npy`.
  public let arrays: [String: NumpyArray]
  private let file: String

  /// Reads a file.
  ///
  /// - Throws: `DataError` `missing-file`, `corrupt-npz`, `corrupt-npy`.
  public init(contentsOf url: URL) throws(DataError) {
    try self.init(bytes: try fileBytes(url), file: url.lastPathComponent)
  }

  /// Reads the bytes of a file.
  ///
  /// - Throws: `DataError` `corrupt-npz` for a damaged or compressed archive, `corrupt-npy` for a
  ///   damaged array.
  public init(bytes: [UInt8], file: String) throws(DataError) {
    var arrays: [String: NumpyArray] = [:]
    for entry in try ZipDirectory(bytes: bytes, file: file).entries
    where entry.name.hasSuffix(".npy") {
      let name = String(entry.name.dropLast(4))
      arrays[name] = try NumpyArray(bytes: Array(bytes[entry.data]), file: "\(file), \(name)")
    }
    (self.arrays, self.file) = (arrays, file)
  }

  /// The array of that name.
  ///
  /// - Throws: `DataError` `missing-array` with the nearest name.
  public func array(_ name: String) throws(DataError) -> NumpyArray {
    guard let array = arrays[name] else {
      throw DataError(
        "missing-array", in: file, "there is no array \"\(name)\"",
        hint: suggestion(for: name, among: arrays.keys.sorted()))
    }
    return array
  }
}

/// The stored entries of a zip archive, found through its central directory.
///
/// - Source: PKWARE APPNOTE 6.3, sections 4.3.7, 4.3.12 and 4.3.16.
struct ZipDirectory {
  /// One stored file.
  struct Entry {
    let name: String
    /// Where its bytes are in the archive.
    let data: Range<Int>
  }

  let entries: [Entry]

  /// - Throws: `DataError` `corrupt-npz`; every range is inside the archive.
  init(bytes: [UInt8], file: String) throws(DataError) {
    let reader = ByteReader(bytes: bytes)
    let tail = max(0, bytes.count - 65_557)
    guard bytes.count >= 22,
      let end = (tail...(bytes.count - 22)).last(where: { reader.word($0) == 0x0605_4b50 }),
      let count = reader.half(end + 10), let start = reader.word(end + 16)
    else { throw .zip(file, "the content does not end like a zip archive") }
    var entries: [Entry] = []
    var position = start
    for _ in 0..<count {
      guard reader.word(position) == 0x0201_4b50,
        let method = reader.half(position + 10), let compressed = reader.word(position + 20),
        let size = reader.word(position + 24), let nameLength = reader.half(position + 28),
        let extraLength = reader.half(position + 30), let noteLength = reader.half(position + 32),
        let local = reader.word(position + 42),
        let name = reader.text(position + 46, nameLength),
        reader.word(local) == 0x0403_4b50,
        let localName = reader.half(local + 26), let localExtra = reader.half(local + 28)
      else { throw .zip(file, "the directory of the archive is damaged") }
      guard method == 0, compressed == size else {
        throw .zip(file, "\"\(name)\" is compressed")
      }
      let first = local + 30 + localName + localExtra
      guard first + size <= bytes.count else {
        throw .zip(file, "\"\(name)\" reaches beyond the end of the file")
      }
      entries.append(Entry(name: name, data: first..<(first + size)))
      position += 46 + nameLength + extraLength + noteLength
    }
    self.entries = entries
  }
}

/// Little-endian numbers at positions of a byte array, nil outside it.
private struct ByteReader {
  let bytes: [UInt8]

  func half(_ position: Int) -> Int? { number(position, 2) }
  func word(_ position: Int) -> Int? { number(position, 4) }

  func text(_ position: Int, _ length: Int) -> String? {
    guard position >= 0, position + length <= bytes.count else { return nil }
    return String(decoding: bytes[position..<(position + length)], as: UTF8.self)
  }

  private func number(_ position: Int, _ width: Int) -> Int? {
    guard position >= 0, position + width <= bytes.count else { return nil }
    return (0..<width).reversed().reduce(0) { $0 << 8 | Int(bytes[position + $1]) }
  }
}

extension DataError {
  fileprivate static func zip(_ file: String, _ message: String) -> DataError {
    DataError(
      "corrupt-npz", in: file, message, hint: "save it with numpy.savez (not savez_compressed)")
  }
}
