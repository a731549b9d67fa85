import RankineStudies
import Testing

private let hostile = "<script>alert(1)</script> & \"quotes\" 'apostrophes' \u{0}\u{B}"

private func hostilePage() -> HTMLPage {
  var table = ResultTable(caption: hostile, columns: [.init(hostile), .init("AUC")])
  table.append([.text(hostile), .number(0.5, deviation: 0.1)], group: hostile)
  return HTMLPage(
    title: hostile, subtitle: hostile,
    sections: [
      .init(hostile, [.paragraph(hostile), .list([hostile]), .facts([(hostile, hostile)])]),
      .init("Tables", [.table(table), .code(hostile)]),
      .init("Figures", samplePlots(hostile, [1, 2, 3]).map { .figure($0, caption: hostile) }),
    ])
}

@Test func aPageIsWellFormedAndEscapesEveryName() throws {
  let text = hostilePage().html()
  #expect(try isWellFormed(text))
  #expect(!text.contains("<script"))
  #expect(text.contains("&lt;script&gt;alert(1)&lt;/script&gt; &amp; &quot;quotes&quot;"))
}

@Test func aPageNeedsNothingFromOutside() {
  let text = hostilePage().html()
  for reference in ["src=", "url(", "@import", "href=\"http", "<link"] {
    #expect(!text.contains(reference))
  }
  #expect(text.components(separatedBy: "<style>").count == 2)
}

@Test func aPageHasItsPartsInOrder() throws {
  var table = ResultTable(columns: [.init("Model"), .init("AUC", preference: .larger)])
  table.append([.text("a"), .number(0.5)])
  table.append([.text("b"), .number(0.7)])
  let page = HTMLPage(
    title: "Study", sections: [.init("One", [.table(table)]), .init("Two", [.code("a  b")])])
  let text = page.html()
  #expect(text.hasPrefix("<!DOCTYPE html>\n"))
  #expect(!text.contains("<nav>"))
  #expect(text.contains("<td class=\"number\"><b>0.700</b></td>"))
  #expect(text.contains("<td class=\"number\">0.500</td>"))
  #expect(text.contains("<pre><code>a  b</code></pre>"))
  let one = try #require(text.range(of: "<h2>One</h2>"))
  let two = try #require(text.range(of: "<h2>Two</h2>"))
  #expect(one.lowerBound < two.lowerBound)
}

@Test func threeSectionsGetLinksToThem() {
  let page = HTMLPage(title: "t", sections: [.init("A"), .init("B"), .init("C")])
  #expect(page.html().contains("<a href=\"#section-2\">B</a>"))
  #expect(page.html().contains("<section id=\"section-2\">"))
}
