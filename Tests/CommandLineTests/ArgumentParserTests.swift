import Testing

@testable import RankineCommandLine

@Test func whatIsNotGivenHasItsDefault() {
  #expect(Outcome("brew", "assam", "--water", "soft").output == "assam - 3 -  soft false 1\n")
}

@Test func optionsMayStandAnywhereAndTakeTheirValueAfterASpaceOrAnEqualsSign() {
  let outcome = Outcome(
    "--seed", "7", "brew", "--hot", "assam", "--water=hard", "--minutes=5", "glass",
    "--grams", "-2.5", "--add", "milk", "--add=a=b")
  #expect(outcome.output == "assam glass 5 -2.5 milk+a=b hard true 7\n")
  #expect(outcome.code == 0)
}

@Test func wordsAfterTwoDashesAreOperands() {
  let outcome = Outcome("brew", "--water", "soft", "--", "--hot", "-h")
  #expect(outcome.output == "--hot -h 3 -  soft false 1\n")
}

@Test func aLoneDashAndANegativeNumberAreOperands() {
  #expect(Outcome("brew", "-", "-5", "--water", "soft").output == "- -5 3 -  soft false 1\n")
}

@Test func whetherAnOptionWasGivenIsKnown() throws {
  let arguments = try ArgumentParser.parse(
    ["assam", "--water", "soft", "--minutes", "3"], declared: Brew().arguments)
  #expect(arguments.isGiven(Brew.minutes))
  #expect(!arguments.isGiven(Brew.grams))
}

@Test(arguments: [
  (
    ["brew", "assam", "--minuets", "3"],
    """
    error[unknown-option]: there is no option --minuets
      hint: did you mean "--minutes"?

    """
  ),
  (
    ["brew", "assam", "--water"],
    """
    error[missing-value] in --water: expected a value
      hint: write --water KIND or --water=KIND

    """
  ),
  (
    ["brew", "assam", "--water", "--hot"],
    """
    error[missing-value] in --water: expected a value
      hint: write --water KIND or --water=KIND

    """
  ),
  (
    ["brew", "assam", "--hot=yes"],
    """
    error[unexpected-value] in --hot: takes no value, got "yes"
      hint: write --hot alone

    """
  ),
  (
    ["brew", "assam", "--water", "soft", "--minutes", "ten"],
    """
    error[invalid-value] in --minutes: expected a whole number, at least 1, got "ten"

    """
  ),
  (
    ["brew", "assam", "--water", "soft", "--minutes", "0"],
    """
    error[invalid-value] in --minutes: expected a whole number, at least 1, got "0"

    """
  ),
  (
    ["brew", "assam", "--water", "soft", "--grams", "nan"],
    """
    error[invalid-value] in --grams: expected a finite number, got "nan"

    """
  ),
  (
    ["brew", "assam", "--water", "sort"],
    """
    error[invalid-value] in --water: expected one of soft, hard, got "sort"
      hint: did you mean "soft"?

    """
  ),
  (
    ["brew", "assam", "--water", "soft", "--threads", "0"],
    """
    error[invalid-value] in --threads: expected a whole number between 1 and 1024, got "0"

    """
  ),
  (
    ["brew", "assam", "--water", "soft", "--water", "hard"],
    """
    error[repeated-option] in --water: is given twice
      hint: keep one of them

    """
  ),
  (
    ["brew", "--water", "soft"],
    """
    error[missing-argument]: LEAF is missing
      hint: LEAF: The tea to brew

    """
  ),
  (
    ["brew", "assam"],
    """
    error[missing-argument]: --water KIND is missing
      hint: --water KIND: The water, which decides how long the leaves want to stand and how clear \
    the cup becomes

    """
  ),
  (
    ["brew", "assam", "glass", "cup", "--water", "soft"],
    """
    error[unexpected-argument]: unexpected "cup"
      hint: it takes LEAF POT; options begin with --

    """
  ),
  (
    ["brw"],
    """
    error[unknown-command]: there is no command "brw"
      hint: did you mean "brew"?

    """
  ),
  (
    ["--sead", "3", "brew"],
    """
    error[unknown-option]: there is no option --sead
      hint: did you mean "--seed"?

    """
  ),
])
func aUsageErrorNamesTheArgumentAndTheRemedyAndExitsWithTwo(words: [String], text: String) {
  let (output, diagnostics) = (CapturedStream(), CapturedStream())
  let tool = Tool(name: "teapot", version: "1", summary: "", commands: [Brew(), Spill()])
  let code = tool.run(words, console: Console(output: output, diagnostics: diagnostics))
  #expect(diagnostics.text == text)
  #expect(output.text.isEmpty)
  #expect(code == 2)
}

@Test func aRepeatedOptionMayBeNeededAtLeastOnce() {
  let tasks = Argument<[String]>.repeated("task", "SPEC", atLeast: 1, "An outcome")
  #expect(throws: UsageError.self) { try ArgumentParser.parse([], declared: [tasks]) }
  #expect(tasks.usage == "--task SPEC …")
}
