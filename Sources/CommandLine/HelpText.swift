/// Lays out the help of the tool and of its commands.
struct HelpText {
  /// Columns; lines break between words.
  let width: Int

  init(width: Int) { self.width = min(max(width, 40), 100) }

  func overview(of tool: Tool) -> String {
    var sections = [
      wrapped("\(tool.name) \(tool.version): \(tool.summary)", indent: 0),
      "Usage: \(tool.name) COMMAND [options]",
    ]
    if !tool.commands.isEmpty {
      sections.append("Commands:\n" + table(tool.commands.map { ($0.name, $0.summary) }))
    }
    sections.append(
      "Options:\n"
        + table([
          ("--help", "Show this help; after a command, that command's (also -h)"),
          ("--version", "Show the version"),
        ]))
    sections.append("Exit codes: 0 done, 1 failed, 2 the command line was not understood.")
    return sections.joined(separator: "\n\n") + "\n"
  }

  func help(of command: any Command, in tool: Tool) -> String {
    let operands = command.arguments.filter(\.kind.isOperand)
    let options = command.arguments.filter { !$0.kind.isOperand }
    let usage =
      ["Usage:", tool.name, command.name] + command.arguments.compactMap(\.usage) + ["[options]"]
    var sections = [
      wrapped("\(tool.name) \(command.name): \(command.summary)", indent: 0),
      wrapped(usage.joined(separator: " "), indent: 0, hanging: 4),
    ]
    sections += command.discussion.split(separator: "\n\n").map { wrapped(String($0), indent: 0) }
    for (title, arguments) in [
      ("Operands", operands), ("Options", options), ("Common options", command.commonArguments),
    ] where !arguments.isEmpty {
      sections.append("\(title):\n" + table(arguments.map { ($0.spelling, Self.meaning(of: $0)) }))
    }
    if !command.examples.isEmpty {
      let examples = command.examples.map {
        "  \($0.commandLine)\n" + wrapped($0.effect, indent: 6)
      }
      sections.append("Examples:\n" + examples.joined(separator: "\n"))
    }
    return sections.joined(separator: "\n\n") + "\n"
  }

  /// The summary with whether the argument is needed, how often, and its default.
  private static func meaning(of argument: any ArgumentDeclaration) -> String {
    var remarks: [String] = []
    switch argument.kind {
    case .requiredOption: remarks.append("required")
    case .repeatedOption(_, let minimum) where minimum > 0: remarks.append("required, repeatable")
    case .repeatedOption: remarks.append("repeatable")
    case .optionalOperand: remarks.append("optional")
    case .flag, .option, .operand: break
    }
    if let text = argument.defaultText { remarks.append("default: \(text)") }
    return argument.summary + (remarks.isEmpty ? "" : " (\(remarks.joined(separator: "; ")))")
  }

  /// Two columns; a left cell wider than its column stands on a line of its own.
  private func table(_ rows: [(left: String, right: String)]) -> String {
    let column = min(rows.map(\.left.count).max() ?? 0, width / 3) + 4
    return rows.map { left, right in
      let text = wrapped(right, indent: column)
      let isWide = left.count + 4 > column
      return isWide
        ? "  \(left)\n\(text)"
        : "  \(left)" + String(repeating: " ", count: column - 2 - left.count)
          + text.dropFirst(column)
    }.joined(separator: "\n")
  }

  /// Breaks a paragraph into lines, each indented, those after the first by `hanging` more.
  private func wrapped(_ text: String, indent: Int, hanging: Int = 0) -> String {
    var lines: [String] = []
    var line = String(repeating: " ", count: indent)
    var isEmpty = true
    for word in text.split(whereSeparator: \.isWhitespace) {
      if !isEmpty, line.count + 1 + word.count > width {
        lines.append(line)
        line = String(repeating: " ", count: indent + hanging)
        isEmpty = true
      }
      line += (isEmpty ? "" : " ") + word
      isEmpty = false
    }
    return (lines + [line]).joined(separator: "\n")
  }
}
