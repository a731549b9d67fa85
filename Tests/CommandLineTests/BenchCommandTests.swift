import Foundation
import RankineCommandLine
import Testing

@Test func eachCaseOfABenchmarkIsALineOfItsOwn() throws {
  let outcome = run(
    "bench", "--n", "40", "--p", "12", "--batch", "10", "--variant", "rank,uniform", "--threads",
    "1,2", "--steps", "6", "--runs", "2")
  #expect(outcome.code == 0)
  let lines = try outcome.output.split(separator: "\n").map(record)
  #expect(lines.map { $0["variant"] as? String } == ["rank", "rank", "uniform", "uniform"])
  #expect(lines.map { $0["threads"] as? Int } == [1, 2, 1, 2])
  for line in lines {
    #expect(line["n"] as? Int == 40 && line["p"] as? Int == 12 && line["batch"] as? Int == 10)
    #expect(line["steps"] as? Int == 12 && line["runs"] as? Int == 2)
    let times = ["min_us", "median_us", "max_us"].compactMap { line[$0] as? Double }
    #expect(times.count == 3 && times == times.sorted() && times[0] > 0)
  }
  // Only losses over pairs have pairs, and need the scores of all rows.
  #expect(lines.map { $0["pairs_per_second"] != nil } == [true, true, false, false])
  #expect(lines.map { $0["refresh_us"] != nil } == [true, true, false, false])
  // The same data and batches, so the same bits for any number of threads.
  let losses = lines.compactMap { $0["loss_last"] as? Double }
  #expect(losses[0] == losses[1] && losses[2] == losses[3] && losses[0] != losses[2])
}

@Test func pairsAreTimedForEachBody() throws {
  let outcome = run(
    "bench", "--pairs", "8x30", "--body", "built-in,user", "--threads", "1", "--runs", "2")
  let lines = try outcome.output.split(separator: "\n").map(record)
  #expect(lines.map { $0["body"] as? String } == ["built-in", "user"])
  for line in lines {
    #expect(line["pairs"] as? String == "8x30")
    #expect(try #require(line["ns_per_pair"] as? Double) > 0)
  }
}

@Test func theTapeOfABenchmarkSaysWhatEachInstructionHasToDo() throws {
  let outcome = run(
    "bench", "--n", "40", "--p", "12", "--batch", "10", "--threads", "1", "--steps", "2", "--tape",
    "--json")
  let lines = try outcome.output.split(separator: "\n").map(record)
  func line(of instruction: String) throws -> [String: Any] {
    try #require(lines.first { ($0["instruction"] as? String)?.contains(instruction) == true })
  }
  // 10 rows by 64 units over 12 features, a multiplication and an addition each; bias and activation
  // are one step of the loop that the product closes with.
  let product = try line(of: "[batch×64×12]")
  #expect(product["operations"] as? Int == 2 * 10 * 64 * 12 + 10 * 64)
  // 2 tasks, 10 rows of the batch, 40 of the sample.
  let pairs = try line(of: "= rank[")
  #expect(pairs["pairs"] as? Int == 800)
  for line in lines {
    #expect(try #require(line["bytes"] as? Int) > 0)
    #expect(try #require(line["median_us"] as? Double) > 0)
  }
}

@Test(arguments: [
  (
    ["--size", "S,X"],
    "error[invalid-value] in --size: expected names among S, M, L, separated by "
      + "commas, got \"S,X\"\n"
  ),
  (
    ["--variant", "rank,unifrom"],
    "error[invalid-value] in --variant: expected names among rank, "
      + "rank-prox, uniform, uncertainty, gradnorm, separated by commas, got \"rank,unifrom\"\n"
      + "  hint: did you mean \"uniform\"?\n"
  ),
  (
    ["--threads", "1,0"],
    "error[invalid-value] in --threads: expected numbers and ranges such as "
      + "1,3-5, at most 1024, got \"1,0\"\n"
  ),
  (
    ["--pairs", "64"],
    "error[invalid-value] in --pairs: expected ROWSxCOLUMNS such as 64x600, got "
      + "\"64\"\n"
  ),
  (
    ["--n", "10"],
    "error[invalid-value] in --batch: a mini-batch of 64 rows is larger than the "
      + "sample of 10\n"
  ),
  (
    ["--reference", "a.npz", "--p", "3"],
    "error[invalid-value] in --reference: the file says how "
      + "many rows, features and tasks there are\n"
      + "  hint: leave out --size, --n, --p, --tasks and --batch\n"
  ),
])
func aBenchmarkThatCannotRunSaysWhy(_ words: [String], text: String) {
  let outcome = run(["bench"] + words)
  #expect(outcome.code == 2)
  #expect(outcome.diagnostics.hasPrefix(text), "\(outcome.diagnostics)")
}

private func run(_ words: String...) -> Outcome { run(words) }

private func run(_ words: [String]) -> Outcome {
  let (output, diagnostics) = (CapturedStream(), CapturedStream())
  let code = main(arguments: words, console: Console(output: output, diagnostics: diagnostics))
  return Outcome(code: code, output: output.text, diagnostics: diagnostics.text)
}

private func record(_ line: Substring) throws -> [String: Any] {
  try #require(try JSONSerialization.jsonObject(with: Data(line.utf8)) as? [String: Any])
}
