import Foundation
import RankineSupport
import Testing

@testable import RankineCommandLine

/// Commands on tasks that have rows of their own.
struct OwnRowsCommandTests {
  private let work: Workplace

  init() throws {
    work = try Workplace()
    var random = CounterRandom(seed: 2)
    for (name, slope) in [("a", 1.0), ("b", -1.0)] {
      let lines = (0..<40).map { _ in
        let (x1, x2) = (random.normal(), random.normal())
        return "\(x1),\(x2),\(slope * x1 + 0.1 * random.normal())"
      }
      try work.write("\(name).csv", (["x1,x2,y"] + lines).joined(separator: "\n") + "\n")
    }
  }

  private var files: [String] {
    ["a", "b"].flatMap { ["--task", "\($0)=y:continuous@\(work.folder.path)/\($0).csv"] }
  }

  @Test func aTaskAFileIsFittedPredictedAndEvaluated() throws {
    let fit = work.run(
      ["fit"] + files + ["--lambda", "0", "--epochs", "20", "--out", "@run"])
    #expect(fit.code == 0, "\(fit.diagnostics)")
    let measured = work.run(["evaluate", "@run", "@b.csv", "--as", "b", "--json"])
    #expect(measured.code == 0 && measured.output.contains("\"b\""), "\(measured.diagnostics)")
    let predicted = work.run(["predict", "@run", "@a.csv", "--out", "@p.csv"])
    #expect(predicted.code == 0, "\(predicted.diagnostics)")
    #expect(try work.text("p.csv").hasPrefix("row,a.score,a.prediction,b.score,b.prediction\n"))
  }

  @Test func aFileAndDataExcludeEachOther() {
    let run = work.run(
      ["fit", "@a.csv", "--task", "b=y:continuous@b.csv", "--out", "@run"])
    #expect(run.code == 2)
    #expect(
      run.diagnostics.hasPrefix(
        """
        error[invalid-value] in --task b: it names a file, and so does DATA (@a.csv)
          hint: leave out DATA, or the file of the task
        """), "\(run.diagnostics)")
  }

  @Test func aTaskWithoutAFileNeedsData() {
    let run = work.run(["fit", "--task", "y:continuous", "--out", "@run"])
    #expect(run.code == 2 && run.diagnostics.contains("DATA"), "\(run.diagnostics)")
  }

  @Test func aSourceIsRefusedByAModelWhoseTasksShareRows() {
    let fit = work.run(
      ["fit", "@a.csv", "--task", "y:continuous", "--lambda", "0", "--epochs", "1", "--out", "@r"])
    #expect(fit.code == 0, "\(fit.diagnostics)")
    let run = work.run(["predict", "@r", "@a.csv", "--as", "a", "--out", "-"])
    #expect(
      run.diagnostics.hasPrefix(
        """
        error[invalid-value] in --as a: the tasks of this model share all rows
          hint: leave it out
        """), "\(run.diagnostics)")
  }
}
