/// A report in one file: headings, text, tables and figures, without script or outside resources.
///
/// The page is well-formed XML as well as HTML; all text in it is escaped. It follows the reader's
/// light or dark setting and prints well.
public struct HTMLPage: Sendable {
  /// A piece of a section.
  public enum Block: Sendable {
    case paragraph(String)
    case list([String])
    /// Names and values, such as the settings of a run.
    case facts([(name: String, value: String)])
    case table(ResultTable)
    case figure(any SVGPlot, caption: String = "")
    /// Text in which every blank counts: a declaration, a command.
    case code(String)
  }

  /// A heading and what stands under it.
  public struct Section: Sendable {
    /// The heading.
    public let title: String
    /// What stands under it, in order.
    public var blocks: [Block]

    /// A section with its content.
    public init(_ title: String, _ blocks: [Block] = []) {
      self.title = title
      self.blocks = blocks
    }
  }

  /// The heading of the page and its name in a browser.
  public let title: String
  /// A line under the title, or empty.
  public let subtitle: String
  /// The body of the page, in order.
  public var sections: [Section]

  /// A page with its content.
  public init(title: String, subtitle: String = "", sections: [Section] = []) {
    self.title = title
    self.subtitle = subtitle
    self.sections = sections
  }

  /// The whole file.
  public func html() -> String {
    let name = markupEscaped(title)
    let lead = subtitle.isEmpty ? "" : "<p class=\"lead\">\(markupEscaped(subtitle))</p>\n"
    return """
      <!DOCTYPE html>
      <html xmlns="http://www.w3.org/1999/xhtml" lang="en">
      <head>
      <meta charset="utf-8"/>
      <meta name="viewport" content="width=device-width, initial-scale=1"/>
      <meta name="color-scheme" content="light dark"/>
      <title>\(name)</title>
      <style>
      \(PageStyle.sheet)\(PlotStyle.sheet)</style>
      </head>
      <body>
      <header>
      <h1>\(name)</h1>
      \(lead)\(contents)</header>
      <main>
      \(sections.indices.map(sectionMarkup).joined())</main>
      </body>
      </html>

      """
  }

  /// Links to the sections, from three on.
  private var contents: String {
    guard sections.count > 2 else { return "" }
    let links = sections.indices.map { index in
      "<a href=\"#section-\(index + 1)\">\(markupEscaped(sections[index].title))</a>"
    }
    return "<nav>\(links.joined(separator: " "))</nav>\n"
  }

  private func sectionMarkup(_ index: Int) -> String {
    let section = sections[index]
    let heading = "<h2>\(markupEscaped(section.title))</h2>\n"
    let body = section.blocks.map(\.markup).joined()
    return "<section id=\"section-\(index + 1)\">\n\(heading)\(body)</section>\n"
  }
}

extension HTMLPage.Block {
  fileprivate var markup: String {
    switch self {
    case .paragraph(let text): return "<p>\(markupEscaped(text))</p>\n"
    case .list(let items):
      return items.isEmpty
        ? "" : "<ul>\n\(items.map { "<li>\(markupEscaped($0))</li>\n" }.joined())</ul>\n"
    case .facts(let facts):
      let rows = facts.map { name, value in
        "<div><dt>\(markupEscaped(name))</dt><dd>\(markupEscaped(value))</dd></div>\n"
      }
      return facts.isEmpty ? "" : "<dl>\n\(rows.joined())</dl>\n"
    case .table(let table): return table.html()
    case .figure(let plot, let caption):
      let note = caption.isEmpty ? "" : "<figcaption>\(markupEscaped(caption))</figcaption>\n"
      return "<figure>\n\(plot.svg(isStandalone: false))\(note)</figure>\n"
    case .code(let text): return "<pre><code>\(markupEscaped(text))</code></pre>\n"
    }
  }
}
