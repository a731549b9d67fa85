import Foundation
import Testing

private let study = ["study", "--design", "enumeration", "--replications", "2"]

@Test func aDesignGoesOnWhereItWasInterruptedAndIsCollected() throws {
  let place = try Workplace()
  let first = place.run(study + ["--out", "@study"])
  #expect(first.code == 0, "\(first.diagnostics)")
  #expect(first.diagnostics.contains("8 cells on 1 threads"))
  let table = try place.bytes("study/table.csv")
  let cell = place.folder.appendingPathComponent("study/cells/enumeration-2-1.json")
  try FileManager.default.removeItem(at: cell)
  let refused = place.run(study + ["--out", "@study"])
  #expect(refused.code == 1 && refused.diagnostics.contains("error[already-exists] in @study"))
  #expect(place.run(study + ["--out", "@study", "--resume"]).output == first.output)
  #expect(try place.bytes("study/table.csv") == table)
  #expect(try place.text("study/report.html").contains("rankine study --design enumeration"))
}

@Test func shardsOfADesignMakeTheWholeTogether() throws {
  let place = try Workplace()
  let whole = place.run(study + ["--out", "@whole"])
  let first = place.run(study + ["--shard", "1/2", "--out", "@a"])
  #expect(first.diagnostics.contains("4 cells on 1 threads"))
  #expect(place.run(study + ["--shard", "2/2", "--out", "@b"]).code == 0)
  let collected = place.run([
    "study", "--design", "enumeration", "--collect", "@a", "--collect", "@b", "--out", "@all",
  ])
  #expect(collected.code == 0, "\(collected.diagnostics)")
  #expect(try place.bytes("all/table.csv") == place.bytes("whole/table.csv"))
  #expect(
    collected.output.components(separatedBy: "\nWritten")[0]
      == whole.output.components(separatedBy: "\nWritten")[0])
}

@Test func aComparisonTakesSparseModelsBesideOthersAndRefusesThemWhereTheyDoNotApply() throws {
  let place = try Workplace()
  let models = [
    "--features", "x1,x2", "--models", "uniform,sparse-zbar,linear-group-lasso", "--splits", "1",
    "--split", "50/25/25", "--epochs", "2", "--adaptive", "never", "--set",
    "uniform.selection=none",
  ]
  let fitting = place.run(
    ["compare", "@data.csv", "--task", "ill:binary", "--task", "time:continuous"] + models
      + ["--out", "@both"])
  #expect(fitting.code == 0, "\(fitting.diagnostics)")
  #expect(fitting.output.contains("shared by tasks (1: all)"))
  let censored = place.run(
    ["compare", "@data.csv", "--task", "ill:binary", "--task", "size=censored(time,event)"]
      + models + ["--out", "@some"])
  #expect(censored.code == 1 && censored.output.isEmpty)
  #expect(
    censored.diagnostics.contains(
      """
      error[unsuitable-model] in sparse-zbar, task "size": sparse linear models have no loss for \
      censored times
      """), "\(censored.diagnostics)")
  // Before anything is fitted; `--models all` leaves them out instead.
  #expect(!place.content.contains("some"))
}
