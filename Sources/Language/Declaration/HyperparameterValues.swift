extension Int: HyperparameterValue {
  public static var hyperparameterKind: String { "a whole number" }
  public init?(hyperparameterText text: String) { self.init(text) }
  public var hyperparameterText: String { "\(self)" }
}

extension Double: HyperparameterValue {
  public static var hyperparameterKind: String { "a finite number" }
  public init?(hyperparameterText text: String) {
    guard let value = Double(text), value.isFinite else { return nil }
    self = value
  }
  public var hyperparameterText: String { "\(self)" }
}

extension Bool: HyperparameterValue {
  public static var hyperparameterKind: String { "true or false" }
  public init?(hyperparameterText text: String) { self.init(text) }
  public var hyperparameterText: String { "\(self)" }
}

/// Numbers with commas between them; the empty text is the empty list.
extension [Int]: HyperparameterValue {
  public static var hyperparameterKind: String { "whole numbers with commas between them" }
  public init?(hyperparameterText text: String) {
    let parts = text.isEmpty ? [] : text.split(separator: ",", omittingEmptySubsequences: false)
    let values = parts.compactMap { Int($0) }
    guard values.count == parts.count else { return nil }
    self = values
  }
  public var hyperparameterText: String { map(String.init).joined(separator: ",") }
}

/// `path:8`, `none`, or a number of at least 0.
extension Strength: HyperparameterValue {
  public static var hyperparameterKind: String { "path:COUNT, none, or a number of at least 0" }
  public init?(hyperparameterText text: String) {
    if text == "none" {
      self = .none
    } else if text.hasPrefix("path:"), let count = Int(text.dropFirst(5)), count >= 1 {
      self = .path(count: count)
    } else if let value = Double(hyperparameterText: text), value >= 0 {
      self = .fixed(value)
    } else {
      return nil
    }
  }
  public var hyperparameterText: String {
    switch self {
    case .path(let count): "path:\(count)"
    case .fixed(let value): "\(value)"
    case .none: "none"
    }
  }
}

/// `byOutcome`, or a number above 0.
extension Bandwidth: HyperparameterValue {
  public static var hyperparameterKind: String { "byOutcome, or a number above 0" }
  public init?(hyperparameterText text: String) {
    if text == "byOutcome" {
      self = .byOutcome
    } else if let value = Double(hyperparameterText: text), value > 0 {
      self = .fixed(value)
    } else {
      return nil
    }
  }
  public var hyperparameterText: String {
    switch self {
    case .byOutcome: "byOutcome"
    case .fixed(let value): "\(value)"
    }
  }
}

/// The name of one of those that come with the language.
extension Activation: HyperparameterValue {
  public static var hyperparameterKind: String {
    "one of " + all.map(\.name).joined(separator: ", ")
  }
  public init?(hyperparameterText text: String) {
    guard let named = Self.all.first(where: { $0.name == text }) else { return nil }
    self = named
  }
  public var hyperparameterText: String { name }
}

/// An enumeration's case, by the name that it has in code.
extension HyperparameterValue where Self: CaseIterable {
  public static var hyperparameterKind: String {
    "one of " + allCases.map(\.hyperparameterText).joined(separator: ", ")
  }
  public init?(hyperparameterText text: String) {
    guard let named = Self.allCases.first(where: { $0.hyperparameterText == text }) else {
      return nil
    }
    self = named
  }
  public var hyperparameterText: String { String(describing: self) }
}
