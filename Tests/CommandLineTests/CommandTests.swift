import Foundation
import RankineSupport
import Testing

private let fit = [
  "fit", "@data.csv", "--task", "ill:binary", "--task", "os=censored(time,event)", "--features",
  "x1,x2,flat", "--drop-constant", "--lambda", "0.01", "--epochs", "1", "--out", "@run",
]

@Test func aFitSaysWhatItLearnedFromAndWhatItFound() throws {
  let outcome = try Workplace().run(fit)
  #expect(outcome.code == 0)
  #expect(
    outcome.output.hasPrefix(
      """
      deep-smoothed-rank on data.csv: 60 rows (36 training, 12 validation, 12 test), 2 features

      Task  Type      Observed rows
      ─────────────────────────────
      ill   binary               60
      os    censored             60

      λ = 0.01, epoch 1 (1 fit)
      selected 2 of 2 features: x
      """), "\(outcome.output)")
  #expect(outcome.output.contains("\n\nMetrics on 12 test rows:\n\nTask  Type       n  Conc"))
  #expect(outcome.output.hasSuffix("\nWrote @run\n"))
}

@Test func aConstantPredictorIsDroppedWithAWarningOnRequest() throws {
  let workplace = try Workplace()
  #expect(
    workplace.run(fit).diagnostics
      == "warning: dropped because constant in training: \"flat\"\n")
  #expect(try !workplace.text("run/selected.csv").contains("flat"))
}

@Test func aRunDirectoryHasItsFilesAndTheCommandLine() throws {
  let workplace = try Workplace()
  _ = workplace.run(fit)
  let files = try FileManager.default.contentsOfDirectory(
    atPath: workplace.folder.path + "/run")
  for name in [
    "history.csv", "metrics.json", "model.json", "predictions.csv", "report.html", "selected.csv",
    "strengths.csv", "weights.safetensors",
  ] { #expect(files.contains(name)) }
  let report = try workplace.text("run/report.html")
  #expect(report.contains("<title>deep-smoothed-rank</title>") && report.hasSuffix("</html>\n"))
  let record = try workplace.text("run/model.json")
  #expect(record.contains("--task ill:binary --task 'os=censored(time,event)' --features x1,x2"))
}

@Test func theSummaryForProgramsHasTheMetricsOfTheRun() throws {
  struct Summary: Decodable {
    let rows: Int
    let features: Int
    let measured: String
    let strengths: [Double]
    let tasks: [String: [String: Value]]
  }
  struct Metrics: Decodable { let tasks: [String: [String: Value]] }
  let workplace = try Workplace()
  let summary = try RecordFile.decode(
    Summary.self, from: Data(workplace.run(fit + ["--json"]).output.utf8), path: "output")
  #expect(summary.rows == 60 && summary.features == 2 && summary.measured == "test")
  #expect(summary.strengths == [0.01])
  let file = try RecordFile.decode(
    Metrics.self, from: workplace.bytes("run/metrics.json"), path: "metrics.json")
  #expect(summary.tasks == file.tasks)
  #expect(file.tasks["ill"]?["type"] == .text("binary"))
  #expect(file.tasks["os"]?["n"] == .number(12))
}

/// A number or a text of a JSON object.
private enum Value: Decodable, Equatable {
  case number(Double)
  case text(String)

  init(from decoder: any Decoder) throws {
    let container = try decoder.singleValueContainer()
    if let number = try? container.decode(Double.self) {
      self = .number(number)
    } else {
      self = .text(try container.decode(String.self))
    }
  }
}

@Test func predictionsHaveARowForEachRowOfTheDataAndColumnsForEachTask() throws {
  let workplace = try Workplace()
  _ = workplace.run(fit)
  let output = workplace.run(["predict", "@run", "@data.csv", "--out", "-"]).output
  let lines = output.split(separator: "\n")
  #expect(
    lines[0] == "row,ill.score,ill.prediction,ill.probability,os.score,os.prediction")
  #expect(lines.count == 61 && lines[60].hasPrefix("60,"))
  #expect(lines.dropFirst().allSatisfy { $0.contains(",yes,") || $0.contains(",no,") })
  let named = workplace.run(["predict", "@run", "@data.csv", "--out", "@p.csv", "--id", "word"])
  #expect(named == Outcome(code: 0, output: "", diagnostics: "wrote 60 rows to @p.csv\n"))
  let text = try workplace.text("p.csv")
  #expect(text.hasPrefix("word,ill.score,"))
  #expect(text.contains("\nword59,"))
}

@Test func theTestRowsOfARunAreNamedByTheIdentifier() throws {
  let workplace = try Workplace()
  _ = workplace.run(fit + ["--id", "word"])
  let lines = try workplace.text("run/predictions.csv").split(separator: "\n")
  #expect(lines[0].hasPrefix("word,ill.score"))
  #expect(lines.count == 13 && lines.dropFirst().allSatisfy { $0.hasPrefix("word") })
}

@Test func anEvaluationLeavesOutTasksThatTheDataLack() throws {
  let workplace = try Workplace()
  _ = workplace.run(fit)
  try workplace.write("some.csv", "x1,x2,flat,ill\n1,0,5,yes\n-1,0,5,no\n2,1,5,\n")
  let outcome = workplace.run(["evaluate", "@run", "@some.csv", "--json"])
  #expect(
    outcome.diagnostics
      == "warning: some.csv lacks columns of task \"os\", which is left out\n")
  #expect(outcome.output.contains("\"ill\"") && !outcome.output.contains("\"os\""))
  #expect(outcome.output.contains("\"n\" : 2"))
}

@Test func simulatedDataHaveTheirTruthBesideThem() throws {
  let workplace = try Workplace()
  let words = ["simulate", "--setting", "5", "--n", "12", "--p", "4", "--important", "3"]
  let outcome = workplace.run(words + ["--out", "@sim.csv"])
  #expect(
    outcome
      == Outcome(
        code: 0, output: "",
        diagnostics: "wrote 12 rows with y1:continuous y2:binary to @sim.csv\n"))
  #expect(try workplace.text("sim.csv").hasPrefix("x1,x2,x3,x4,y1,y2\n"))
  #expect(try workplace.text("truth.json").contains("\"x3\"\n  ],"))
  let clash = workplace.run(words + ["--out", "@one", "--truth", "@one"])
  #expect(clash.code == 2)
  #expect(clash.diagnostics.hasPrefix("error[invalid-value] in --out: data and truth would be one"))
}

@Test func theWaysOfAPathReachTheRun() throws {
  let workplace = try Workplace()
  let words =
    fit.map { $0 == "0.01" ? "path" : $0 } + [
      "--path-start", "warm", "--adaptive", "never", "--patience", "3", "--set", "selection=path:2",
    ]
  let outcome = workplace.run(words)
  #expect(outcome.code == 0)
  #expect(outcome.output.contains("λ  Concordance  Features\n"))
  let record = try workplace.text("run/model.json")
  #expect(record.contains("\"pathStart\" : \"warm\""))
  #expect(record.contains("\"adaptiveWeights\" : \"never\""))
  #expect(record.contains("\"patience\" : 3"))
}
