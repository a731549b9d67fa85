import RankineStudies
import Testing

private func sample() -> ResultTable {
  var table = ResultTable(
    caption: "Test metrics & more",
    columns: [
      .init("Model"), .init("Kendall's τ", preference: .larger),
      .init("MAE", preference: .smaller, decimals: 2), .init("n", decimals: 0),
    ])
  table.append(
    [.text("rank_deep"), .number(0.8534, deviation: 0.012), .number(1.5), .number(40)],
    group: "Setting 1")
  table.append(
    [.text("uniform"), .number(0.8526, deviation: 0.1), .number(.nan), .number(40)],
    group: "Setting 1")
  table.append([.text("a|b"), .number(-0.0001), .empty, .number(2e9)], group: "Setting 2")
  return table
}

@Test func plainTextAlignsNumbersAndStarsTheBest() {
  #expect(
    sample().plainText() == """
      Test metrics & more

      Model        Kendall's τ    MAE       n
      ───────────────────────────────────────
      Setting 1
      rank_deep  0.853 (0.012)*  1.50      40
      uniform    0.853 (0.100)*     –      40

      Setting 2
      a|b                0.000          2e+09

      """)
}

@Test func markdownEscapesAndEmphasizes() {
  #expect(
    sample().markdown() == """
      Test metrics & more

      | Model       |       Kendall's τ |  MAE |     n |
      | ----------- | ----------------: | ---: | ----: |
      | *Setting 1* |                   |      |       |
      | rank\\_deep  | **0.853 (0.012)** | 1.50 |    40 |
      | uniform     | **0.853 (0.100)** |    – |    40 |
      | *Setting 2* |                   |      |       |
      | a\\|b        |             0.000 |      | 2e+09 |

      """)
}

@Test func latexIsBooktabsWithEscapes() {
  #expect(
    sample().latex() == """
      \\begin{table}
        \\centering
        \\caption{Test metrics \\& more}
        \\begin{tabular}{lrrr}
          \\toprule
          Model & Kendall's $\\tau$ & MAE & n \\\\
          \\midrule
          \\multicolumn{4}{l}{\\textit{Setting 1}} \\\\
          rank\\_deep & \\textbf{0.853 (0.012)} & 1.50 & 40 \\\\
          uniform & \\textbf{0.853 (0.100)} & -- & 40 \\\\
          \\addlinespace
          \\multicolumn{4}{l}{\\textit{Setting 2}} \\\\
          a\\textbar{}b & 0.000 &  & 2e+09 \\\\
          \\bottomrule
        \\end{tabular}
      \\end{table}

      """)
}

@Test func csvKeepsAllDigitsAndDeviations() {
  #expect(
    sample().csv()
      == "group,Model,Kendall's τ,Kendall's τ sd,MAE,n\r\n"
      + "Setting 1,rank_deep,0.8534,0.012,1.5,40.0\r\n"
      + "Setting 1,uniform,0.8526,0.1,,40.0\r\n"
      + "Setting 2,a|b,-0.0001,,,2000000000.0\r\n")
}

@Test func csvQuotesWhatNeedsIt() {
  var table = ResultTable(columns: [.init("a,b"), .init("c")])
  table.append([.text("say \"hi\""), .text("two\nlines")])
  table.append([.text("carriage\r\nreturn")])
  #expect(
    table.csv()
      == "\"a,b\",c\r\n\"say \"\"hi\"\"\",\"two\nlines\"\r\n\"carriage\r\nreturn\",\r\n")
}

@Test func wideTablesContinueInBlocksWithTheFirstColumn() {
  var table = ResultTable(columns: [.init("Model"), .init("one"), .init("two"), .init("three")])
  table.append([.text("uniform"), .number(1), .number(2), .number(3)])
  #expect(
    table.plainText(width: 22) == """
      Model      one    two
      ─────────────────────
      uniform  1.000  2.000

      Model    three
      ──────────────
      uniform  3.000

      """)
  for line in sample().plainText(width: 30).split(separator: "\n") { #expect(line.count <= 30) }
}

@Test func theBestIsChosenWithinItsGroupByTheColumnsPreference() {
  var table = ResultTable(columns: [.init("x", preference: .smaller, decimals: 1), .init("y")])
  table.append([.number(3), .number(1)], group: "a")
  table.append([.number(2), .number(2)], group: "a")
  table.append([.number(1), .number(3)], group: "b")
  let bold = table.markdown().split(separator: "\n").filter { $0.contains("**") }
  #expect(bold == ["| **2.0** | 2.000 |"])
}

@Test func aTableWithoutRowsStillHasItsHeadings() {
  let table = ResultTable(columns: [.init("Model"), .init("AUC", preference: .larger)])
  #expect(table.plainText() == "Model  AUC\n──────────\n")
  #expect(table.csv() == "Model,AUC\r\n")
  #expect(table.markdown() == "| Model | AUC |\n| ----- | --- |\n")
}

@Test(arguments: ["\\", "&", "%", "$", "#", "_", "{", "}", "~", "^"])
func latexSpecialsAreEscaped(_ special: String) {
  var table = ResultTable(columns: [.init("x")])
  table.append([.text("a\(special)b")])
  let line = table.latex().split(separator: "\n")[6]
  #expect(line.contains("a\\"))
  #expect(!line.contains("a\(special)b"))
}

@Test func aFurtherBlockLeavesOutWhatIsEmptyInIt() {
  var table = ResultTable(columns: [.init("Model"), .init("Accuracy"), .init("MAE")])
  table.append([.text("first"), .number(0.5)], group: "class")
  table.append([.text("first"), .empty, .number(1.5)], group: "number")
  table.append([.text("none")], group: "nothing")
  #expect(
    table.plainText(width: 18) == """
      Model  Accuracy
      ───────────────
      class
      first     0.500

      nothing
      none

      Model    MAE
      ────────────
      number
      first  1.500

      nothing
      none

      """)
}

@Test func aYardstickIsNeverTheBest() {
  var table = ResultTable(columns: [.init("Model"), .init("F1", preference: .larger)])
  table.append([.text("first"), .number(0.5)])
  table.append([.text("second"), .number(0.4)])
  table.append([.text("truth"), .number(1)], competes: false)
  #expect(
    table.plainText() == """
      Model      F1
      ──────────────
      first   0.500*
      second  0.400
      truth   1.000

      """)
}
