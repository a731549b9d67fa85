import Foundation
import Testing

/// A workplace with a run directory `run`.
private func fitted() throws -> Workplace {
  let workplace = try Workplace()
  let outcome = workplace.run([
    "fit", "@data.csv", "--task", "ill:binary", "--features", "x1,x2", "--lambda", "0.01",
    "--epochs", "1", "--out", "@run",
  ])
  try #require(outcome.code == 0, "\(outcome.diagnostics)")
  return workplace
}

/// Both commands that read a run fail alike.
private func expectError(
  _ workplace: Workplace, run: String = "@run", _ error: String,
  sourceLocation: SourceLocation = #_sourceLocation
) {
  for words in [["predict", run, "@data.csv", "--out", "@p.csv"], ["evaluate", run, "@data.csv"]] {
    let outcome = workplace.run(words)
    #expect(
      outcome == Outcome(code: 1, output: "", diagnostics: error + "\n"),
      sourceLocation: sourceLocation)
  }
  #expect(!workplace.content.contains("p.csv"), sourceLocation: sourceLocation)
}

@Test func aMisspeltRunGetsTheNearestName() throws {
  expectError(
    try fitted(), run: "@rnu",
    """
    error[missing-run] in @rnu: there is no run directory of this name
      hint: did you mean "run"?
    """)
}

@Test func aFolderThatIsNoRunIsNamed() throws {
  let workplace = try fitted()
  try workplace.write("other/notes.txt", "")
  expectError(
    workplace, run: "@other",
    """
    error[missing-run] in @other: this is no run directory: there is no model.json in it
      hint: name a directory that `rankine fit` wrote with --out
    """)
}

@Test func truncatedWeightsAreRefused() throws {
  let workplace = try fitted()
  let file = "run/weights.safetensors"
  let bytes = try workplace.bytes(file)
  for count in [bytes.count - 1, bytes.count / 2, 20, 3, 0] {
    try bytes.prefix(count).write(to: workplace.folder.appendingPathComponent(file))
    let outcome = workplace.run(["evaluate", "@run", "@data.csv"])
    #expect(outcome.code == 1)
    #expect(outcome.diagnostics.contains("in @run/weights.safetensors: "), "\(outcome)")
    #expect(outcome.diagnostics.contains("\n  hint: "), "\(outcome)")
  }
}

@Test func brokenRecordsAreRefusedWithTheFieldThatIsBroken() throws {
  let workplace = try fitted()
  let record = try workplace.text("run/model.json")
  try workplace.write("run/model.json", String(record.prefix(record.count / 2)))
  let broken = workplace.run(["evaluate", "@run", "@data.csv"])
  #expect(broken.code == 1)
  #expect(broken.diagnostics.hasPrefix("error[malformed-record] in @run/model.json: unreadable"))
  try workplace.write(
    "run/model.json", record.replacingOccurrences(of: "\"seed\" : 1", with: "\"seed\" : \"one\""))
  expectError(
    workplace,
    """
    error[malformed-record] in @run/model.json: expected UInt64 at seed
      hint: the file is damaged or was written by another version
    """)
}

@Test func weightsOfAnotherModelAreRefused() throws {
  let workplace = try fitted()
  let other = workplace.run([
    "fit", "@data.csv", "--task", "ill:binary", "--features", "x1", "--lambda", "0.01",
    "--epochs", "1", "--out", "@other",
  ])
  #expect(other.code == 0)
  try workplace.bytes("other/weights.safetensors").write(
    to: workplace.folder.appendingPathComponent("run/weights.safetensors"))
  expectError(
    workplace,
    """
    error[bad-run] in the stored formula: "shared.0.weight.average" is [64, 1], expected [64, 2]
      hint: the file is damaged or was written by another version
    """)
}

@Test func aRunIsReplacedOnlyOnRequest() throws {
  let workplace = try fitted()
  let words = [
    "fit", "@data.csv", "--task", "ill:binary", "--features", "x1", "--lambda", "0.01",
    "--epochs", "1", "--out", "@run",
  ]
  let refused = workplace.run(words)
  #expect(
    refused.diagnostics == """
      error[already-exists] in @run: an earlier result stands here
        hint: write to another directory, or replace it with --force

      """)
  #expect(refused.code == 1)
  #expect(try workplace.text("run/selected.csv").contains("x2"))
  #expect(workplace.run(words + ["--force"]).code == 0)
  #expect(try !workplace.text("run/selected.csv").contains("x2"))
}

@Test func predictorsThatAreMissingAreNamed() throws {
  let workplace = try fitted()
  try workplace.write("narrow.csv", "x1\n0.5\n")
  let outcome = workplace.run(["predict", "@run", "@narrow.csv", "--out", "-"])
  #expect(
    outcome.diagnostics == """
      error[missing-column] in narrow.csv: narrow.csv has no column "x2"
        hint: did you mean "x1"?

      """)
  #expect(outcome.code == 1)
}
