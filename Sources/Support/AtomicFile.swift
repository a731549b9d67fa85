import Foundation

/// Writes a whole file or nothing: to a temporary name in the same folder, then renamed.
///
/// - Throws: `FileError` naming the path when the folder cannot be made or written.
public func writeAtomically(_ data: Data, to url: URL) throws {
  do {
    try FileManager.default.createDirectory(
      at: url.deletingLastPathComponent(), withIntermediateDirectories: true)
    try data.write(to: url, options: .atomic)
  } catch {
    throw FileError(
      code: "cannot-write", place: url.path, message: error.localizedDescription,
      hint: "check that the folder exists, is writable and has space")
  }
}

public func writeAtomically(_ text: String, to url: URL) throws {
  try writeAtomically(Data(text.utf8), to: url)
}

/// A file that cannot be read or written.
public struct FileError: UserError {
  public let code: String
  public let place: String
  public let message: String
  public let hint: String?

  public init(code: String, place: String, message: String, hint: String?) {
    (self.code, self.place, self.message, self.hint) = (code, place, message, hint)
  }
}
