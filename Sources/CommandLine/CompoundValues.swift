/// `KEY=VALUE`: a hyperparameter by name, for `--set`.
public struct Assignment: ArgumentValue, Equatable {
  public static let expectation: String = "KEY=VALUE"
  public let key: String
  public let value: String
  public var argumentText: String? { "\(key)=\(value)" }

  public init?(argumentText: String) {
    let parts = argumentText.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
    guard parts.count == 2, !parts[0].isEmpty else { return nil }
    (key, value) = (String(parts[0]), String(parts[1]))
  }
}

/// `A,B,C`: names, such as those of columns or models.
public struct NameList: ArgumentValue, Equatable {
  public static let expectation: String = "names separated by commas"
  public let names: [String]
  public var argumentText: String? { names.isEmpty ? nil : names.joined(separator: ",") }

  init(_ names: [String]) { self.names = names }

  public init?(argumentText: String) {
    let parts = argumentText.split(separator: ",", omittingEmptySubsequences: false)
    names = parts.map { $0.trimmed }
    if names.contains("") { return nil }
  }
}

/// `1,3-5`: whole numbers from 1 on.
public struct NumberList: ArgumentValue, Equatable {
  public static let expectation: String = "numbers and ranges such as 1,3-5"
  /// Ascending, each once.
  public let numbers: [Int]
  public let argumentText: String?

  /// Ranges end at 100,000 at most.
  public init?(argumentText: String) {
    var found: Set<Int> = []
    for part in argumentText.split(separator: ",", omittingEmptySubsequences: false) {
      let bounds = part.split(separator: "-", omittingEmptySubsequences: false)
      let ends = bounds.compactMap { Int($0.trimmed) }
      guard (1...2).contains(bounds.count), ends.count == bounds.count,
        let first = ends.first, let last = ends.last, first >= 1, last >= first, last <= 100_000
      else { return nil }
      found.formUnion(first...last)
    }
    (numbers, self.argumentText) = (found.sorted(), argumentText)
  }

  init(_ range: ClosedRange<Int>) {
    numbers = Array(range)
    argumentText = "\(range.lowerBound)-\(range.upperBound)"
  }
}

/// `100` or `21-40`: the first so many, or those of a range.
public struct CountOrRange: ArgumentValue, Equatable {
  public static let expectation: String = "a number or a range such as 21-40"
  public let range: ClosedRange<Int>
  public var argumentText: String? {
    range.lowerBound == 1
      ? "\(range.upperBound)" : "\(range.lowerBound)-\(range.upperBound)"
  }

  public init?(argumentText: String) {
    let bounds = argumentText.split(separator: "-", omittingEmptySubsequences: false)
    let ends = bounds.compactMap { Int($0.trimmed) }
    guard (1...2).contains(bounds.count), ends.count == bounds.count, let last = ends.last,
      last >= 1, last <= 1_000_000
    else { return nil }
    let first = ends.count == 2 ? ends[0] : 1
    guard first >= 1, first <= last else { return nil }
    range = first...last
  }

  init(_ range: ClosedRange<Int>) { self.range = range }
}

/// `60/20/20`: the parts of the rows for training, validation and test, in any unit.
public struct SplitRatio: ArgumentValue, Equatable {
  public static let expectation: String = "TRAINING/VALIDATION/TEST such as 60/20/20"
  public let training: Double
  public let validation: Double
  public let test: Double
  public var argumentText: String? {
    [training, validation, test].compactMap(\.argumentText).joined(separator: "/")
  }

  init(training: Double, validation: Double, test: Double) {
    (self.training, self.validation, self.test) = (training, validation, test)
  }

  /// Training rows are needed; the other parts may be zero.
  public init?(argumentText: String) {
    let texts = argumentText.split(separator: "/", omittingEmptySubsequences: false)
    let parts = texts.compactMap { Double(argumentText: $0.trimmed) }
    guard texts.count == 3, parts.count == 3, parts[0] > 0, parts[1] >= 0, parts[2] >= 0 else {
      return nil
    }
    (training, validation, test) = (parts[0], parts[1], parts[2])
  }
}

/// `path`, `auto` or a number: how the strength λ of a penalty is chosen.
public enum PenaltyChoice: ArgumentValue, Equatable {
  /// Fits along a path of strengths and keeps the one that validates best.
  case path
  /// A strength computed from the data.
  case automatic
  case fixed(Double)

  public static let expectation: String = "path, auto or a number, at least 0"
  public var argumentText: String? {
    switch self {
    case .path: "path"
    case .automatic: "auto"
    case .fixed(let strength): strength.argumentText
    }
  }

  public init?(argumentText: String) {
    switch argumentText {
    case "path": self = .path
    case "auto": self = .automatic
    default:
      guard let strength = Double(argumentText: argumentText), strength >= 0 else { return nil }
      self = .fixed(strength)
    }
  }
}

extension StringProtocol {
  /// Without white space at the ends.
  var trimmed: String {
    let end = reversed().drop(while: \.isWhitespace).reversed()
    return String(end.drop(while: \.isWhitespace))
  }
}
