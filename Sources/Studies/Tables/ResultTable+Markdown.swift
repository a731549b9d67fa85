extension ResultTable {
  /// The table in Markdown (GitHub flavour), the best numbers bold, a group as a row of its own.
  public func markdown() -> String {
    let best = isBest
    var lines = [columns.map { markdownEscaped($0.heading) }]
    for group in groups {
      if let name = rows[group.lowerBound].group {
        let label = "*\(markdownEscaped(name))*"
        lines.append([label] + Array(repeating: "", count: max(0, columns.count - 1)))
      }
      for row in group {
        lines.append(
          columns.indices.map { index in
            let plain = markdownEscaped(text(rows[row].cells[index], in: columns[index]))
            return best[row][index] ? "**\(plain)**" : plain
          })
      }
    }
    let widths = columns.indices.map { index in lines.map { $0[index].count }.reduce(3, max) }
    var body = lines.map { fields in
      let padded = fields.indices.map { index in
        let blanks = String(repeating: " ", count: widths[index] - fields[index].count)
        return isNumeric(index) ? blanks + fields[index] : fields[index] + blanks
      }
      return "| " + padded.joined(separator: " | ") + " |\n"
    }
    let rules = columns.indices.map { index in
      String(repeating: "-", count: widths[index] - 1) + (isNumeric(index) ? ":" : "-")
    }
    body.insert("| " + rules.joined(separator: " | ") + " |\n", at: 1)
    return (caption.isEmpty ? "" : markdownEscaped(caption) + "\n\n") + body.joined()
  }
}

/// A text in which nothing is Markdown.
private func markdownEscaped(_ text: String) -> String {
  singleLine(text).reduce(into: "") { result, character in
    if "\\`*_[]<>|".contains(character) { result.append("\\") }
    result.append(character)
  }
}
