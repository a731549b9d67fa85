import RankineSupport

extension Console {
  /// Writes a value as JSON.
  ///
  /// - Throws: `EncodingError` when a value's own `encode(to:)` does.
  func printRecord(_ value: some Encodable) throws {
    output.write(String(decoding: try RecordFile.encode(value), as: UTF8.self))
  }

  /// Writes a line that tells of something the user may not have meant; nothing under `--quiet`.
  func warn(_ text: String) { note("warning: " + text) }
}

extension String {
  /// Every line two columns further to the right; blank lines stay blank.
  var indented: String {
    split(separator: "\n", omittingEmptySubsequences: false)
      .map { $0.isEmpty ? "" : "  " + $0 }
      .joined(separator: "\n")
  }

  /// With blanks up to so many columns.
  func padded(to width: Int) -> String {
    self + String(repeating: " ", count: max(0, width - count))
  }
}
