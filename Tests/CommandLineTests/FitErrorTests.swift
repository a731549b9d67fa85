import Testing

/// A call of `rankine fit` that cannot work, and what the user is told.
struct BadFit: CustomTestStringConvertible {
  let words: [String]
  let code: Int32
  let error: String
  var testDescription: String { words.joined(separator: " ") }

  init(_ words: [String], code: Int32 = 1, _ error: String) {
    (self.words, self.code, self.error) = (words, code, error)
  }
}

private let fit = ["fit", "@data.csv", "--features", "x1,x2", "--out", "@run"]
private let ill = fit + ["--task", "ill:binary"]

private let badFits = [
  BadFit(
    ["fit", "@dta.csv", "--task", "ill:binary", "--out", "@run"],
    """
    error[missing-file] in @dta.csv: there is no such file
      hint: did you mean "data.csv"?
    """),
  BadFit(
    ["fit", "@ragged.csv", "--task", "a:continuous", "--out", "@run"],
    """
    error[ragged-row] in ragged.csv:3: expected 3 fields as in the header, found 2
      hint: quote fields that contain the delimiter, and fill missing fields with NA
    """),
  BadFit(
    fit + ["--task", "il:binary"],
    """
    error[missing-column] in task "il": data.csv has no column "il"
      hint: did you mean "ill"?
    """),
  BadFit(
    ["fit", "@data.csv", "--task", "ill:binary", "--features", "x1,y2", "--out", "@run"],
    """
    error[missing-column] in data.csv: data.csv has no column "y2"
      hint: did you mean "x2"?
    """),
  BadFit(
    fit + ["--task", "ill:binray"], code: 2,
    """
    error[invalid-value] in --task ill:binray: there is no outcome type "binray"
      hint: did you mean "binary"?
    """),
  BadFit(
    fit + ["--task", "ill"], code: 2,
    """
    error[invalid-value] in --task ill: expected NAME:TYPE or NAME=TYPE(ARGUMENTS)
      hint: for example ER:binary, Grade:ordinal(Well<Poorly) or OS=censored(time,event)
    """),
  BadFit(
    fit + ["--task", "always:binary"],
    """
    error[bad-outcome] in task "always": every observed value is "yes", so there is one class
      hint: leave this task out
    """),
  BadFit(
    fit + ["--task", "empty:continuous"],
    """
    error[bad-outcome] in task "empty": every value is missing
      hint: leave this task out
    """),
  BadFit(
    fit + ["--task", "os=censored(time,never)"],
    """
    error[bad-outcome] in task "os": every observed row is censored, so no row ranks above another
      hint: check which level of "never" is an event, or leave this task out
    """),
  BadFit(
    ill + ["--model", "deep-smoothed-rnak"], code: 2,
    """
    error[unknown-model] in the model "deep-smoothed-rnak": there is no model of this name
      hint: did you mean "deep-smoothed-rank"?
    """),
  BadFit(
    ill + ["--epoch", "3"], code: 2,
    """
    error[unknown-option]: there is no option --epoch
      hint: did you mean "--epochs"?
    """),
  BadFit(
    ill + ["--set", "sharedwidth=3"], code: 2,
    """
    error[unknown-hyperparameter] in sharedwidth=3: DeepSmoothedRank has no hyperparameter \
    "sharedwidth"
      hint: did you mean "sharedWidth"?
    """),
  BadFit(
    ill + ["--set", "sharedWidth=many"], code: 2,
    """
    error[bad-hyperparameter] in sharedWidth=many: sharedWidth is a whole number, not "many"
      hint: for example sharedWidth=64
    """),
  BadFit(
    ill + ["--learning-rate", "-1"],
    """
    error[bad-option] in training options: learningRate is -1.0
      hint: give a finite number above 0
    """),
  BadFit(
    ["fit", "@data.csv", "--task", "ill:binary", "--features", "x1,flat", "--out", "@run"],
    """
    error[constant-predictor] in data.csv: "flat" holds one value in all 60 rows
      hint: leave out with --exclude flat, or drop all such columns with --drop-constant
    """),
  BadFit(
    [
      "fit", "@data.csv", "--task", "ill:binary", "--features", "flat", "--drop-constant", "--out",
      "@run",
    ],
    """
    error[bad-features] in data.csv: every predictor is constant in training
      hint: name predictors, or exclude fewer columns
    """),
  BadFit(
    ["fit", "@data.csv", "--out", "@run"], code: 2,
    """
    error[missing-argument]: --task SPEC is missing
      hint: --task SPEC: An outcome: NAME:TYPE, NAME=TYPE(…), or of a file TASK=SPEC@FILE
    """),
  BadFit(
    ["fit", "@data.csv", "--features", "x1", "--task", "ill:binary", "--out", "@ragged.csv"],
    """
    error[already-exists] in @ragged.csv: something else than an earlier result stands here \
    (there is no model.json in it)
      hint: write to another directory
    """),
]

@Test(arguments: badFits)
func aFitThatCannotWorkSaysWhyAndLeavesNothing(_ bad: BadFit) throws {
  let workplace = try Workplace()
  let before = workplace.content
  let outcome = workplace.run(bad.words)
  #expect(outcome.diagnostics == bad.error + "\n")
  #expect(outcome.output.isEmpty)
  #expect(outcome.code == bad.code)
  #expect(workplace.content == before)
}

@Test func aFitChoosesAmongHyperparametersAndSaysHowEachDid() throws {
  let workplace = try Workplace()
  let fit = workplace.run(
    ill + ["--epochs", "2", "--lambda", "0.01", "--set", "sharedWidth=4"]
      + ["--tune", "bandwidth=0.1/1", "--tune", "taskWidths=3/4"])
  #expect(fit.code == 0, "\(fit.diagnostics)")
  let trials = try workplace.text("run/trials.csv").split(whereSeparator: \.isNewline)
  #expect(trials[0] == "bandwidth,taskWidths,concordance,chosen")
  #expect(trials.count == 5)
  #expect(trials.dropFirst().filter { $0.hasSuffix(",1") }.count == 1)
  #expect(trials[2].hasPrefix("0.1,4,"))
  let report = try workplace.text("run/report.html")
  #expect(report.contains("<h2>Hyperparameters</h2>"))
}

@Test func aValueOfAGridThatTheModelDoesNotTakeIsRefusedBeforeAnyFit() throws {
  let outcome = try Workplace().run(ill + ["--tune", "bandwidth=0.1/wide"])
  #expect(outcome.code == 2)
  #expect(outcome.diagnostics.contains("bandwidth is byOutcome, or a number above 0, not \"wide\""))
}
