import Foundation
import RankineTraining
import Testing

@testable import RankineStudies

struct EventFileTests {
  @Test func theChecksumIsThatOfCastagnoli() {
    // The check value of the catalogue of parametrised CRC algorithms, and 32 zero bytes of RFC 3720.
    #expect(CyclicRedundancy.checksum(Array("123456789".utf8)) == 0xE306_9283)
    #expect(CyclicRedundancy.checksum([UInt8](repeating: 0, count: 32)) == 0x8A91_36AA)
    #expect(CyclicRedundancy.checksum([]) == 0)
    #expect(CyclicRedundancy.masked([]) == 0xA282_EAD8)
  }

  @Test func anEventHasItsTagNumberStepAndTime() throws {
    var file = EventFile(time: 2)
    file.scalar("loss", 0.5, step: 300, time: 3)
    let messages = try records(of: file.bytes)
    // Field 1 as double: 2.0; field 3: the version.
    #expect(messages[0].prefix(9) == [0x09, 0, 0, 0, 0, 0, 0, 0, 0x40])
    #expect(Array(messages[0].dropFirst(9)) == [0x1A, 13] + Array("brain.Event:2".utf8))
    let value: [UInt8] = [0x0A, 4] + Array("loss".utf8) + [0x15, 0, 0, 0, 0x3F]
    let summary: [UInt8] = [0x0A, UInt8(value.count)] + value
    #expect(
      messages[1] == [0x09, 0, 0, 0, 0, 0, 0, 0x08, 0x40] + [0x10, 0xAC, 0x02]
        + [0x2A, UInt8(summary.count)] + summary)
  }

  @Test func numbersThatAreNotFiniteAreLeftOut() throws {
    var file = EventFile(time: 0)
    file.scalar("loss", .nan, step: 1, time: 1)
    file.scalar("loss", .infinity, step: 2, time: 2)
    #expect(try records(of: file.bytes).count == 1)
  }

  @Test func everyStrengthHasAFolderAndEveryEpochItsScalars() throws {
    let data = try smallData()
    var options = TrainingOptions.quick
    options.epochs = 3
    let fit = try smallModel(.path(count: 2)).fit(data, options: options)
    let folder = FileManager.default.temporaryDirectory
      .appendingPathComponent("events-\(UUID().uuidString)")
    defer { try? FileManager.default.removeItem(at: folder) }
    try TrainingEvents(fit).write(into: folder, time: 1000)
    let names = try FileManager.default.contentsOfDirectory(atPath: folder.path).sorted()
    // Two strengths in five folds, and the fit to all rows.
    #expect(names.count == 11)
    #expect(Set(names).isSuperset(of: ["path-0", "path-1", "path-1-5", "final-0"]))
    let file = folder.appendingPathComponent("path-1/events.out.tfevents.1000.rankine")
    let text = try records(of: Array(Data(contentsOf: file))).map {
      String(decoding: $0, as: UTF8.self)
    }
    #expect(text.count { $0.contains("loss") } == 3)
    for outcome in fit.outcomes {
      #expect(text.count { $0.contains("concordance/\(outcome.name)") } == 3)
      #expect(text.count { $0.contains("weight/\(outcome.name)") } == 3)
    }
  }

  /// The messages of a file whose frames are whole.
  private func records(of bytes: [UInt8]) throws -> [[UInt8]] {
    func number(_ range: Range<Int>) throws -> UInt64 {
      try #require(range.upperBound <= bytes.count)
      return bytes[range].reversed().reduce(0) { $0 << 8 | UInt64($1) }
    }
    var records: [[UInt8]] = []
    var place = 0
    while place < bytes.count {
      let length = Int(try number(place..<place + 8))
      #expect(
        try number(place + 8..<place + 12)
          == UInt64(CyclicRedundancy.masked(Array(bytes[place..<place + 8]))))
      let start = place + 12
      let end = start + length
      let sum = try number(end..<end + 4)
      #expect(sum == UInt64(CyclicRedundancy.masked(Array(bytes[start..<end]))))
      records.append(Array(bytes[start..<end]))
      place = end + 4
    }
    return records
  }
}
