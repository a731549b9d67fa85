import Foundation
import Testing

@testable import RankineData

struct GzipTests {
  private let plain = Array("a,b\n1,2\n".utf8)

  @Test func compressedTablesReadLikePlainOnes() throws {
    #expect(try Table(bytes: gzip(plain), file: "d.csv.gz").column("b").numbers() == [2])
  }

  @Test func compressionIsToldByContentNotByName() throws {
    #expect(try Table(bytes: gzip(plain), file: "d.csv").column("b").numbers() == [2])
  }

  @Test func membersFollowingEachOtherAreJoined() throws {
    let two = gzip(plain) + gzip(Array("3,4\n".utf8)) + [0, 0]
    #expect(try Table(bytes: two, file: "d.csv.gz").column("b").numbers() == [2, 4])
  }

  @Test func longFilesExpandWhole() throws {
    let long = (0..<200_000).map { UInt8(truncatingIfNeeded: $0 &* 31 >> 3) }
    #expect(try Gzip.expand(gzip(long), file: "long") == long)
  }

  @Test func everyTruncationIsAnError() throws {
    let whole = gzip(plain)
    for count in 2..<whole.count {
      let error = try dataError {
        try Gzip.expand(Array(whole[..<count]), file: "cut.gz")
      }
      #expect(error.code == "corrupt-gzip")
    }
  }

  @Test func aFlippedBitFailsTheChecksum() throws {
    var damaged = gzip(plain)
    damaged[16] ^= 1
    #expect(
      try dataError { try Gzip.expand(damaged, file: "d.csv.gz") }.description
        == """
        error[corrupt-gzip] in d.csv.gz: the compressed data is damaged or cut short
          hint: fetch the file again
        """)
  }

  @Test func aPlainFileWithACompressedNameIsNamed() throws {
    #expect(
      try dataError { try Table(bytes: plain, file: "d.csv.gz") }.message
        == "the name says gzip but the content does not start like it")
  }

  @Test(.enabled(if: FileManager.default.fileExists(atPath: "/usr/bin/gzip")))
  func theProgramGivesWhatTheLibraryGives() throws {
    #expect(try Gzip.expandByProgram(gzip(plain), file: "d") == plain)
    #expect(
      try dataError {
        try Gzip.expandByProgram(Array(gzip(plain).dropLast(9)), file: "d")
      }.code == "corrupt-gzip")
  }
}
