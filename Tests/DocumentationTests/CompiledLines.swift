import Foundation

/// The lines of every Swift file that the build compiles, to look for a guide's code in.
struct CompiledLines {
  private let files: [[String]]

  init() throws {
    files = try ["Sources", "Playground", "Tests/DocumentationTests"]
      .flatMap { try Repository.files(below: $0, endingIn: ".swift") }
      .map { try Repository.text(of: $0).components(separatedBy: "\n") }
  }

  /// Whether the lines stand one after the other in a file, all moved right by the same blanks.
  func contain(_ block: [String]) -> Bool {
    guard let first = block.first else { return true }
    return files.contains { lines in
      lines.indices.contains { start in
        guard start + block.count <= lines.count, lines[start].hasSuffix(first) else {
          return false
        }
        let margin = lines[start].dropLast(first.count)
        return margin.allSatisfy { $0 == " " }
          && zip(block, lines[start...]).allSatisfy { shown, line in
            shown.isEmpty ? line.isEmpty : margin + shown == line
          }
      }
    }
  }
}
