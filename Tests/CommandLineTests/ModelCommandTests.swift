import RankineZoo
import Testing

@Test func theZooListsEveryModelOnALine() throws {
  let lines = try Workplace().run(["zoo"]).output.split(separator: "\n")
  #expect(lines.count == Zoo.all.count)
  for (line, model) in zip(lines, Zoo.all) {
    #expect(line.hasPrefix(model.entry.name + " ") && line.hasSuffix(model.entry.summary))
  }
}

@Test(arguments: Zoo.names)
func aModelsPageHasAllThatBelongsToIt(_ name: String) throws {
  let model = try Zoo.model(named: name)
  let page = try Workplace().run(["zoo", name]).output
  #expect(page.hasPrefix("\(name): \(model.entry.summary)\n\nFormula\n"))
  for parameter in model.hyperparameterListing { #expect(page.contains("\n  \(parameter.name) ")) }
  for line in "\(model.init().model)".split(separator: "\n") { #expect(page.contains(line)) }
}

@Test(arguments: Zoo.names)
func everyModelPassesItsCheckOnSyntheticData(_ name: String) throws {
  let names = try Zoo.model(named: name).hyperparameterListing.map(\.name)
  let small =
    names.filter { $0.lowercased().hasSuffix("width") }.map { "\($0)=4" }
    + names.filter { $0.lowercased().hasSuffix("widths") }.map { "\($0)=4,3" }
  let outcome = try Workplace().run(["check", name] + small.flatMap { ["--set", $0] })
  #expect(outcome.code == 0)
  let lines = outcome.output.split(separator: "\n")
  #expect(lines.dropLast().allSatisfy { $0.hasPrefix("ok  ") }, "\(outcome.output)")
  #expect(lines.last == "\(lines.count - 1) of \(lines.count - 1) gradients agree")
}

@Test func aCheckOnDataTakesItsTasks() throws {
  let words = ["check", "uniform", "@data.csv", "--features", "x1,x2", "--set", "sharedWidth=4"]
  let workplace = try Workplace()
  let outcome = workplace.run(words + ["--task", "ill:binary", "--json"])
  #expect(outcome.code == 0)
  #expect(outcome.output.contains("\"parameter\" : \"shared.0.weight\""))
  #expect(!outcome.output.contains("\"passes\" : false"))
  let alone = workplace.run(words)
  #expect(alone.code == 2)
  #expect(alone.diagnostics.hasPrefix("error[missing-argument]: --task SPEC is missing\n"))
}

@Test func tasksWithoutDataAreAUsageError() throws {
  let outcome = try Workplace().run(["inspect", "stl", "--task", "ill:binary"])
  #expect(outcome.code == 2)
  #expect(outcome.diagnostics.hasPrefix("error[missing-argument]: DATA is missing\n"))
}

@Test func anInspectionShowsTheParametersThatMeetTheData() throws {
  let outcome = try Workplace().run([
    "inspect", "deep-smoothed-rank", "@data.csv", "--task", "ill:binary", "--features", "x1,x2",
  ])
  #expect(
    outcome.output.hasPrefix(
      "Model {\n  Shared {\n    Dense(64, activation: .silu).penalized(by: GroupLasso("))
  #expect(outcome.output.contains("\nshared.0.weight  [64, 2]          128  GroupLasso"))
  #expect(outcome.output.contains("\n2 features, 1 tasks; a training step is "))
}

@Test(arguments: [
  (["--graph", "text"], "%0 = "), (["--graph", "dot"], "digraph rankine {\n"),
  (["--graph", "latex"], "\\begin{aligned}\n"), (["--passes"], "== simplification: "),
  (["--tape"], "0: "),
])
func anInspectionShowsEachStage(_ options: [String], start: String) throws {
  let outcome = try Workplace().run(["inspect", "uniform"] + options)
  #expect(outcome.code == 0)
  #expect(outcome.output.hasPrefix(start), "\(outcome.output.prefix(200))")
}

@Test func anInspectionOfMemorySumsItsItemsAndNamesTheInstructionOfEachResult() throws {
  let outcome = try Workplace().run([
    "inspect", "deep-smoothed-rank", "@data.csv", "--task", "ill:binary", "--features", "x1,x2",
    "--memory",
  ])
  #expect(outcome.code == 0, "\(outcome.diagnostics)")
  let lines = outcome.output.split(separator: "\n").map(String.init)
  let split = try #require(lines.firstIndex { $0.hasPrefix("Results of a training step's") })
  #expect(lines[split - 1].hasPrefix("in all"))
  // A step of 36 training rows keeps the 64 units of the shared layer: 36 × 64 floats.
  let sizes = lines[(split + 1)...].compactMap { line in
    line.split(separator: " ").first.flatMap { Double($0) }
  }
  #expect(sizes.count >= 4 && sizes == sizes.sorted(by: >) && sizes[0] >= 9.2)
  #expect(lines[split + 1].contains(" kB  ") && lines[split + 1].contains(" = "))
}
