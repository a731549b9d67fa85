extension ResultTable {
  /// The table as comma-separated values with all digits (RFC 4180, lines end in CR LF).
  ///
  /// Groups are a first column `group`. A column of numbers with deviations is followed by one
  /// named `… sd`. A number that is none is an empty field.
  public func csv() -> String {
    let hasGroups = rows.contains { $0.group != nil }
    let hasDeviation = columns.indices.map { index in
      rows.contains {
        if case .number(_, let deviation) = $0.cells[index] { deviation != nil } else { false }
      }
    }
    var header = hasGroups ? ["group"] : []
    for (index, column) in columns.enumerated() {
      header.append(column.heading)
      if hasDeviation[index] { header.append(column.heading + " sd") }
    }
    var lines = [header]
    for row in rows {
      var fields = hasGroups ? [row.group ?? ""] : []
      for (index, cell) in row.cells.enumerated() {
        let (value, deviation) = fieldsOf(cell)
        fields.append(value)
        if hasDeviation[index] { fields.append(deviation) }
      }
      lines.append(fields)
    }
    return lines.map { $0.map(csvQuoted).joined(separator: ",") + "\r\n" }.joined()
  }

  private func fieldsOf(_ cell: Cell) -> (value: String, deviation: String) {
    switch cell {
    case .empty: ("", "")
    case .text(let text): (text, "")
    case .number(let value, let deviation): (fullText(value), deviation.map(fullText) ?? "")
    }
  }
}

/// The shortest digits that read back as the same number; empty for one that is not finite.
private func fullText(_ value: Double) -> String { value.isFinite ? "\(value)" : "" }

private func csvQuoted(_ field: String) -> String {
  let isPlain = field.unicodeScalars.allSatisfy { !"\",\r\n".unicodeScalars.contains($0) }
  return isPlain ? field : "\"" + field.replacing("\"", with: "\"\"") + "\""
}
