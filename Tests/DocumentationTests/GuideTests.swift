import Foundation
import Testing

/// What guides show is what the build compiles.
struct GuideTests {
  @Test func everySwiftBlockIsARunOfLinesOfACompiledFile() throws {
    let compiled = try CompiledLines()
    let blocks = try Repository.guides().flatMap(\.blocks).filter { $0.language == "swift" }
    #expect(!blocks.isEmpty)
    for block in blocks {
      #expect(compiled.contain(block.lines), "\(block.place) is in no compiled file")
    }
  }

  /// The lines that a change leaves or removes stand in the file that it names.
  @Test func everyDiffFitsTheFileThatItChanges() throws {
    for block in try Repository.guides().flatMap(\.blocks) where block.language == "diff" {
      let head = try #require(block.lines.first)
      if head == "--- /dev/null" { continue }
      let path = String(try #require(head.wholeMatch(of: /--- a\/(.+)/)).1)
      let old = block.lines.dropFirst(2).filter { !$0.hasPrefix("+") }.map { $0.dropFirst() + "\n" }
      #expect(
        try Repository.text(of: path).contains(old.joined()),
        "\(block.place) does not fit \(path)")
    }
  }

  @Test func everyFileThatAGuideNamesExists() throws {
    for guide in try Repository.guides() {
      let folder = (guide.path as NSString).deletingLastPathComponent
      let text = guide.text.replacing(/New file `[^`]+`/, with: "")
      let named = text.matches(of: /`((?:Sources|Tests|Docs|Playground)\/[\w\/+.]+)`/)
        .map { String($0.1) }
      let linked = text.matches(of: /\]\(([\w\/+.]+\.md)(?:#[^)]*)?\)/)
        .map { folder.isEmpty ? String($0.1) : folder + "/" + $0.1 }
      for path in named + linked {
        #expect(Repository.has(path), "\(guide.path) names \(path)")
      }
    }
  }
}
