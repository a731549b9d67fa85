import Foundation
import Testing

/// What guides show is what the build compiles.
struct GuideTests {
  @Test func everySwiftBlockIsARunOfLinesOfACompiledFile() throws {
    let compiled = try CompiledLines()
    let blocks = try Repository.guides().flatMap(\.blocks).filter { $0.language == "swift" }
    #expect(!blocks.isEmpty)
    for block in blocks {
      #expect(
        compiled.contain(block.lines), "\(block.testDescription) is in no compiled file")
    }
  }

  /// The lines that a change leaves or removes stand in the file that it names.
  @Test func everyDiffFitsTheFileThatItChanges() throws {
    for block in try Repository.guides().flatMap(\.blocks) where block.language == "diff" {
      let head = try #require(block.lines.first { $0.hasPrefix("--- a/") })
      let file = Repository.root.appendingPathComponent(String(head.dropFirst(6)))
      let text = try String(contentsOf: file, encoding: .utf8)
      let old = block.lines.filter { $0.hasPrefix(" ") || $0.hasPrefix("-") && $0 != head }
      let lines = old.map { $0.dropFirst() }.joined(separator: "\n")
      #expect(text.contains(lines + "\n"), "\(block.testDescription) does not fit \(file.path)")
    }
  }

  @Test func everyRelativeLinkLeadsToAFile() throws {
    for guide in try Repository.guides() {
      let folder = Repository.root.appendingPathComponent(guide.path).deletingLastPathComponent()
      for match in guide.text.matches(of: /\]\(([^)#:]+)(#[^)]*)?\)/) {
        let target = folder.appendingPathComponent(String(match.1))
        let exists = FileManager.default.fileExists(atPath: target.path)
        #expect(exists || match.1 == "data-flow", "\(guide.path) links to \(match.1)")
      }
    }
  }

  @Test func everyFileNamedInAGuideExists() throws {
    for guide in try Repository.guides() {
      for match in guide.text.matches(of: /`((Sources|Tests|Docs|Playground)\/[A-Za-z\/+]+\.[a-z]+)`/) {
        let file = Repository.root.appendingPathComponent(String(match.1))
        #expect(
          FileManager.default.fileExists(atPath: file.path), "\(guide.path) names \(match.1)")
      }
    }
  }
}
