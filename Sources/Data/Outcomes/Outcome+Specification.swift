import RankineSupport

extension Outcome {
  /// Reads a task from `NAME:TYPE`, `NAME=TYPE`, `NAME:TYPE(ARGUMENTS)` or `NAME=TYPE(ARGUMENTS)`.
  ///
  /// Arguments are separated by commas, the levels of an ordinal outcome by `<`. Options follow a
  /// semicolon: `OS=censored(time,event; entry=start, weights=uno)`. Double quotes protect separators
  /// inside an argument.
  ///
  /// - Throws: `DataError` `bad-spec` with the expected form, `unknown-type` with the nearest type.
  public init(specification: String) throws(DataError) {
    guard let (name, word, list) = Outcome.split(specification) else {
      throw DataError(
        "bad-spec", in: "task \"\(specification)\"", "expected NAME:TYPE or NAME=TYPE(ARGUMENTS)",
        hint: "for example ER:binary, Grade:ordinal(Well<Poorly) or OS=censored(time,event)")
    }
    let type = try OutcomeTypes.named(word, task: name)
    let parts = Outcome.unquotedParts(of: list ?? "", at: ";", limit: 2)
    let arguments = try Outcome.arguments(parts[0], separator: type.separator, task: name)
    var options: [String: String] = [:]
    for option in try Outcome.arguments(
      parts.count > 1 ? parts[1] : nil, separator: ",", task: name)
    {
      let pair = option.split(separator: "=", maxSplits: 1).map(\.trimmed)
      guard pair.count == 2, options[pair[0]] == nil else {
        throw DataError(
          "bad-spec", in: "task \"\(name)\"", "expected KEY=VALUE once a key, found \"\(option)\"",
          hint: "write \(type.usage)")
      }
      options[pair[0]] = pair[1]
    }
    self.init(name, anyType: try type.make(arguments: arguments, options: options, task: name))
  }

  /// The text from which `init(specification:)` makes the same task.
  public var specification: String {
    let separator = String(Swift.type(of: type).separator)
    let head = "\(name):\(Swift.type(of: type).name)"
    let list = type.arguments.map(Outcome.quoted).joined(separator: separator)
    let options = Swift.type(of: type).optionNames.compactMap { name in
      type.options[name].map { "\(name)=\(Outcome.quoted($0))" }
    }
    if options.isEmpty { return list.isEmpty ? head : "\(head)(\(list))" }
    return "\(head)(\(list); \(options.joined(separator: ", ")))"
  }

  private static func quoted(_ argument: String) -> String {
    argument.contains(where: { ",;<()\"".contains($0) }) ? "\"\(argument)\"" : argument
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
    let isOpen = list.count { $0 == "\"" } % 2 == 1
    let arguments = unquotedParts(of: list, at: separator).map {
      $0.filter { $0 != "\"" }[...].trimmed
    }
    if isOpen || arguments.contains("") {
      throw DataError(
        "bad-spec", in: "task \"\(task)\"",
        isOpen ? "a quote is never closed" : "an argument is empty",
        hint: "write the arguments as a\(separator)b")
    }
    return arguments
  }

  /// The parts between separators that no double quotes protect.
  private static func unquotedParts(
    of text: Substring, at separator: Character, limit: Int = .max
  ) -> [Substring] {
    var parts: [Substring] = []
    var (start, isQuoted) = (text.startIndex, false)
    for index in text.indices {
      if text[index] == "\"" { isQuoted.toggle() }
      guard text[index] == separator, !isQuoted, parts.count + 1 < limit else { continue }
      parts.append(text[start..<index])
      start = text.index(after: index)
    }
    return parts + [text[start...]]
  }
}

extension OutcomeType {
  /// The type of these arguments, after a look at the options' names.
  ///
  /// - Throws: `DataError` `bad-spec` with the nearest option.
  static func make(
    arguments: [String], options: [String: String], task: String
  ) throws(DataError) -> Self {
    for name in options.keys.sorted() where !optionNames.contains(name) {
      throw DataError(
        "bad-spec", in: "task \"\(task)\"",
        "\(Self.name) has no option \"\(name)\"",
        hint: optionNames.isEmpty
          ? "write \(usage)" : suggestion(for: name, among: optionNames))
    }
    return try Self(arguments: arguments, options: options, task: task)
  }

  /// The number that an option gives; nil when it is not given.
  ///
  /// - Throws: `DataError` `bad-spec` with what it may be.
  static func number(
    _ name: String, in options: [String: String], _ expected: String, task: String,
    where fits: (Double) -> Bool
  ) throws(DataError) -> Double? {
    guard let text = options[name] else { return nil }
    guard let number = DecimalNumber.parse(text), fits(number) else {
      throw badOption(name, text, expected, task: task)
    }
    return number
  }

  /// An option whose value does not fit.
  static func badOption(
    _ name: String, _ text: String, _ expected: String, task: String
  ) -> DataError {
    DataError(
      "bad-spec", in: "task \"\(task)\"",
      "\(name) of \(Self.name) is \"\(text)\"", hint: "expected \(expected)")
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
