import Foundation
import RankineSupport

extension Table {
  /// The table as CSV: a header, LF line ends, quotes where needed, missing cells empty, numbers
  /// in the shortest form that reads back the same.
  public func csv() -> String {
    let texts = columns.map { $0.texts() }
    var result = columnNames.map(Table.quoted).joined(separator: ",") + "\n"
    for row in 0..<rowCount {
      result += texts.map { $0[row].map(Table.quoted) ?? "" }.joined(separator: ",")
      result += "\n"
    }
    return result
  }

  /// Writes the table as CSV, whole or not at all.
  ///
  /// - Throws: `FileError` when the file cannot be written.
  public func write(to url: URL) throws {
    try writeAtomically(csv(), to: url)
  }

  private static func quoted(_ field: String) -> String {
    let isPlain = field.utf8.allSatisfy { byte in
      byte != UInt8(ascii: ",") && byte != UInt8(ascii: "\"") && byte != UInt8(ascii: "\n")
        && byte != UInt8(ascii: "\r")
    }
    if isPlain, field.first != " ", field.last != " " { return field }
    return "\"" + field.replacing("\"", with: "\"\"") + "\""
  }
}
