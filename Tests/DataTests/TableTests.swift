import Foundation
import RankineSupport
import Testing

@testable import RankineData

struct TableTests {
  @Test func quotesHoldDelimitersLineEndsAndDoubledQuotes() throws {
    let table = try table("name,n\r\n\"a, \"\"b\"\"\nc\",1\r\n\"\",2\r\n")
    #expect(try table.column("name").texts() == ["a, \"b\"\nc", nil])
    #expect(try table.column("n").numbers() == [1, 2])
  }

  @Test func aByteOrderMarkAndBlankLinesAreIgnored() throws {
    let table = try table("\u{FEFF}\na,b\n1,2\n\n3,4\n\n")
    #expect(table.columnNames == ["a", "b"])
    #expect(try table.column("a").numbers() == [1, 3])
  }

  @Test func aBlankLineInAColumnAloneIsAMissingValue() throws {
    #expect(try table("a\nx\n\ny\n").column("a").texts() == ["x", nil, "y"])
  }

  @Test(arguments: ["", "NA", "na", "NaN", "null", "NULL", "?", ".", "  "])
  func eachSpellingOfMissingIsMissing(_ text: String) throws {
    let column = try table("a,b\n\(text),1\n2,1\n").column("a")
    #expect(column.texts() == [nil, "2"])
    let numbers = try column.numbers()
    #expect(numbers[0].isNaN && numbers[1] == 2)
  }

  @Test(arguments: [
    ("d.csv", "a,b\n1,2\n"), ("d.tsv", "a\tb\n1\t2\n"), ("d.tab", "a\tb\n1\t2\n"),
    ("d.txt", "a|b\n1|2\n"), ("d.dat", "a;b\n1;2\n"), ("d.csv", "a;b\n1;2\n"),
    ("D.TSV.GZ", "a\tb\n1\t2\n"), ("d", "\"x,y\"\tb\n1\t2\n"),
  ])
  func theDelimiterComesFromTheExtensionElseFromTheHeader(_ file: String, _ text: String) throws {
    let bytes = Array(text.utf8)
    let table = try Table(bytes: file.hasSuffix("GZ") ? gzip(bytes) : bytes, file: file)
    #expect(table.columns.count == 2)
    #expect(try table.column("b").numbers() == [2])
  }

  @Test func anUnnamedColumnIsNamedByItsPosition() throws {
    #expect(try table(",b\n1,2\n").columnNames == ["column.1", "b"])
  }

  @Test(arguments: [
    "0", "-0", "1", "+1.5", ".5", "1.", "007", "1e3", "1E-3", "9007199254740993", "1e22", "1e23",
    "123456789012345678901234567890", "0.1", "2.2250738585072014e-308", "1.7976931348623157e308",
    "-0.18752814007790208", "3.14159265358979323846", "5e-324", "0.000000000000000000000000001",
  ])
  func numbersAreCorrectlyRounded(_ text: String) {
    #expect(DecimalNumber.parse(text) == Double(text))
  }

  @Test func randomNumbersReadBackExactly() {
    var random = CounterRandom(seed: 3)
    for _ in 0..<2000 {
      let number = random.normal() * Foundation.pow(10, (random.uniform() - 0.5) * 60)
      #expect(DecimalNumber.parse(number.description) == number)
    }
  }

  @Test(arguments: [
    "", "e", "1e", "1e+", "--1", "1.2.3", "0x10", "inf", "1e999", "1 2", "1e9999999",
  ])
  func otherTextsAreNoNumbers(_ text: String) {
    #expect(DecimalNumber.parse(text) == nil)
  }

  @Test func patternsSelectColumnsInTheOrderOfTheTable() throws {
    let table = try table("gene_b,age,gene_a,a*b\n1,2,3,4\n")
    #expect(try table.columnNames(matching: ["gene_*", "a*b"]) == ["gene_b", "gene_a", "a*b"])
    #expect(try table.columnNames(matching: ["*_a"]) == ["gene_a"])
    #expect(try dataError { try table.columnNames(matching: ["x*"]) }.code == "missing-column")
  }

  @Test func writtenTablesReadBackEqual() throws {
    let texts = ["plain", nil, "a,b", "say \"hi\"", "two\nlines", " blank "]
    let numbers = [0.1, -2, 1e300, 3, 4.5, 6]
    let original = try Table(
      "out", columns: [Column("t,1", texts: texts), Column("n", numbers: numbers)])
    let back = try table(original.csv())
    #expect(back.columnNames == ["t,1", "n"])
    #expect(back.columns[0].texts() == texts)
    #expect(try back.columns[1].numbers() == numbers)
  }
}
