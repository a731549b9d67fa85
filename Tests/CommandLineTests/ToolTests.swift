import RankineCommandLine
import RankineSupport
import Testing

@Test func aFailedCommandPrintsItsErrorAndExitsWithOne() {
  let outcome = Outcome("spill")
  #expect(outcome.diagnostics == "error[spilt] in cup: empty\n  hint: refill\n")
  #expect(outcome.code == 1)
}

@Test func anErrorOfUnknownKindAlsoExitsWithOne() {
  let outcome = Outcome("spill", "--how", "other")
  #expect(outcome.diagnostics == "error[unexpected]: Other()\n")
  #expect(outcome.code == 1)
}

@Test func aCommandMayFindThatItsArgumentsDoNotFit() {
  #expect(Outcome("spill", "--how", "usage").code == 2)
}

@Test func notesGoToTheDiagnosticsUnlessTheUserWantsQuiet() {
  #expect(Outcome("brew", "assam", "--water", "soft").diagnostics == "brewing\n")
  let quiet = Outcome("brew", "assam", "--water", "soft", "--quiet")
  #expect(quiet.diagnostics.isEmpty)
  #expect(quiet.output == "assam - 3 -  soft false 1\n")
}

@Test func theVersionIsTheRelease() {
  #expect(Outcome("--version") == Outcome("--version", "brew"))
  #expect(Outcome("--version").output == "teapot 1.2.3\n")
  #expect(Tool.rankine.version == Release.version)
}

@Test func withoutACommandTheOverviewGoesToTheDiagnosticsAndTheCodeIsTwo() {
  let outcome = Outcome()
  #expect(outcome.code == 2)
  #expect(outcome.output.isEmpty)
  #expect(outcome.diagnostics == Outcome("--help").output)
}

@Test func theOverviewListsTheCommands() {
  #expect(
    Outcome("--help").output == """
      teapot 1.2.3: short and stout

      Usage: teapot COMMAND [options]

      Commands:
        brew   make a pot of tea
        spill  fail

      Options:
        --help     Show this help; after a command, that command's (also -h)
        --version  Show the version

      Exit codes: 0 done, 1 failed, 2 the command line was not understood.

      """)
}

@Test func theHelpOfACommandShowsDefaultsNeedsAndExamplesWithinEightyColumns() {
  let help = Outcome("brew", "--help")
  #expect(
    help.output == """
      teapot brew: make a pot of tea

      Usage: teapot brew LEAF [POT] --water KIND [options]

      Tea gets bitter when it stands for too long in water that is too hot.

      Operands:
        LEAF  The tea to brew
        POT   Where to brew it (optional)

      Options:
        --minutes N   Time to wait (default: 3)
        --grams X     How much to take
        --add THING   What else goes in (repeatable)
        --water KIND  The water, which decides how long the leaves want to stand and
                      how clear the cup becomes (required)
        --hot         Serve at once

      Common options:
        --seed N     Fixes every random choice (default: 1)
        --threads N  Worker threads; results do not depend on it (default: all cores)
        --json       Print JSON for other programs
        --quiet      No progress and no notes on stderr
        --help       Show this help (also -h)

      Examples:
        teapot brew assam --water soft
            a pot that waits three minutes

      """)
  #expect(help.code == 0)
}

@Test(arguments: [
  ["brew", "-h"], ["help", "brew"], ["--help", "brew"], ["brew", "x", "--help"],
])
func everyWayToAskForHelpGivesTheSame(words: [String]) {
  let output = CapturedStream()
  let tool = Tool(
    name: "teapot", version: "1.2.3", summary: "short and stout", commands: [Brew(), Spill()])
  let code = tool.run(words, console: Console(output: output, diagnostics: CapturedStream()))
  #expect(output.text == Outcome("brew", "--help").output)
  #expect(code == 0)
}

@Test func everyBundledCommandHasHelpAndArgumentsWithDistinctNames() {
  for command in Tool.rankine.commands {
    let names = command.arguments.map(\.name)
    #expect(Set(names).count == names.count, "\(command.name) declares a name twice")
    let own = Set(names).intersection(["seed", "threads", "json", "quiet", "help"])
    // A benchmark has a case for each number of threads.
    #expect(own == (command.name == "bench" ? ["threads"] : []), "\(command.name): \(own)")
    #expect(!command.summary.isEmpty && !command.summary.hasSuffix("."))
    #expect(command.examples.allSatisfy { $0.commandLine.hasPrefix("rankine \(command.name)") })
  }
  let names = Tool.rankine.commands.map(\.name)
  #expect(Set(names).count == names.count)
}
