import Foundation
import RankineSupport

extension Table {
  /// Reads a CSV or TSV file, plain or gzip (told by its content).
  ///
  /// The first line names the columns. Missing values are the empty field, `NA`, `NaN`, `null`,
  /// `?` and `.`, in any letter case.
  ///
  /// - Throws: `DataError` with the file and line: `missing-file` (with the nearest name in the
  ///   folder), `corrupt-gzip`, `empty-file`, `ragged-row`, `open-quote`, `text-after-quote`,
  ///   `duplicate-column`, `not-utf8`, `too-large`.
  public init(contentsOf url: URL) throws(DataError) {
    try self.init(bytes: try fileBytes(url), file: url.lastPathComponent)
  }

  /// Reads the bytes of a CSV or TSV file, plain or gzip.
  ///
  /// - Parameter file: what messages call it; its extension chooses the delimiter.
  /// - Throws: as `init(contentsOf:)`.
  public init(bytes: [UInt8], file: String) throws(DataError) {
    let isCompressed = Gzip.isCompressed(bytes)
    if !isCompressed, file.lowercased().hasSuffix(".gz"), !bytes.isEmpty {
      throw DataError(
        "corrupt-gzip", in: file, "the name says gzip but the content does not start like it",
        hint: "remove .gz from the name if the file is not compressed")
    }
    let plain = isCompressed ? try Gzip.expand(bytes, file: file) : bytes
    let text = try DelimitedTextParser.parse(
      plain, file: file, delimiter: Delimiter.choose(file: file, bytes: plain))
    try self.init(
      file,
      columns: text.header.enumerated().map { Column($1, of: text, column: $0) })
  }
}

/// The bytes of a file.
///
/// - Throws: `DataError` `missing-file` (with the nearest name in the folder) or `unreadable-file`.
func fileBytes(_ url: URL) throws(DataError) -> [UInt8] {
  let files = FileManager.default
  var isFolder: ObjCBool = false
  guard files.fileExists(atPath: url.path, isDirectory: &isFolder) else {
    let folder = url.deletingLastPathComponent()
    guard let names = try? files.contentsOfDirectory(atPath: folder.path) else {
      throw DataError(
        "missing-file", in: url.path, "there is no such file", hint: "nor is there the folder")
    }
    throw DataError(
      "missing-file", in: url.path, "there is no such file",
      hint: nearestName(to: url.lastPathComponent, among: names.sorted())
        .map { "did you mean \"\($0)\"?" } ?? "check the path")
  }
  guard !isFolder.boolValue, let data = try? Data(contentsOf: url) else {
    throw DataError(
      "unreadable-file", in: url.path,
      isFolder.boolValue ? "expected a file, found a folder" : "the file cannot be read",
      hint: isFolder.boolValue ? "name a file in it" : "check its permissions")
  }
  return [UInt8](data)
}
