import Foundation
import RankineSupport
import Testing

private let compare = [
  "compare", "@data.csv", "--task", "ill:binary", "--task", "size=censored(time,event)",
  "--features", "x1,x2", "--models", "uniform,deep-smoothed-rank", "--splits", "2",
  "--split", "50/25/25", "--epochs", "2", "--adaptive", "never", "--set",
  "uniform.selection=none", "--set", "deep-smoothed-rank.selection=0.01",
]

@Test func compareWritesItsTablesAndSaysWhere() throws {
  let place = try Workplace()
  let outcome = place.run(compare + ["--out", "@study"])
  #expect(outcome.code == 0, "\(outcome.diagnostics)")
  #expect(outcome.output.contains("splits of 50/25/25: models learn from 30 rows"))
  #expect(outcome.output.contains("size (censored)\nuniform "))
  #expect(outcome.output.contains("Written to @study: table.txt, table.md, table.tex, table.csv,"))
  for name in ["table.md", "table.tex", "predictors.csv", "results.json", "report.html"] {
    #expect(try !place.bytes("study/\(name)").isEmpty)
  }
  #expect(outcome.output.hasPrefix(try place.text("study/table.txt").prefix(40)))
}

@Test func compareTakesOneStrengthForAllModelsAndReportsItsCommand() throws {
  let place = try Workplace()
  let outcome = place.run([
    "compare", "@data.csv", "--task", "ill:binary", "--features", "x1,x2", "--models",
    "uniform,deep-smoothed-rank", "--splits", "1", "--epochs", "1", "--lambda", "0.25", "--out",
    "@study",
  ])
  #expect(outcome.code == 0, "\(outcome.diagnostics)")
  let report = try place.text("study/report.html")
  #expect(report.components(separatedBy: "selection=0.25").count == 3)
  #expect(report.contains("rankine compare ") && report.contains("--lambda 0.25"))
}

@Test func compareGoesOnWhereItWasInterrupted() throws {
  let place = try Workplace()
  let first = place.run(compare + ["--out", "@study"])
  let table = try place.bytes("study/table.csv")
  let cell = place.folder.appendingPathComponent("study/cells/uniform-split-2.json")
  try FileManager.default.removeItem(at: cell)
  let refused = place.run(compare + ["--out", "@study"])
  #expect(refused.code == 1)
  #expect(
    refused.diagnostics.hasSuffix(
      """
      error[already-exists] in @study: an earlier comparison lies here
        hint: continue it with --resume, or write to another folder

      """))
  let resumed = place.run(compare + ["--out", "@study", "--resume"])
  #expect(resumed.output == first.output)
  #expect(try place.bytes("study/table.csv") == table)
}

@Test func compareRefusesWhatItCannotDo() throws {
  let place = try Workplace()
  let homeless = place.run(compare + ["--resume"])
  #expect(homeless.code == 2)
  #expect(homeless.diagnostics.contains("--out DIR is missing"))
  let unknown = place.run(["compare", "--models", "unifrm", "--out", "@study"])
  #expect(unknown.code == 2)
  #expect(unknown.diagnostics.contains("hint: did you mean \"uniform\"?"))
  let lost = place.run(["compare", "--task", "ill:binary", "--out", "@study"])
  #expect(lost.code == 2)
  #expect(place.content == ["data.csv", "ragged.csv"])
}
