extension ResultTable {
  /// The table as an HTML element that scrolls sideways where it does not fit.
  public func html() -> String {
    let best = isBest
    var body = ""
    for group in groups {
      body += "<tbody>\n"
      if let name = rows[group.lowerBound].group {
        body +=
          "<tr class=\"group\"><th colspan=\"\(columns.count)\" scope=\"rowgroup\">"
          + "\(markupEscaped(name))</th></tr>\n"
      }
      for row in group {
        let cells = columns.indices.map { index in
          let plain = markupEscaped(text(rows[row].cells[index], in: columns[index]))
          return "<td\(alignment(index))>" + (best[row][index] ? "<b>\(plain)</b>" : plain)
            + "</td>"
        }
        body += "<tr>\(cells.joined())</tr>\n"
      }
      body += "</tbody>\n"
    }
    let headings = columns.indices.map { index in
      "<th scope=\"col\"\(alignment(index))>\(markupEscaped(columns[index].heading))</th>"
    }
    let title = caption.isEmpty ? "" : "<caption>\(markupEscaped(caption))</caption>\n"
    return "<div class=\"table\"><table>\n\(title)<thead>\n<tr>\(headings.joined())</tr>\n"
      + "</thead>\n\(body)</table></div>\n"
  }

  private func alignment(_ index: Int) -> String {
    isNumeric(index) ? " class=\"number\"" : ""
  }
}
