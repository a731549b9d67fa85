import Foundation
import RankineSupport
import Testing

private struct Record: Codable, Equatable {
  struct Task: Codable, Equatable { var levels: [Int] }
  var name = "a/b"
  var mean = 0.1
  var bound = Double.infinity
  var tasks = ["ER": Task(levels: [1, 2]), "Age": Task(levels: [])]
}

@Test func recordsHaveSortedKeysPlainSlashesAndTextsForWhatIsNoNumber() throws {
  #expect(
    try String(decoding: RecordFile.encode(Record()), as: UTF8.self) == """
      {
        "bound" : "Infinity",
        "mean" : 0.1,
        "name" : "a/b",
        "tasks" : {
          "Age" : {
            "levels" : [

            ]
          },
          "ER" : {
            "levels" : [
              1,
              2
            ]
          }
        }
      }

      """)
}

@Test func numbersReadBackToTheSameBits() throws {
  var random = CounterRandom(seed: 3)
  let values =
    (0..<500).map { _ in Double(bitPattern: random.next()) }
    + [0, -0.0, .leastNonzeroMagnitude, .greatestFiniteMagnitude, -.infinity, 1 / 3]
  let data = try RecordFile.encode(values)
  let back = try RecordFile.decode([Double].self, from: data, path: "")
  for (value, read) in zip(values, back) {
    #expect(value.isNaN ? read.isNaN : read.bitPattern == value.bitPattern, "\(value)")
  }
}

@Test(arguments: [
  (#"{"bound": 1}"#, "name is missing"),
  (
    #"{"name": "", "mean": 1, "bound": 1, "tasks": {"ER": {"levels": [1, "x"]}}}"#,
    "expected Int at tasks.ER.levels[1]"
  ),
  (#"{"name": null}"#, "expected String at name, got null"),
])
func aDamagedRecordNamesTheFileAndTheField(text: String, message: String) {
  let error = #expect(throws: FileError.self) {
    try RecordFile.decode(Record.self, from: Data(text.utf8), path: "run/model.json")
  }
  #expect(
    error?.description == """
      error[malformed-record] in run/model.json: \(message)
        hint: the file is damaged or was written by another version
      """)
}

@Test func textThatIsNotJSONIsARecordErrorToo() {
  let error = #expect(throws: FileError.self) {
    try RecordFile.decode(Record.self, from: Data("{".utf8), path: "run/model.json")
  }
  #expect(error?.code == "malformed-record")
}

@Test func aMissingRecordNamesItsPath() throws {
  try withFolder { folder in
    let url = folder.appendingPathComponent("model.json")
    let error = #expect(throws: FileError.self) { try RecordFile.read(Record.self, from: url) }
    #expect(error?.code == "cannot-read")
    #expect(error?.place == url.path)
    try RecordFile.write(Record(), to: url)
    #expect(try RecordFile.read(Record.self, from: url) == Record())
  }
}
