extension ResultTable {
  /// The table in aligned plain text, the best numbers marked with a star.
  ///
  /// Columns that do not fit the width continue in further blocks, each with the first column and the
  /// rows that have something there.
  ///
  /// - Parameter width: the longest line, as far as the first column and one more fit into it.
  public func plainText(width: Int = 100) -> String {
    let entries = markedEntries()
    let widths = columns.indices.map { index in
      entries.map { $0[index].count }.reduce(columns[index].heading.count, max)
    }
    let blocks = panels(widths: widths, limit: width).map { panel in
      block(panel, entries: entries, widths: widths)
    }
    return (caption.isEmpty ? "" : caption + "\n\n") + blocks.joined(separator: "\n")
  }

  /// The cells as text; in a column with a preference every number ends in a star or a blank.
  private func markedEntries() -> [[String]] {
    let best = isBest
    return rows.indices.map { row in
      columns.indices.map { index in
        let cell = rows[row].cells[index]
        let plain = singleLine(text(cell, in: columns[index]))
        guard case .number = cell, columns[index].preference != .none else { return plain }
        return plain + (best[row][index] ? "*" : " ")
      }
    }
  }

  private func panels(widths: [Int], limit: Int) -> [[Int]] {
    guard let first = widths.first else { return [] }
    var result: [[Int]] = [[0]]
    var used = first
    for index in widths.indices.dropFirst() {
      if used + 2 + widths[index] > limit, result[result.count - 1].count > 1 {
        result.append([0])
        used = first
      }
      result[result.count - 1].append(index)
      used += 2 + widths[index]
    }
    return result
  }

  private func block(_ panel: [Int], entries: [[String]], widths: [Int]) -> String {
    func line(_ fields: [String]) -> String {
      let padded = zip(panel, fields).map { index, field in
        let blanks = String(repeating: " ", count: max(0, widths[index] - field.count))
        return isNumeric(index) ? blanks + field : field + blanks
      }
      return trimmedAtEnd(padded.joined(separator: "  ")) + "\n"
    }
    let rule = String(repeating: "─", count: panel.map { widths[$0] + 2 }.reduce(-2, +)) + "\n"
    // A heading stands above the digits: a blank where the numbers may carry a star.
    var text = line(
      panel.map { index in
        let isMarked = isNumeric(index) && columns[index].preference != .none
        let heading = singleLine(columns[index].heading)
        return isMarked && heading.count < widths[index] ? heading + " " : heading
      })
    text += rule
    var isFirst = true
    for group in groups {
      let shown = group.filter { hasContent($0, in: panel) }
      if shown.isEmpty { continue }
      if let name = rows[group.lowerBound].group {
        text += (isFirst ? "" : "\n") + singleLine(name) + "\n"
      }
      for row in shown { text += line(panel.map { entries[row][$0] }) }
      isFirst = false
    }
    return text
  }

  /// Whether a block shows a row: one that is empty in it and not in another block says nothing there.
  private func hasContent(_ row: Int, in panel: [Int]) -> Bool {
    let cells = rows[row].cells
    return panel.contains { $0 > 0 && cells[$0] != .empty }
      || cells.dropFirst().allSatisfy { $0 == .empty }
  }
}

/// A text without line breaks.
func singleLine(_ text: String) -> String {
  String(text.map { $0.isNewline ? " " : $0 })
}

private func trimmedAtEnd(_ text: String) -> String {
  var rest = Substring(text)
  while rest.last == " " { rest.removeLast() }
  return String(rest)
}
