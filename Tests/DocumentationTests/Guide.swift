import Foundation

/// A page of Markdown and the code that it shows.
struct Guide {
  /// Lines between a pair of fences.
  struct Block {
    /// The file, and the line of the opening fence.
    let place: String
    let language: String
    let lines: [String]
  }

  let path: String
  let text: String

  var blocks: [Block] {
    var blocks: [Block] = []
    var open: (place: String, language: String, lines: [String])?
    for (number, line) in text.components(separatedBy: "\n").enumerated() {
      if !line.hasPrefix("```") {
        open?.lines.append(line)
      } else if let block = open {
        blocks.append(Block(place: block.place, language: block.language, lines: block.lines))
        open = nil
      } else {
        open = ("\(path):\(number + 1)", String(line.dropFirst(3)), [])
      }
    }
    return blocks
  }
}
