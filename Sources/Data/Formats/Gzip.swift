import Foundation
import RankineSupport

/// Expands gzip by the system's zlib, or by its `gzip` program where zlib is absent.
package enum Gzip {
  /// Whether the bytes start like gzip.
  package static func isCompressed(_ bytes: [UInt8]) -> Bool {
    bytes.starts(with: [0x1f, 0x8b])
  }

  /// - Throws: `DataError` `corrupt-gzip` when the data is damaged or cut short, or when neither
  ///   zlib nor gzip is there.
  package static func expand(_ bytes: [UInt8], file: String) throws(DataError) -> [UInt8] {
    guard let library = ZlibLibrary.shared else {
      return try expandByProgram(bytes, file: file)
    }
    guard let plain = library.expand(bytes) else { throw damaged(file) }
    return plain
  }

  /// Runs `gzip -dc` on a temporary copy.
  package static func expandByProgram(_ bytes: [UInt8], file: String) throws(DataError) -> [UInt8] {
    let copy = FileManager.default.temporaryDirectory
      .appendingPathComponent("rankine-\(UUID().uuidString).gz")
    defer { try? FileManager.default.removeItem(at: copy) }
    let program = Process()
    let output = Pipe()
    program.executableURL = URL(fileURLWithPath: "/usr/bin/env")
    program.arguments = ["gzip", "-dc", copy.path]
    program.standardOutput = output
    program.standardError = FileHandle.nullDevice
    do {
      try writeAtomically(Data(bytes), to: copy)
      try program.run()
    } catch {
      throw DataError(
        "corrupt-gzip", in: file, "cannot expand: found neither zlib nor gzip",
        hint: "expand the file yourself")
    }
    let plain = output.fileHandleForReading.readDataToEndOfFile()
    program.waitUntilExit()
    guard program.terminationStatus == 0 else { throw damaged(file) }
    return [UInt8](plain)
  }

  private static func damaged(_ file: String) -> DataError {
    DataError(
      "corrupt-gzip", in: file, "the compressed data is damaged or cut short",
      hint: "fetch the file again")
  }
}
