import Foundation
import Testing

@testable import RankineData

struct TableErrorTests {
  private func text(_ csv: String, file: String = "data.csv") throws -> String {
    try dataError { try table(csv, file: file) }.description
  }

  @Test func aRaggedRowNamesFileLineAndFieldCounts() throws {
    #expect(
      try text("a,b\n\"1\n\",2\n3\n4,5\n") == """
        error[ragged-row] in data.csv:4: expected 2 fields as in the header, found 1
          hint: quote fields that contain the delimiter, and fill missing fields with NA
        """)
  }

  @Test func anOpenQuoteNamesTheLineWhereItOpened() throws {
    #expect(
      try text("a,b\r\n1,2\r\n3,\"x\n5,6\n") == """
        error[open-quote] in data.csv:3: a quote opens here and is never closed
          hint: close the quoted field, and write a quote inside it twice
        """)
  }

  @Test func textAfterAClosingQuoteIsAnError() throws {
    #expect(
      try text("a,b\n\"x\"y,2\n") == """
        error[text-after-quote] in data.csv:2: expected a delimiter or a line end after a quoted field
          hint: write a quote inside a quoted field twice
        """)
  }

  @Test func aDuplicateColumnNamesBothPositions() throws {
    #expect(
      try text("a,b,a\n1,2,3\n") == """
        error[duplicate-column] in data.csv: columns 1 and 3 are both named "a"
          hint: give each column its own name
        """)
  }

  @Test(arguments: ["", "\n\n", "\u{FEFF}"])
  func anEmptyFileIsNamed(_ csv: String) throws {
    #expect(
      try text(csv) == "error[empty-file] in data.csv: expected a header and rows, found nothing")
  }

  @Test func aHeaderWithoutRowsIsNamed() throws {
    #expect(try text("a,b\n") == "error[empty-file] in data.csv: found a header but no rows")
  }

  @Test func invalidUTF8NamesTheLine() throws {
    let error = try dataError {
      try Table(bytes: Array("a,b\n1,".utf8) + [0xe9, 0x0a], file: "latin.csv")
    }
    #expect(
      error.description == """
        error[not-utf8] in latin.csv:2: byte 6 does not continue a UTF-8 text
          hint: save the file as UTF-8
        """)
  }

  @Test func aTextAmongNumbersNamesLineColumnAndText() throws {
    let column = try table("age,x\n1,0\n2,0\nold,0\n").column("age")
    #expect(
      try dataError { try column.numbers() }.description == """
        error[not-a-number] in data.csv:4, column "age": expected a number, found "old"
          hint: correct the cell, leave it empty if it is missing, or exclude the column
        """)
  }

  @Test func aMissingFileSuggestsTheNearestName() throws {
    let folder = FileManager.default.temporaryDirectory
      .appendingPathComponent("rankine-\(UUID().uuidString)")
    try Data("a\n1\n".utf8).write(to: try made(folder).appendingPathComponent("nki70.csv"))
    defer { try? FileManager.default.removeItem(at: folder) }
    let url = folder.appendingPathComponent("nki7O.csv")
    #expect(
      try dataError { try Table(contentsOf: url) }.description == """
        error[missing-file] in \(url.path): there is no such file
          hint: did you mean "nki70.csv"?
        """)
    #expect(
      try dataError { try Table(contentsOf: folder) }.message
        == "expected a file, found a folder")
    let other = folder.appendingPathComponent("patients.csv")
    #expect(try dataError { try Table(contentsOf: other) }.hint == "check the path")
    let nowhere = folder.appendingPathComponent("no/such.csv")
    #expect(
      try dataError { try Table(contentsOf: nowhere) }.hint
        == "nor is there the folder")
    let found = try Table(contentsOf: folder.appendingPathComponent("nki70.csv"))
    #expect(try found.column("a").numbers() == [1])
  }

  private func made(_ folder: URL) throws -> URL {
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    return folder
  }

  @Test func aMissingColumnSuggestsTheNearestName() throws {
    let table = try table("age,sex\n1,2\n")
    #expect(
      try dataError { try table.column("agee") }.description == """
        error[missing-column] in data.csv: data.csv has no column "agee"
          hint: did you mean "age"?
        """)
  }

  @Test func columnsOfUnequalLengthAreRefused() throws {
    let error = try dataError {
      try Table(
        "memory", columns: [Column("a", numbers: [1, 2]), Column("b", texts: ["x"])])
    }
    #expect(error.message == "column \"b\" has 1 rows, \"a\" has 2")
  }
}
