import Testing

private let select = [
  "select", "@data.csv", "--task", "ill:binary", "--task", "os=censored(time,event)",
  "--features", "x1,x2", "--lambda", "0.01", "--epochs", "1", "--subsamples", "4",
  "--permutations", "3", "--out", "@stable",
]

@Test func aSelectionSaysHowSureItIs() throws {
  let workplace = try Workplace()
  let outcome = workplace.run(select)
  #expect(outcome.code == 0, "\(outcome.diagnostics)")
  #expect(
    outcome.output.hasPrefix(
      "4 halves of 30 rows, each with the 1 features of largest norm of 2\n\nFeature  Frequency"),
    "\(outcome.output)")
  #expect(outcome.output.contains("\nfalse selections to be expected: at most "))
  #expect(outcome.output.hasSuffix("\nWrote @stable\n"))
  let lines = try workplace.text("stable/selected.csv").split(separator: "\n")
  #expect(
    lines[0]
      == "rank,feature,norm,selected,frequency,expected_false,p_value,ill.relevance,os.relevance")
  #expect(lines.count == 3)
  let report = try workplace.text("stable/report.html")
  for heading in ["Selected features", "Permutations", "Setup"] {
    #expect(report.contains("<h2>\(heading)</h2>"))
  }
  #expect(report.contains("4 halves of 30 rows") && report.contains("--subsamples 4"))
  #expect(try workplace.text("stable/tables/selected-features.tex").contains("tabular"))
}

@Test func aSelectionForProgramsHasItsBounds() throws {
  let output = try Workplace().run(select + ["--json", "--top", "2"]).output
  #expect(output.contains("\"halves\" : 4") && output.contains("\"top\" : 2"))
  #expect(output.contains("\"expected_false_worst_case\" : 4"))
}

@Test func anEarlierSelectionIsReplacedOnRequestAlone() throws {
  let workplace = try Workplace()
  _ = workplace.run(select)
  let refused = workplace.run(select)
  #expect(refused.code == 1)
  #expect(refused.diagnostics.hasPrefix("error[already-exists] in @stable: an earlier result"))
  #expect(workplace.run(select + ["--force"]).code == 0)
}

@Test func aThresholdOutOfRangeIsNamed() throws {
  let outcome = try Workplace().run(select + ["--threshold", "0.5"])
  #expect(outcome.code == 1)
  #expect(
    outcome.diagnostics == """
      error[bad-option] in stability options: threshold is 0.5
        hint: give a share above 0.5, at most 1

      """)
}

@Test func theRuleOfThePathReachesTheRun() throws {
  let workplace = try Workplace()
  let outcome = workplace.run([
    "fit", "@data.csv", "--task", "ill:binary", "--features", "x1,x2", "--epochs", "2",
    "--lambda-rule", "one-se", "--adaptive", "never", "--out", "@run",
  ])
  #expect(outcome.code == 0)
  #expect(try workplace.text("run/model.json").contains("\"strengthRule\" : \"one-se\""))
}
