import RankineSupport

extension Outcome {
  /// Reads a task from `NAME:TYPE`, `NAME=TYPE`, `NAME:TYPE(ARGUMENTS)` or `NAME=TYPE(ARGUMENTS)`.
  ///
  /// Arguments are separated by commas, the levels of an ordinal outcome by `<`. Double quotes
  /// protect separators inside an argument.
  ///
  /// - Throws: `DataError` `bad-spec` with the expected form, `unknown-type` with the nearest type.
  public init(specification: String) throws(DataError) {
    guard let (name, word, list) = Outcome.split(specification) else {
      throw DataError(
        "bad-spec", in: "task \"\(specification)\"", "expected NAME:TYPE or NAME=TYPE(ARGUMENTS)",
        hint: "for example ER:binary, Grade:ordinal(Well<Poorly) or OS=censored(time,event)")
    }
    let type = try OutcomeTypes.named(word, task: name)
    let arguments = try Outcome.arguments(list, separator: type.separator, task: name)
    self.init(name, anyType: try type.init(arguments: arguments, task: name))
  }

  /// The text from which `init(specification:)` makes the same task.
  public var specification: String {
    let separator = String(Swift.type(of: type).separator)
    let head = "\(name):\(Swift.type(of: type).name)"
    if type.arguments.isEmpty { return head }
    let list = type.arguments.map { argument in
      argument.contains(where: { ",<()\"".contains($0) }) ? "\"\(argument)\"" : argument
    }
    return "\(head)(\(list.joined(separator: separator)))"
  }

  /// Splits at the first `:` or `=` after which the rest reads like a type.
  private static func split(_ text: String) -> (name: String, type: String, list: Substring?)? {
    for index in text.indices where text[index] == ":" || text[index] == "=" {
      let name = text[..<index].trimmed
      let rest = text[text.index(after: index)...].trimmed
      let word = rest.prefix { $0.isLetter || $0 == "-" }
      let list = rest.dropFirst(word.count)
      if name.isEmpty || word.isEmpty { continue }
      if list.isEmpty { return (name, String(word), nil) }
      if list.first == "(", list.last == ")", list.count >= 2 {
        return (name, String(word), list.dropFirst().dropLast())
      }
    }
    return nil
  }

  private static func arguments(
    _ list: Substring?, separator: Character, task: String
  ) throws(DataError) -> [String] {
    guard let list, !list.trimmed.isEmpty else { return [] }
    var arguments = [""]
    var isQuoted = false
    for character in list {
      if character == "\"" {
        isQuoted.toggle()
      } else if character == separator, !isQuoted {
        arguments.append("")
      } else {
        arguments[arguments.count - 1].append(character)
      }
    }
    arguments = arguments.map { $0[...].trimmed }
    if isQuoted || arguments.contains("") {
      throw DataError(
        "bad-spec", in: "task \"\(task)\"",
        isQuoted ? "a quote is never closed" : "an argument is empty",
        hint: "write the arguments as a\(separator)b")
    }
    return arguments
  }
}

extension Substring {
  /// Without blanks around it.
  fileprivate var trimmed: String {
    var rest = drop { $0.isWhitespace }
    while rest.last?.isWhitespace == true { rest.removeLast() }
    return String(rest)
  }
}

extension DataError {
  static func unknownType(_ name: String, task: String) -> DataError {
    DataError(
      "unknown-type", in: "task \"\(task)\"", "there is no outcome type \"\(name)\"",
      hint: suggestion(for: name, among: OutcomeTypes.all.map { $0.name }))
  }

  static func arguments(
    _ found: [String], task: String, type: any OutcomeType.Type
  ) -> DataError {
    DataError(
      "bad-spec", in: "task \"\(task)\"",
      "\(type.name) does not take \(found.count) argument\(found.count == 1 ? "" : "s")",
      hint: "write \(type.usage)")
  }
}
