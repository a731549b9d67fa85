import Foundation
import RankineSupport
import Testing

@testable import RankineCommandLine

private let study = [
  "study", "--settings", "1,5", "--replications", "2", "--n", "40", "--p", "6", "--important", "3",
  "--models", "deep-smoothed-rank,uniform", "--lambda", "0.01", "--epochs", "1", "--adaptive",
  "never", "--set", "deep-smoothed-rank.sharedWidth=4", "--set", "uniform.sharedWidth=4",
]

@Test func studyWritesItsTablesAndGoesOnWhereItWasInterrupted() throws {
  let place = try Workplace()
  let first = place.run(study + ["--out", "@study"])
  #expect(first.code == 0, "\(first.diagnostics)")
  #expect(first.diagnostics.contains("8 fits on 1 threads"))
  #expect(first.output.hasPrefix("2 models, 2 settings, 8 fits. Data of 40 rows"))
  #expect(first.output.contains("Setting 5, 2 replications\ndeep-smoothed-rank "))
  #expect(first.output.hasSuffix("differences.csv, results.json, report.html\n"))
  let table = try place.bytes("study/table.csv")
  #expect(try place.text("study/report.html").contains("rankine study --settings 1,5 "))

  let refused = place.run(study + ["--out", "@study"])
  #expect(refused.code == 1 && refused.diagnostics.contains("error[already-exists] in @study"))
  let cell = place.folder.appendingPathComponent("study/cells/setting-5-plain-uniform-1.json")
  try FileManager.default.removeItem(at: cell)
  #expect(place.run(study + ["--out", "@study", "--resume"]).output == first.output)
  #expect(try place.bytes("study/table.csv") == table)

  let collected = place.run(["study", "--collect", "@study", "--out", "@copy", "--json"])
  #expect(collected.code == 0 && collected.output.hasPrefix("{"))
  #expect(try place.bytes("copy/table.csv") == table)
}

@Test func aShardMakesItsPart() throws {
  let place = try Workplace()
  let part = place.run(study + ["--out", "@study", "--shard", "2/3"])
  #expect(part.diagnostics.contains("3 fits of shard 2/3 on 1 threads"))
  let cells = place.folder.appendingPathComponent("study/cells").path
  #expect(try FileManager.default.contentsOfDirectory(atPath: cells).count == 3)
}

@Test func theBatchScriptRepeatsTheOptions() throws {
  let place = try Workplace()
  let outcome = place.run([
    "study", "--settings", "1-3", "--set", "uniform.delta=2", "--models", "uniform", "--tune",
    "uniform.sharedWidth=8/16", "--learning-rate", "0.01", "--seed", "7", "--out", "my study",
    "--array", "30", "--write-slurm", "@study.sh",
  ])
  #expect(outcome.code == 0, "\(outcome.diagnostics)")
  #expect(outcome.output == "Written to @study.sh: submit it with `sbatch @study.sh`\n")
  #expect(
    try place.text("study.sh") == """
      #!/bin/sh
      #SBATCH --job-name=rankine-study
      #SBATCH --array=1-30
      #SBATCH --cpus-per-task=1
      #SBATCH --output=rankine-study-%A-%a.log
      # Each task makes a part of the fits and then the tables of all that are finished. Finished fits \
      are
      # kept: after an interruption submit the script again. RANKINE may name the tool.
      exec "${RANKINE:-rankine}" study --settings 1-3 --models uniform --set uniform.delta=2 --tune \
      uniform.sharedWidth=8/16 --learning-rate 0.01 --out 'my study' --seed 7 \\
        --shard auto --threads 1

      """)
}

@Test func whatIsNoStudyIsRefused() throws {
  let place = try Workplace()
  func text(_ words: [String], code: Int32 = 2) -> String {
    let outcome = place.run(["study"] + words)
    #expect(outcome.code == code)
    return outcome.diagnostics
  }
  #expect(
    text(["--settings", "5-7", "--out", "@s"]) == """
      error[invalid-value] in --settings: there is no setting 7
        hint: choose from 1 to 6

      """)
  #expect(
    text(["--variants", "cubd", "--out", "@s"]) == """
      error[invalid-value] in --variants: there is no variant "cubd"
        hint: choose from plain, cubed

      """)
  #expect(
    text(["--shard", "2of3", "--out", "@s"]) == """
      error[invalid-value] in --shard: expected I/K or auto, got "2of3"
        hint: write the second of four parts as 2/4

      """)
  #expect(text(["--replications", "3-1", "--out", "@s"]).contains("such as 21-40, got \"3-1\""))
  #expect(text([]).contains("--out DIR is missing"))
  #expect(text(["--shard", "3/2", "--out", "@s"], code: 1).contains("error[bad-shard]"))
  #expect(text(["--models", "unifrm", "--out", "@s"]).contains("\"uniform\"?"))
  #expect(text(["--collect", "@s"], code: 1).contains("error[no-cells] in @s:"))
  #expect(place.content == ["data.csv", "ragged.csv"])
}

@Test(arguments: [
  ("3", [3]), ("1-3", [1, 2, 3]), ("5,1-2,2", [1, 2, 5]), ("1-", nil), ("0-2", nil), ("2-1", nil),
  ("", nil), ("1-2-3", nil), ("1-99999999999", nil), ("a", nil),
])
func numberListsAreNumbersAndRanges(_ text: String, _ numbers: [Int]?) {
  #expect(NumberList(argumentText: text)?.numbers == numbers)
}

@Test(arguments: [
  ("20", 1...20), ("21-40", 21...40), ("0", nil), ("4-3", nil), ("0-3", nil), ("-3", nil),
  ("1000001", nil),
])
func aCountIsTheRangeFromOne(_ text: String, _ range: ClosedRange<Int>?) {
  #expect(CountOrRange(argumentText: text)?.range == range)
}

@Test func wordsGiveTheSameArgumentsAgain() throws {
  let command = CompareCommand()
  let words = [
    "data.csv", "--set", "uniform.delta=2", "--resume", "--lambda", "0.1", "--set=--x=1", "--out",
    "a b",
  ]
  let parsed = try ArgumentParser.parse(words, declared: command.arguments)
  let again = parsed.words(for: command.arguments, except: ["resume"])
  #expect(
    again == [
      "data.csv", "--lambda", "0.1", "--set", "uniform.delta=2", "--set=--x=1", "--out", "a b",
    ])
}
