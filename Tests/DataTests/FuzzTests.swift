import Foundation
import RankineSupport
import Testing

@testable import RankineData

/// Readers of damaged files: they parse or throw, whatever the bytes. A crash fails the run.
struct FuzzTests {
  private let csv = Array(
    "\u{FEFF}id,\"a \"\"b\"\"\",n,t\r\n1,\"x,\ny\",2.5e-3,NA\r\n2,é,-7,?\r\n3,\"\",1e400,.\r\n".utf8
  )

  /// A few bytes changed, dropped, doubled or inserted, most of them meaningful to the format.
  private func mutate(_ bytes: [UInt8], _ random: inout CounterRandom) -> [UInt8] {
    let special: [UInt8] = Array("\",;\t\r\n\0.e-(){}:'<".utf8) + [0xff, 0xc3, 0x80, 0x93, 1, 2]
    var bytes = bytes
    for _ in 0...Int(random.uniform() * 4) {
      let place = Int(random.uniform() * Double(bytes.count))
      let other = Int(random.uniform() * Double(bytes.count))
      let byte = special[Int(random.uniform() * Double(special.count))]
      switch Int(random.uniform() * 7) {
      case 0 where !bytes.isEmpty: bytes[place] = UInt8(truncatingIfNeeded: random.next())
      case 1 where !bytes.isEmpty: bytes[place] = byte
      case 2 where !bytes.isEmpty: bytes[place] ^= 1 << UInt8(random.uniform() * 8)
      case 3 where !bytes.isEmpty: bytes.remove(at: place)
      case 4: bytes.insert(byte, at: place)
      case 5: bytes.removeSubrange(place...)
      default: bytes.insert(contentsOf: bytes[min(place, other)..<max(place, other)], at: place)
      }
    }
    return bytes
  }

  /// How many of many mutations parse, after everything that parses was looked at.
  private func survivors(_ original: [UInt8], _ seed: UInt64, read: ([UInt8]) throws -> Void) -> Int
  {
    var random = CounterRandom(seed: seed)
    var parsed = 0
    for _ in 0..<2000 {
      do {
        try read(mutate(original, &random))
        parsed += 1
      } catch {
        #expect(error is DataError)
      }
    }
    return parsed
  }

  private func look(at table: Table) throws {
    for column in table.columns { #expect(column.texts().count == table.rowCount) }
    let columns = table.columnNames
    let preprocessor = try Preprocessor.fit(
      table, columns: columns, rows: Array(0..<table.rowCount))
    #expect(try preprocessor.transform(table).values.allSatisfy { !$0.isNaN })
  }

  @Test func mutatedTablesParseOrThrow() {
    let parsed = survivors(csv, 1) { bytes in
      try look(at: Table(bytes: bytes, file: "fuzz.csv"))
    }
    #expect((1..<2000).contains(parsed))
  }

  @Test func mutatedGzipParsesOrThrows() {
    let parsed = survivors(gzip(csv), 2) { bytes in
      try look(at: Table(bytes: bytes, file: "fuzz.csv.gz"))
    }
    #expect(parsed < 2000)
  }

  @Test func mutatedArraysParseOrThrow() {
    let data = (0..<48).map { UInt8($0) }
    let parsed = survivors(npy("<f8", shape: "(2, 3)", data), 3) { bytes in
      let array = try NumpyArray(bytes: bytes, file: "fuzz.npy")
      #expect(array.values.count == array.shape.reduce(1, *))
    }
    #expect((1..<2000).contains(parsed))
  }

  @Test func mutatedArchivesParseOrThrow() {
    let array = npy("<f4", shape: "(2,)", [0, 0, 0, 0, 0, 0, 128, 63])
    let parsed = survivors(zip([("a.npy", array), ("b.npy", array)]), 4) { bytes in
      let archive = try NumpyArchive(bytes: bytes, file: "fuzz.npz")
      #expect(archive.arrays.values.allSatisfy { $0.values.count == $0.shape.reduce(1, *) })
    }
    #expect((1..<2000).contains(parsed))
  }

  @Test func mutatedSpecificationsParseOrThrow() {
    let text = Array("Grade=ordinal(\"Well\"<Intermediate<Poorly)".utf8)
    let parsed = survivors(text, 5) { bytes in
      _ = try Outcome(specification: String(decoding: bytes, as: UTF8.self)).specification
    }
    #expect((1..<2000).contains(parsed))
  }
}
