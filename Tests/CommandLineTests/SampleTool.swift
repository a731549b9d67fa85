import RankineCommandLine
import RankineSupport

/// A command with one argument of each kind, which prints what it was given.
struct Brew: Command {
  static let leaf = Argument<String>.operand("LEAF", "The tea to brew")
  static let pot = Argument<String?>.optionalOperand("POT", "Where to brew it")
  static let minutes = Argument.option(
    "minutes", "N", default: 3, check: .atLeast(1), "Time to wait")
  static let grams = Argument<Double?>.optional("grams", "X", "How much to take")
  static let add = Argument<[String]>.repeated("add", "THING", "What else goes in")
  static let water = Argument<String>.required(
    "water", "KIND", check: .oneOf(["soft", "hard"]),
    "The water, which decides how long the leaves want to stand and how clear the cup becomes")
  static let hot = Argument<Bool>.flag("hot", "Serve at once")

  let name = "brew"
  let summary = "make a pot of tea"
  let discussion = "Tea gets bitter when it stands for too long in water that is too hot."
  let arguments: [any ArgumentDeclaration] = [leaf, pot, minutes, grams, add, water, hot]
  let examples = [Example("teapot brew assam --water soft", "a pot that waits three minutes")]

  func run(_ arguments: ParsedArguments, console: Console) throws {
    let grams = arguments[Self.grams].map { "\($0)" } ?? "-"
    console.note("brewing")
    console.print(
      [
        arguments[Self.leaf], arguments[Self.pot] ?? "-", "\(arguments[Self.minutes])", grams,
        arguments[Self.add].joined(separator: "+"), arguments[Self.water],
        "\(arguments[Self.hot])", "\(arguments[CommonOptions.seed])",
      ].joined(separator: " "))
  }
}

/// A command that fails at its work.
struct Spill: Command {
  struct Other: Error {}
  static let how = Argument.option("how", "TEXT", default: "known", "Which error to fail with")

  let name = "spill"
  let summary = "fail"
  let arguments: [any ArgumentDeclaration] = [how]

  func run(_ arguments: ParsedArguments, console: Console) throws {
    switch arguments[Self.how] {
    case "known": throw FileError(code: "spilt", place: "cup", message: "empty", hint: "refill")
    case "usage": throw UsageError(.invalidValue, in: "--how", "does not fit the cup")
    default: throw Other()
    }
  }
}

/// What one command line does: its exit code and the two texts.
struct Outcome: Equatable {
  let code: Int32
  let output: String
  let diagnostics: String

  init(code: Int32, output: String, diagnostics: String) {
    (self.code, self.output, self.diagnostics) = (code, output, diagnostics)
  }

  init(_ words: String...) {
    let (output, diagnostics) = (CapturedStream(), CapturedStream())
    let tool = Tool(
      name: "teapot", version: "1.2.3", summary: "short and stout", commands: [Brew(), Spill()])
    code = tool.run(words, console: Console(output: output, diagnostics: diagnostics))
    (self.output, self.diagnostics) = (output.text, diagnostics.text)
  }
}
