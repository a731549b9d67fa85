import Testing

@testable import RankineCommandLine

/// The command lines that guides show are understood.
struct ShownCommandTests {
  @Test func everyCommandLineThatAGuideShowsIsUnderstood() throws {
    var count = 0
    for block in try Repository.guides().flatMap(\.blocks) where block.language.isEmpty {
      for line in Self.commandLines(in: block) {
        let command = try #require(
          Tool.rankine.commands.first { $0.name == line[0] }, "\(block.place): \(line)")
        #expect(throws: Never.self, "\(block.place): \(line)") {
          _ = try ArgumentParser.parse(
            line.dropFirst(), declared: command.arguments + command.commonArguments)
        }
        count += 1
      }
    }
    #expect(count > 0)
  }

  /// The words after `rankine`, of each line that runs it with a command.
  private static func commandLines(in block: Guide.Block) -> [[String]] {
    let text = block.lines.joined(separator: "\n").replacing("\\\n", with: " ")
    return text.split(separator: "\n").compactMap { line in
      let words = words(of: line.prefix { $0 != "#" && $0 != "|" })
      guard let first = words.firstIndex(where: { $0 == "rankine" || $0.hasSuffix("/rankine") }),
        let next = words.dropFirst(first + 1).first, !next.hasPrefix("-")
      else { return nil }
      return Array(words[(first + 1)...])
    }
  }

  /// As a shell splits them; single quotes protect blanks.
  private static func words(of line: Substring) -> [String] {
    var words = [""]
    for (index, part) in line.split(separator: "'", omittingEmptySubsequences: false).enumerated() {
      if index % 2 == 1 {
        words[words.count - 1] += part
      } else {
        for character in part {
          if character == " " { words.append("") } else { words[words.count - 1].append(character) }
        }
      }
    }
    return words.filter { !$0.isEmpty }
  }
}
