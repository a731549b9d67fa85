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

  @Test func theStudyOfSourcesHasNoShards() {
    let run = work.run([
      "study", "--design", "sources", "--shard", "1/2", "--out", "@study",
    ])
    #expect(run.code == 2 && run.diagnostics.contains("this design runs in one process"))
  }
}
