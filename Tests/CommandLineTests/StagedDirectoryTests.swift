import Foundation
import RankineSupport
import Testing

@Test func aFinishedDirectoryHasItsNameAndNothingElseRemains() throws {
  try withFolder { folder in
    let run = folder.appendingPathComponent("deep/run")
    let result = try writeDirectory(at: run, marker: "model.json", isReplacing: false) { staged in
      try writeAtomically("1", to: staged.appendingPathComponent("model.json"))
      #expect(!FileManager.default.fileExists(atPath: run.path))
      return 7
    }
    #expect(result == 7)
    #expect(try names(in: run) == ["model.json"])
    #expect(try names(in: folder.appendingPathComponent("deep")) == ["run"])
  }
}

@Test func aFailureLeavesNothingAndWhatStoodThereBefore() throws {
  struct Stop: Error {}
  try withFolder { folder in
    let run = folder.appendingPathComponent("run")
    for isFirst in [true, false] {
      #expect(throws: Stop.self) {
        try writeDirectory(at: run, marker: "model.json", isReplacing: true) { staged in
          try writeAtomically("new", to: staged.appendingPathComponent("model.json"))
          throw Stop()
        }
      }
      #expect(try names(in: folder) == (isFirst ? [] : ["run"]))
      if isFirst { try writeAtomically("old", to: run.appendingPathComponent("model.json")) }
    }
    #expect(
      try String(decoding: readFile(run.appendingPathComponent("model.json")), as: UTF8.self)
        == "old")
  }
}

@Test func anEarlierResultIsReplacedOnlyWhenAskedFor() throws {
  try withFolder { folder in
    let run = folder.appendingPathComponent("run")
    func write(_ file: String, isReplacing: Bool) throws {
      try writeDirectory(at: run, marker: "model.json", isReplacing: isReplacing) { staged in
        try writeAtomically("", to: staged.appendingPathComponent("model.json"))
        try writeAtomically("", to: staged.appendingPathComponent(file))
      }
    }
    try FileManager.default.createDirectory(at: run, withIntermediateDirectories: true)
    try write("first", isReplacing: false)
    let error = #expect(throws: FileError.self) { try write("second", isReplacing: false) }
    #expect(
      error?.description == """
        error[already-exists] in \(run.resolvingSymlinksInPath().path): an earlier result stands here
          hint: write to another directory, or replace it with --force
        """)
    #expect(try names(in: run) == ["first", "model.json"])
    try write("second", isReplacing: true)
    #expect(try names(in: run) == ["model.json", "second"])
    #expect(try names(in: folder) == ["run"])
  }
}

@Test func aDirectoryOfAnotherKindIsNeverReplaced() throws {
  try withFolder { folder in
    let home = folder.appendingPathComponent("home")
    try writeAtomically("dear", to: home.appendingPathComponent("letter.txt"))
    for place in [home, home.appendingPathComponent("letter.txt")] {
      let error = #expect(throws: FileError.self) {
        try writeDirectory(at: place, marker: "model.json", isReplacing: true) { _ in
          Issue.record("the body ran")
        }
      }
      #expect(error?.code == "already-exists")
      #expect(error?.hint == "write to another directory")
    }
    #expect(try names(in: home) == ["letter.txt"])
  }
}

@Test func aDirectoryThatCannotBeMadeNamesItsPath() throws {
  try withFolder { folder in
    let file = folder.appendingPathComponent("file")
    try writeAtomically("", to: file)
    let error = #expect(throws: FileError.self) {
      try writeDirectory(
        at: file.appendingPathComponent("run"), marker: "model.json", isReplacing: false
      ) { _ in }
    }
    #expect(error?.code == "cannot-write")
    #expect(error?.place.contains("/file/.run.") == true)
  }
}

/// Runs the body with an empty folder, and removes it.
func withFolder(_ body: (URL) throws -> Void) throws {
  let folder = FileManager.default.temporaryDirectory.appendingPathComponent(
    "rankine-\(UUID().uuidString)", isDirectory: true)
  try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
  defer { try? FileManager.default.removeItem(at: folder) }
  try body(folder)
}

private func names(in folder: URL) throws -> [String] {
  try FileManager.default.contentsOfDirectory(atPath: folder.path).sorted()
}
