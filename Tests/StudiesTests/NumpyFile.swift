import Foundation
import RankineSupport

/// The file `tiny.npz` with some arrays, in a folder of its own that goes with it.
final class NumpyFile {
  /// Extents, and numbers in row-major order.
  typealias Array = (shape: [Int], values: [Double])

  let url: URL

  init(_ arrays: [String: Array]) throws {
    let folder = FileManager.default.temporaryDirectory
      .appendingPathComponent("rankine-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    url = folder.appendingPathComponent("tiny.npz")
    try writeAtomically(Self.archive(arrays), to: url)
  }

  deinit { try? FileManager.default.removeItem(at: url.deletingLastPathComponent()) }

  /// A zip archive of stored npy files; readers find entries through the directory at its end.
  private static func archive(_ arrays: [String: Array]) -> Data {
    var files = Data(), directory = Data()
    for (name, array) in arrays.sorted(by: { $0.key < $1.key }) {
      let shape = array.shape.map { "\($0)," }.joined()
      let header = "{'descr': '<f8', 'fortran_order': False, 'shape': (\(shape)), }\n"
      var content = Data([0x93] + "NUMPY".utf8 + [1, 0])
      content += bytes(header.utf8.count, 2) + Data(header.utf8)
      for value in array.values { content += bytes(Int(bitPattern: UInt(value.bitPattern)), 8) }
      let file = Data((name + ".npy").utf8)
      let sizes = bytes(content.count, 4) + bytes(content.count, 4) + bytes(file.count, 2)
      directory += bytes(0x0201_4b50, 4) + Data(count: 16) + sizes + Data(count: 12)
      directory += bytes(files.count, 4) + file
      files += bytes(0x0403_4b50, 4) + Data(count: 14) + sizes + Data(count: 2) + file + content
    }
    let count = bytes(arrays.count, 2)
    return files + directory + bytes(0x0605_4b50, 4) + Data(count: 4) + count + count
      + bytes(directory.count, 4) + bytes(files.count, 4) + Data(count: 2)
  }

  private static func bytes(_ number: Int, _ width: Int) -> Data {
    Data((0..<width).map { UInt8(truncatingIfNeeded: number >> (8 * $0)) })
  }
}
