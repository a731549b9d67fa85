import Foundation

/// Writes a directory whole or not at all.
///
/// The body fills a temporary directory beside the final one; when it returns, the temporary one
/// is renamed. When it throws, nothing of it remains and what stood there before is untouched.
///
/// - Parameters:
///   - url: the directory to write; folders above it are made.
///   - marker: a file that every directory of this kind holds. A directory without it is never
///     replaced, so that a slip in the path cannot cost other files.
///   - isReplacing: whether a directory that holds the marker may be replaced.
///   - body: gets the directory to write into.
/// - Throws: `FileError`: `already-exists` before the body runs, when something stands there that
///   may not be replaced; `cannot-write` when the directory cannot be made or renamed; else what
///   the body throws.
public func writeDirectory<Result>(
  at url: URL, marker: String, isReplacing: Bool, _ body: (URL) throws -> Result
) throws -> Result {
  let final = url.standardizedFileURL.resolvingSymlinksInPath()
  try checkDirectory(at: final, marker: marker, isReplacing: isReplacing)
  let parent = final.deletingLastPathComponent()
  let unique = ".\(final.lastPathComponent).\(UUID().uuidString.prefix(8))"
  let staged = parent.appendingPathComponent(unique + ".partial", isDirectory: true)
  let files = FileManager.default
  defer { try? files.removeItem(at: staged) }

  try reportingFailure(at: staged) {
    try files.createDirectory(at: staged, withIntermediateDirectories: true)
  }
  let result = try body(staged)
  // Once more: the body may have taken hours, and another run may have written meanwhile.
  try checkDirectory(at: final, marker: marker, isReplacing: isReplacing)
  let replaced = parent.appendingPathComponent(unique + ".replaced", isDirectory: true)
  try reportingFailure(at: final) {
    let isThere = files.fileExists(atPath: final.path)
    if isThere { try files.moveItem(at: final, to: replaced) }
    do {
      try files.moveItem(at: staged, to: final)
    } catch {
      if isThere { try? files.moveItem(at: replaced, to: final) }
      throw error
    }
    if isThere { try? files.removeItem(at: replaced) }
  }
  return result
}

/// Passes when nothing, an empty directory or, if asked for, one with the marker stands there: what
/// `writeDirectory` asks for, to be known before long work.
///
/// - Throws: `FileError` (`already-exists`).
public func checkDirectory(at url: URL, marker: String, isReplacing: Bool) throws {
  let files = FileManager.default
  guard files.fileExists(atPath: url.path) else { return }
  let content = try? files.contentsOfDirectory(atPath: url.path)
  if content?.isEmpty == true { return }
  guard content?.contains(marker) == true else {
    throw FileError(
      code: "already-exists", place: url.path,
      message: "something else than an earlier result stands here (there is no \(marker) in it)",
      hint: "write to another directory")
  }
  guard isReplacing else {
    throw FileError(
      code: "already-exists", place: url.path, message: "an earlier result stands here",
      hint: "write to another directory, or replace it with --force")
  }
}

private func reportingFailure(at url: URL, _ body: () throws -> Void) throws {
  do {
    try body()
  } catch {
    throw FileError(
      code: "cannot-write", place: url.path, message: error.localizedDescription,
      hint: "check that the folder exists, is writable and has space")
  }
}
