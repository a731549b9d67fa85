import RankineSupport

/// One typed argument of a command: an option such as `--epochs N`, or an operand such as `DATA`.
///
/// It is declared once, listed in ``Command/arguments`` and read back with its own type:
///
///     static let epochs = Argument.option("epochs", "N", default: 100, "Passes over the rows")
///     let count: Int = arguments[Self.epochs]
public struct Argument<Value: Sendable>: ArgumentDeclaration {
  /// Without the leading dashes.
  public let name: String
  public let kind: ArgumentKind
  public let summary: String
  /// The default as the help shows it, or nil when there is none to show.
  public let defaultText: String?
  private let decode: @Sendable ([String]) throws -> Value

  init(
    _ name: String, _ kind: ArgumentKind, _ summary: String, defaultText: String? = nil,
    decode: @escaping @Sendable ([String]) throws -> Value
  ) {
    (self.name, self.kind, self.summary) = (name, kind, summary)
    self.defaultText = defaultText
    self.decode = decode
  }

  public func value(from texts: [String]) throws -> any Sendable { try decode(texts) }
}

extension Argument where Value == Bool {
  /// `--name`: true when it is given.
  public static func flag(_ name: String, _ summary: String) -> Argument {
    Argument(name, .flag, summary) { !$0.isEmpty }
  }
}

extension Argument where Value: ArgumentValue {
  /// `--name VALUE` with a default.
  ///
  /// - Parameters:
  ///   - placeholder: what stands for the value in the help, such as `N`.
  ///   - defaultText: how the help shows the default, where its own text would not do.
  ///   - check: what a value must fulfil besides its type.
  public static func option(
    _ name: String, _ placeholder: String, default fallback: Value,
    showing defaultText: String? = nil,
    check: ValueCheck<Value> = .none, _ summary: String
  ) -> Argument {
    Argument(
      name, .option(placeholder), summary, defaultText: defaultText ?? fallback.argumentText
    ) { texts in
      try texts.last.map { try check.value(of: $0, in: "--" + name) } ?? fallback
    }
  }

  /// `--name VALUE`, without which the command does not run.
  public static func required(
    _ name: String, _ placeholder: String, check: ValueCheck<Value> = .none, _ summary: String
  ) -> Argument {
    Argument(name, .requiredOption(placeholder), summary) { texts in
      guard let text = texts.last else {
        throw UsageError.missing("--\(name) \(placeholder)", summary: summary)
      }
      return try check.value(of: text, in: "--" + name)
    }
  }

  /// A value that stands without dashes and without which the command does not run.
  public static func operand(
    _ name: String, check: ValueCheck<Value> = .none, _ summary: String
  ) -> Argument {
    Argument(name, .operand, summary) { texts in
      guard let text = texts.last else { throw UsageError.missing(name, summary: summary) }
      return try check.value(of: text, in: name)
    }
  }
}

extension Argument {
  /// `--name VALUE` that may be left out; the value is then nil.
  public static func optional<Wrapped: ArgumentValue>(
    _ name: String, _ placeholder: String, as type: Wrapped.Type = Wrapped.self,
    showing defaultText: String? = nil, check: ValueCheck<Wrapped> = .none, _ summary: String
  ) -> Argument where Value == Wrapped? {
    Argument(name, .option(placeholder), summary, defaultText: defaultText) { texts in
      try texts.last.map { try check.value(of: $0, in: "--" + name) }
    }
  }

  /// `--name VALUE`, as often as wanted, in the order given.
  ///
  /// - Parameter minimum: how often it must be given at least.
  public static func repeated<Element: ArgumentValue>(
    _ name: String, _ placeholder: String, as type: Element.Type = Element.self,
    atLeast minimum: Int = 0, check: ValueCheck<Element> = .none, _ summary: String
  ) -> Argument where Value == [Element] {
    Argument(name, .repeatedOption(placeholder, minimum: minimum), summary) { texts in
      guard texts.count >= minimum else {
        throw UsageError.missing("--\(name) \(placeholder)", summary: summary)
      }
      return try texts.map { try check.value(of: $0, in: "--" + name) }
    }
  }

  /// A value that stands without dashes and may be left out; it is then nil.
  public static func optionalOperand<Wrapped: ArgumentValue>(
    _ name: String, as type: Wrapped.Type = Wrapped.self, check: ValueCheck<Wrapped> = .none,
    _ summary: String
  ) -> Argument where Value == Wrapped? {
    Argument(name, .optionalOperand, summary) { texts in
      try texts.last.map { try check.value(of: $0, in: name) }
    }
  }
}
