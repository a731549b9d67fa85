import RankineSupport

/// A command-line tool: its name, its commands, and how one command line is run.
public struct Tool: Sendable {
  public let name: String
  public let version: String
  /// One line without a closing full stop.
  public let summary: String
  public let commands: [any Command]

  public init(name: String, version: String, summary: String, commands: [any Command]) {
    (self.name, self.version, self.summary, self.commands) = (name, version, summary, commands)
  }

  /// Runs one command line and reports what goes wrong on the console's diagnostics.
  ///
  /// - Parameter arguments: the words after the tool's name.
  /// - Returns: the exit code: 0 done, 1 failed, 2 the command line was not understood.
  public func run(_ arguments: [String], console: Console) -> Int32 {
    do {
      let isDone = try dispatch(arguments, console: console)
      if let reason = console.output.failure {
        throw FileError(
          code: "cannot-write", place: "standard output", message: reason,
          hint: "check that the disk has space")
      }
      return isDone ? 0 : 2
    } catch let error as UsageError {
      console.report(error)
      return 2
    } catch let error as any UserError {
      console.diagnostics.write(error.description + "\n")
      return Self.usageCodes.contains(error.code) ? 2 : 1
    } catch {
      console.diagnostics.write("error[unexpected]: \(error)\n")
      return 1
    }
  }

  /// Errors of other rooms that are about words of the command line: a model's name, a hyperparameter's
  /// name or value.
  private static let usageCodes: Set<String> = [
    "unknown-model", "unknown-hyperparameter", "bad-hyperparameter", "bad-setting",
  ]

  /// - Returns: false when there was no command to run.
  private func dispatch(_ arguments: [String], console: Console) throws -> Bool {
    if let word = arguments.first, ["--version", "-h", "--help", "help"].contains(word) {
      try answer(word, about: arguments.dropFirst().first, console: console)
      return true
    }
    let prefix = try ArgumentParser.optionPrefix(of: arguments, declared: CommonOptions.all)
    guard prefix < arguments.count else {
      console.diagnostics.write(HelpText(width: console.diagnostics.width).overview(of: self))
      return false
    }
    let command = try command(named: arguments[prefix])
    let words = arguments[..<prefix] + arguments[(prefix + 1)...]
    if words.prefix(while: { $0 != "--" }).contains(where: { $0 == "-h" || $0 == "--help" }) {
      console.output.write(HelpText(width: console.output.width).help(of: command, in: self))
      return true
    }
    var parsed = try ArgumentParser.parse(
      words, declared: command.arguments + command.commonArguments)
    parsed.commandLine = ([name] + arguments).map(shellQuoted).joined(separator: " ")
    try command.run(parsed, console: parsed[CommonOptions.quiet] ? console.quieted() : console)
    return true
  }

  private func answer(_ word: String, about topic: String?, console: Console) throws {
    let help = HelpText(width: console.output.width)
    if word == "--version" {
      console.print("\(name) \(version)")
    } else if let topic, !topic.hasPrefix("-") {
      console.output.write(help.help(of: try command(named: topic), in: self))
    } else {
      console.output.write(help.overview(of: self))
    }
  }

  private func command(named wanted: String) throws -> any Command {
    if let command = commands.first(where: { $0.name == wanted }) { return command }
    throw UsageError(
      .unknownCommand, "there is no command \"\(wanted)\"",
      hint: suggestion(for: wanted, among: commands.map(\.name)))
  }
}

/// A word as a shell reads it back.
func shellQuoted(_ word: String) -> String {
  let isPlain = word.allSatisfy {
    $0.isASCII && ($0.isLetter || $0.isNumber || "-_./:,=".contains($0))
  }
  return isPlain && !word.isEmpty ? word : "'" + word.replacing("'", with: "'\\''") + "'"
}
