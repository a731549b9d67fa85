import Foundation
import Testing

/// A page of Markdown and the code that it shows.
struct Guide: CustomTestStringConvertible {
  /// Lines between a pair of fences.
  struct Block: CustomTestStringConvertible {
    let guide: String
    /// The line of the opening fence, from 1.
    let line: Int
    let language: String
    let lines: [String]

    var testDescription: String { "\(guide):\(line)" }
  }

  let path: String
  let text: String

  var testDescription: String { path }

  var blocks: [Block] {
    var blocks: [Block] = []
    var open: (line: Int, language: String, lines: [String])?
    for (number, line) in text.components(separatedBy: "\n").enumerated() {
      if line.hasPrefix("```") {
        if let block = open {
          blocks.append(
            Block(guide: path, line: block.line, language: block.language, lines: block.lines))
          open = nil
        } else {
          open = (number + 1, String(line.dropFirst(3)), [])
        }
      } else {
        open?.lines.append(line)
      }
    }
    return blocks
  }
}
