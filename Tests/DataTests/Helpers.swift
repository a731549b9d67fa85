import Foundation
import Testing

@testable import RankineData

/// The error that an action throws; the test fails when it throws none.
func dataError(
  at location: SourceLocation = #_sourceLocation, _ action: () throws -> some Any
) throws -> DataError {
  do {
    _ = try action()
  } catch let error as DataError {
    return error
  }
  Issue.record("expected an error", sourceLocation: location)
  return DataError("none", in: "", "")
}

func table(_ text: String, file: String = "data.csv") throws -> Table {
  try Table(bytes: Array(text.utf8), file: file)
}

/// A gzip file of stored blocks, made by hand (RFC 1951, RFC 1952).
func gzip(_ bytes: [UInt8]) -> [UInt8] {
  var result: [UInt8] = [0x1f, 0x8b, 8, 0, 0, 0, 0, 0, 0, 255]
  let blocks = stride(from: 0, to: max(1, bytes.count), by: 65_535)
  for start in blocks {
    let block = bytes[start..<min(bytes.count, start + 65_535)]
    result.append(start + 65_535 >= bytes.count ? 1 : 0)
    result += littleEndian(block.count, 2) + littleEndian(~block.count, 2) + block
  }
  return result + littleEndian(Int(crc32(bytes)), 4) + littleEndian(bytes.count, 4)
}

func littleEndian(_ number: Int, _ width: Int) -> [UInt8] {
  (0..<width).map { UInt8(truncatingIfNeeded: number >> (8 * $0)) }
}

func crc32(_ bytes: [UInt8]) -> UInt32 {
  var crc: UInt32 = 0xffff_ffff
  for byte in bytes {
    crc ^= UInt32(byte)
    for _ in 0..<8 { crc = (crc >> 1) ^ (crc & 1 == 1 ? 0xedb8_8320 : 0) }
  }
  return ~crc
}

/// An npy file, version 1.
func npy(_ descriptor: String, shape: String, order: String = "False", _ data: [UInt8]) -> [UInt8] {
  let header = "{'descr': '\(descriptor)', 'fortran_order': \(order), 'shape': \(shape), }\n"
  return [0x93] + Array("NUMPY".utf8) + [1, 0] + littleEndian(header.utf8.count, 2)
    + Array(header.utf8) + data
}

/// A zip archive of stored files.
func zip(_ files: [(name: String, bytes: [UInt8])], method: Int = 0) -> [UInt8] {
  var result: [UInt8] = []
  var directory: [UInt8] = []
  for (name, bytes) in files {
    let sizes =
      littleEndian(Int(crc32(bytes)), 4) + littleEndian(bytes.count, 4)
      + littleEndian(bytes.count, 4)
    let common = littleEndian(20, 2) + [0, 0] + littleEndian(method, 2) + [0, 0, 0, 0] + sizes
    let lengths = littleEndian(name.utf8.count, 2) + [0, 0]
    directory += [0x50, 0x4b, 1, 2, 20, 0] + common + lengths
    directory += [UInt8](repeating: 0, count: 10) + littleEndian(result.count, 4) + name.utf8
    result += [0x50, 0x4b, 3, 4] + common + lengths + name.utf8 + bytes
  }
  let start = result.count
  result += directory + [0x50, 0x4b, 5, 6, 0, 0, 0, 0]
  result += littleEndian(files.count, 2) + littleEndian(files.count, 2)
  return result + littleEndian(directory.count, 4) + littleEndian(start, 4) + [0, 0]
}
