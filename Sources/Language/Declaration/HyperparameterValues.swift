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
