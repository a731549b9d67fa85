import Foundation
import RankineData
import RankineEvaluation
import RankineSupport
import Testing

@testable import RankineCommandLine

/// A dual encoder of sources whose outcomes are of different types, each in a file of its own.
struct MixedSourceCommandTests {
  private let work: Workplace
  private let tasks: [String]

  /// Every source's outcome follows x1 − x2; x3 matters to the number alone.
  init() throws {
    let place = try Workplace()
    work = place
    var random = CounterRandom(seed: 6)
    func file(_ name: String, _ heading: String, _ outcome: (Double, Double) -> String) throws {
      let lines = (0..<150).map { _ in
        let x = (0..<6).map { _ in random.normal() }
        let signal = x[0] - x[1] + 0.3 * random.normal()
        return (x.map { "\($0)" } + [outcome(signal, x[2])]).joined(separator: ",")
      }
      let header = (1...6).map { "x\($0)" } + [heading]
      try place.write(
        name, ([header.joined(separator: ",")] + lines).joined(separator: "\n") + "\n")
    }
    try file("number.csv", "y") { "\($0 + 2 * $1)" }
    try file("grade.csv", "g") { signal, _ in
      signal < -0.7 ? "low" : signal < 0.7 ? "mid" : "high"
    }
    try file("class.csv", "c") { signal, _ in signal > 0 ? "1" : "0" }
    var draws = CounterRandom(seed: 9)
    try file("time.csv", "t,e") { signal, _ in
      "\(Foundation.exp(signal)),\(draws.uniform() < 0.8 ? 1 : 0)"
    }
    let folder = place.folder.path
    tasks = [
      "number=y:continuous@\(folder)/number.csv",
      "grade=g:ordinal(low<mid<high)@\(folder)/grade.csv",
      "class=c:binary@\(folder)/class.csv", "time=survival=censored(t,e)@\(folder)/time.csv",
    ].flatMap { ["--task", $0] }
  }

  private func fit(_ options: [String]) -> Outcome {
    work.run(
      ["fit"] + tasks + [
        "--model", "dual-encoder", "--set", "losses=rank", "--set", "sharedWidths=8", "--set",
        "ownWidths=6", "--lambda", "0.05", "--epochs", "12", "--out", "@run",
      ] + options)
  }

  /// A number, ordered levels, classes and censored times have no loss of a common unit: ranks do.
  @Test func ranksTrainOneEncoderForOutcomesOfEveryType() throws {
    let run = fit([])
    #expect(run.code == 0, "\(run.diagnostics)")
    let known = try JSONDecoder().decode(TaskMetrics.self, from: work.bytes("run/metrics.json"))
    #expect(Set(known.tasks.values.map(\.type)) == ["continuous", "ordinal", "binary", "censored"])
    for (task, metrics) in known.tasks {
      #expect(try #require(metrics[.concordance]) > 0.7, "\(task)")
    }
  }

  /// With a penalty on columns a feature is kept or removed in each encoder by itself, and the run says so.
  @Test func theRunSaysWhatEachOwnEncoderKeeps() throws {
    let run = fit(["--set", "columnPenalty=0.05"])
    #expect(run.code == 0, "\(run.diagnostics)")
    let table = try Table(contentsOf: work.folder.appendingPathComponent("run/selected.csv"))
    let report = try work.text("run/report.html")
    var removed = 0
    for task in ["number", "grade", "class", "time"] {
      let norms = try table.column("\(task).own_norm").numbers()
      let kept = norms.filter { $0 > 0 }.count
      removed += 6 - kept
      #expect(run.output.contains("\(task), its own encoder: \(kept) of 6 features"))
      #expect(report.contains("\(task), features that its own encoder keeps, by norm: "))
    }
    #expect(removed > 0)
  }
}
