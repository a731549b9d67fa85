import Foundation
import RankineSupport
import Testing

struct AtomicFileTests {
  /// Runs in a folder of its own, which is gone afterwards.
  private func inFolder(_ body: (URL) throws -> Void) throws {
    let folder = FileManager.default.temporaryDirectory.appending(path: UUID().uuidString)
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    try body(folder)
  }

  @Test func aFileIsWrittenWithTheFoldersItNeeds() throws {
    try inFolder { folder in
      let file = folder.appending(path: "a/b/scores.csv")
      try writeAtomically("Zürich\n", to: file)
      #expect(try String(contentsOf: file, encoding: .utf8) == "Zürich\n")
    }
  }

  @Test func aFileThatIsThereIsReplacedAndNothingElseIsLeft() throws {
    try inFolder { folder in
      let file = folder.appending(path: "model")
      try writeAtomically(Data([1, 2, 3]), to: file)
      try writeAtomically(Data([9]), to: file)
      #expect(try Data(contentsOf: file) == Data([9]))
      #expect(try FileManager.default.contentsOfDirectory(atPath: folder.path) == ["model"])
    }
  }

  @Test func aFileInTheWayOfAFolderIsNamedAndKept() throws {
    try inFolder { folder in
      try writeAtomically("kept", to: folder.appending(path: "file"))
      let target = folder.appending(path: "file/model")
      do {
        try writeAtomically("lost", to: target)
        Issue.record("wrote below a file")
      } catch let error as FileError {
        #expect(error.code == "cannot-write")
        #expect(error.place == target.path)
        #expect(!error.message.isEmpty)
        #expect(error.hint == "check that the folder exists, is writable and has space")
      }
      let kept = try String(contentsOf: folder.appending(path: "file"), encoding: .utf8)
      #expect(kept == "kept")
    }
  }

  @Test func aFolderIsNotReplacedByAFile() throws {
    try inFolder { folder in
      try writeAtomically("kept", to: folder.appending(path: "results/file"))
      #expect(throws: FileError.self) {
        try writeAtomically("lost", to: folder.appending(path: "results"))
      }
      let kept = try String(contentsOf: folder.appending(path: "results/file"), encoding: .utf8)
      #expect(kept == "kept")
    }
  }
}
