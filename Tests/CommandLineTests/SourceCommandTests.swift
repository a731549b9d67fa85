import Foundation
import RankineSupport
import Testing

@testable import RankineCommandLine

/// The dual encoder, its study and its transfer on the command line.
struct SourceCommandTests {
  private let work: Workplace

  init() throws {
    work = try Workplace()
    var random = CounterRandom(seed: 2)
    for (name, slope) in [("a", 1.0), ("b", 0.9), ("new", 1.1)] {
      let lines = (0..<60).map { _ in
        let (x1, x2) = (random.normal(), random.normal())
        return "\(x1),\(x2),\(slope * x1 + 0.1 * random.normal())"
      }
      try work.write("\(name).csv", (["x1,x2,y"] + lines).joined(separator: "\n") + "\n")
    }
  }

  @Test func aDualEncoderIsFittedAndTransferred() throws {
    let tasks = ["a", "b"].flatMap {
      ["--task", "\($0)=y:continuous@\(work.folder.path)/\($0).csv"]
    }
    let small = ["--set", "sharedWidths=4", "--set", "ownWidths=4", "--lambda", "0.1"]
    let fit = work.run(
      ["fit"] + tasks + ["--model", "dual-encoder", "--epochs", "3", "--out", "@run"] + small)
    #expect(fit.code == 0, "\(fit.diagnostics)")
    let transfer = work.run([
      "transfer", "@run", "@new.csv", "--task", "y:continuous", "--own-factors", "0", "--epochs",
      "3", "--out", "@new",
    ])
    #expect(transfer.code == 0, "\(transfer.diagnostics)")
    let measured = work.run(["evaluate", "@new", "@new.csv", "--json"])
    #expect(measured.code == 0 && measured.output.contains("\"y\""), "\(measured.diagnostics)")
  }

  @Test func theStudyOfSourcesPrintsItsTables() throws {
    let study = work.run([
      "study", "--design", "sources", "--scenarios", "a", "--replications", "1", "--models",
      "robust-linear", "--out", "@study",
    ])
    #expect(study.code == 0, "\(study.diagnostics)")
    #expect(study.output.contains("A, homogeneous") && study.output.contains("true function"))
    let again = work.run([
      "study", "--design", "sources", "--scenarios", "z", "--out", "@other",
    ])
    #expect(
      again.diagnostics.hasPrefix(
        """
        error[invalid-value] in --scenarios: there is no scenario "z"
          hint: choose from A to F
        """), "\(again.diagnostics)")
  }

  @Test func theStudyOfSourcesHasShardsAndAScript() throws {
    let words = [
      "study", "--design", "sources", "--scenarios", "a", "--replications", "2", "--models",
      "robust-linear", "--out", "@parts",
    ]
    let first = work.run(words + ["--shard", "1/2"])
    #expect(first.code == 0 && first.diagnostics.contains("1 fits of shard 1/2"), "\(first)")
    let second = work.run(words + ["--shard", "2/2"])
    #expect(second.output.contains("1 model, 2 fits."), "\(second.output)")
    let script = work.run(words + ["--write-slurm", "@study.sh"])
    #expect(script.code == 0, "\(script.diagnostics)")
    #expect(try work.text("study.sh").contains("--design sources"))
  }

  @Test func theStudyOfTransferChecksItsScenarios() {
    let run = work.run(["study", "--design", "transfer", "--scenarios", "A,q", "--out", "@t"])
    #expect(
      run.diagnostics.hasPrefix(
        """
        error[invalid-value] in --scenarios: there is no scenario "q"
          hint: choose from A to F
        """), "\(run.diagnostics)")
  }

  @Test func aScenarioIsDrawnIntoFilesThatAModelIsFittedTo() throws {
    let drawn = work.run(["simulate", "--scenario", "c", "--p", "3", "--out", "@s.csv"])
    #expect(drawn.code == 0, "\(drawn.diagnostics)")
    #expect(drawn.diagnostics.contains("wrote 1090 and 2500 rows with --task y:continuous"))
    #expect(try work.text("s.csv").hasPrefix("x1,x2,x3,task,y\n"))
    #expect(try work.text("truth.json").contains("\"scenario\" : \"C\""))
    let fit = work.run([
      "fit", "@s.csv", "--task", "y:continuous", "--source", "task", "--model", "linear-sources",
      "--lambda", "0.1", "--epochs", "1", "--out", "@run",
    ])
    #expect(fit.code == 0, "\(fit.diagnostics)")
    let measured = work.run(["evaluate", "@run", "@s-test.csv", "--json"])
    #expect(measured.code == 0 && measured.output.contains("\"y.5\""), "\(measured.diagnostics)")
  }

  @Test func aScenarioHasNoOptionsOfSettings() {
    let run = work.run(["simulate", "--scenario", "A", "--n", "50", "--out", "@s.csv"])
    #expect(
      run.diagnostics.hasPrefix(
        """
        error[invalid-value] in --n: it is of the six settings, and --scenario asks for another design
          hint: leave one of the two out
        """), "\(run.diagnostics)")
    let unknown = work.run(["simulate", "--scenario", "G", "--out", "@s.csv"])
    #expect(
      unknown.diagnostics.hasPrefix(
        """
        error[invalid-value] in --scenario: there is no scenario "G"
          hint: choose from A to F
        """), "\(unknown.diagnostics)")
    #expect(work.run(["simulate", "--out", "@s.csv"]).diagnostics.contains("--setting 1…6"))
  }

  /// A class of each source's rows against the others of these rows.
  @Test func classesOfSourcesArePredictedSourceBySource() throws {
    var random = CounterRandom(seed: 5)
    let lines = (0..<120).map { row in
      let x = random.normal()
      let kind = x < -0.4 ? "low" : x < 0.4 ? "mid" : "high"
      return "\(x),\(random.normal()),\(row % 2 == 0 ? "a" : "b"),\(kind)"
    }
    try work.write("classes.csv", (["x1,x2,site,c"] + lines).joined(separator: "\n") + "\n")
    let fit = work.run([
      "fit", "@classes.csv", "--task", "c:nominal", "--source", "site", "--lambda", "0", "--epochs",
      "10", "--out", "@run",
    ])
    #expect(fit.code == 0, "\(fit.diagnostics)")
    let predicted = work.run(["predict", "@run", "@classes.csv", "--out", "@p.csv"])
    #expect(predicted.code == 0, "\(predicted.diagnostics)")
    let header = try work.text("p.csv").prefix { $0 != "\n" }
    #expect(
      header.contains("c.a[high].score") && header.contains("c.a.prediction")
        && header.contains("c.b.prediction"), "\(header)")
  }

  @Test func oneModelTakesPartUnderSeveralNames() throws {
    let tasks = ["a", "b"].flatMap {
      ["--task", "\($0)=y:continuous@\(work.folder.path)/\($0).csv"]
    }
    let run = work.run(
      ["compare"] + tasks + [
        "--models", "robust=linear-sources,mean=linear-sources", "--set",
        "mean.integration=ridgeMean", "--splits", "1", "--epochs", "1", "--out", "@both",
      ])
    #expect(run.code == 0 && run.output.contains("robust minus"), "\(run.diagnostics)")
    #expect(try work.text("both/results.json").contains("ridgeMean"))
    let unknown = work.run(
      ["compare"] + tasks + ["--models", "mean=linear-source", "--out", "@none"])
    #expect(unknown.diagnostics.contains("did you mean \"linear-sources\""))
  }
}
