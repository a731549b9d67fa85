import RankineSupport

/// A type that can be read from one argument.
public protocol ArgumentValue: Sendable {
  /// What is expected, to follow "expected" in an error: `"a whole number"`.
  static var expectation: String { get }
  /// The value as the user would write it, or nil where the help should show none.
  var argumentText: String? { get }
  /// Reads the value; nil when the text is not one.
  init?(argumentText: String)
}

extension String: ArgumentValue {
  public static let expectation: String = "a text"
  public var argumentText: String? { isEmpty ? nil : self }
  public init?(argumentText: String) { self = argumentText }
}

extension Int: ArgumentValue {
  public static let expectation: String = "a whole number"
  public var argumentText: String? { description }
  public init?(argumentText: String) { self.init(argumentText) }
}

extension UInt64: ArgumentValue {
  public static let expectation: String = "a whole number from 0 to 18446744073709551615"
  public var argumentText: String? { description }
  public init?(argumentText: String) { self.init(argumentText) }
}

extension Double: ArgumentValue {
  public static let expectation: String = "a finite number"
  public var argumentText: String? {
    self == rounded() && abs(self) < 1e15 ? String(Int(self)) : description
  }
  public init?(argumentText: String) {
    guard let number = Double(argumentText), number.isFinite else { return nil }
    self = number
  }
}

/// What a value must fulfil besides having the right type.
public struct ValueCheck<Value: ArgumentValue>: Sendable {
  private let expectation: String
  let remedy: @Sendable (String) -> String?
  private let accepts: @Sendable (Value) -> Bool

  init(
    _ expectation: String, remedy: @escaping @Sendable (String) -> String? = { _ in nil },
    accepts: @escaping @Sendable (Value) -> Bool
  ) {
    (self.expectation, self.remedy, self.accepts) = (expectation, remedy, accepts)
  }

  /// Any value of the type will do.
  public static var none: ValueCheck { ValueCheck(Value.expectation) { _ in true } }

  /// Reads a value and checks it.
  ///
  /// - Throws: `UsageError` (`invalid-value`) naming the argument, what was expected and found.
  func value(of text: String, in place: String) throws -> Value {
    guard let value = Value(argumentText: text), accepts(value) else {
      throw UsageError(
        .invalidValue, in: place, "expected \(expectation), got \"\(text)\"", hint: remedy(text))
    }
    return value
  }
}

extension ValueCheck where Value: Comparable {
  /// At least this much.
  public static func atLeast(_ minimum: Value) -> ValueCheck {
    ValueCheck("\(Value.expectation), at least \(minimum.argumentText ?? "")") { $0 >= minimum }
  }

  /// Between two values, both allowed.
  public static func within(_ range: ClosedRange<Value>) -> ValueCheck {
    let bounds = [range.lowerBound, range.upperBound].compactMap(\.argumentText)
    return ValueCheck("\(Value.expectation) between \(bounds.joined(separator: " and "))") {
      range.contains($0)
    }
  }
}

extension ValueCheck where Value == String {
  /// One of these texts; a misspelt one gets the nearest suggested.
  public static func oneOf(_ choices: [String]) -> ValueCheck {
    ValueCheck(
      "one of \(choices.joined(separator: ", "))",
      remedy: { nearestName(to: $0, among: choices).map { "did you mean \"\($0)\"?" } },
      accepts: choices.contains)
  }
}
