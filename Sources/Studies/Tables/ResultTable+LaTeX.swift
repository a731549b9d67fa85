extension ResultTable {
  /// The table as a LaTeX `table` for the package `booktabs`, the best numbers bold.
  public func latex() -> String {
    let best = isBest
    var text = "\\begin{table}\n  \\centering\n"
    if !caption.isEmpty { text += "  \\caption{\(latexEscaped(caption))}\n" }
    let alignment = columns.indices.map { isNumeric($0) ? "r" : "l" }.joined()
    text += "  \\begin{tabular}{\(alignment)}\n    \\toprule\n"
    text += latexLine(columns.map { latexEscaped($0.heading) }) + "    \\midrule\n"
    for (place, group) in groups.enumerated() {
      if let name = rows[group.lowerBound].group {
        if place > 0 { text += "    \\addlinespace\n" }
        let label = "\\textit{\(latexEscaped(name))}"
        text += "    \\multicolumn{\(columns.count)}{l}{\(label)} \\\\\n"
      }
      for row in group {
        text += latexLine(
          columns.indices.map { index in
            let plain = latexEscaped(self.text(rows[row].cells[index], in: columns[index]))
            return best[row][index] ? "\\textbf{\(plain)}" : plain
          })
      }
    }
    return text + "    \\bottomrule\n  \\end{tabular}\n\\end{table}\n"
  }

  private func latexLine(_ fields: [String]) -> String {
    "    " + fields.joined(separator: " & ") + " \\\\\n"
  }
}

/// A text in which no character is a LaTeX command; the Greek letters of headings become math.
func latexEscaped(_ text: String) -> String {
  singleLine(text).reduce(into: "") { $0 += latexSymbols[$1] ?? String($1) }
}

private let latexSymbols: [Character: String] = [
  "\\": "\\textbackslash{}", "&": "\\&", "%": "\\%", "$": "\\$", "#": "\\#", "_": "\\_",
  "{": "\\{", "}": "\\}", "~": "\\textasciitilde{}", "^": "\\textasciicircum{}",
  "<": "\\textless{}", ">": "\\textgreater{}", "|": "\\textbar{}", "\"": "\\textquotedbl{}",
  "–": "--", "—": "---", "±": "$\\pm$", "×": "$\\times$", "≤": "$\\le$", "≥": "$\\ge$",
  "α": "$\\alpha$", "λ": "$\\lambda$", "σ": "$\\sigma$", "τ": "$\\tau$",
]
