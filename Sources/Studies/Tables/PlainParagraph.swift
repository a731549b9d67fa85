/// A text broken at blanks, ending in a line end.
///
/// - Parameters:
///   - width: the longest line, but for longer words.
///   - start: how much of the first line is taken.
func wrapped(_ text: String, width: Int, from start: Int = 0) -> String {
  var lines = [""]
  var room = width - start
  for word in text.split(separator: " ") {
    let isFirst = lines[lines.count - 1].isEmpty
    if !isFirst, lines[lines.count - 1].count + 1 + word.count > room {
      lines.append("")
      room = width
    }
    let line = lines[lines.count - 1]
    lines[lines.count - 1] = line.isEmpty ? String(word) : line + " " + word
  }
  return lines.joined(separator: "\n") + "\n"
}

/// `1 row`, `2 rows`.
func counted(_ count: Int, _ noun: String) -> String {
  "\(count) \(noun)\(count == 1 ? "" : "s")"
}
