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

  public init?(argumentText: String) {
    let parts = argumentText.split(separator: ",", omittingEmptySubsequences: false)
    names = parts.map { $0.trimmed }
    if names.contains("") { return nil }
  }
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

/// `1-3,5`: positive whole numbers, ascending and each once.
public struct NumberList: ArgumentValue, Equatable {
  public static let expectation: String = "numbers such as 1-3,5"
  /// So that a slip such as 1-100000000 is refused and not enumerated.
  private static let largest = 100_000
  public let numbers: [Int]
  public var argumentText: String? {
    numbers.isEmpty ? nil : numbers.map(\.description).joined(separator: ",")
  }

  public init?(argumentText: String) {
    var numbers: Set<Int> = []
    for part in argumentText.split(separator: ",", omittingEmptySubsequences: false) {
      let texts = part.split(separator: "-", omittingEmptySubsequences: false)
      let bounds = texts.compactMap { Int($0.trimmed) }
      guard (1...2).contains(texts.count), bounds.count == texts.count, let first = bounds.first,
        let last = bounds.last, first >= 1, last >= first, last <= Self.largest
      else { return nil }
      numbers.formUnion(first...last)
    }
    self.numbers = numbers.sorted()
  }
}

/// `I/K`: the I-th of K shares of the work, counted from 1.
public struct Shard: ArgumentValue, Equatable {
  public static let expectation: String = "I/K with 1 ≤ I ≤ K, such as 2/8"
  public let index: Int
  public let count: Int
  public var argumentText: String? { "\(index)/\(count)" }

  public init?(argumentText: String) {
    let parts = argumentText.split(separator: "/", omittingEmptySubsequences: false)
    guard parts.count == 2, let index = Int(parts[0]), let count = Int(parts[1]), index >= 1,
      index <= count
    else { return nil }
    (self.index, self.count) = (index, count)
  }

  /// Whether a piece of the work, counted from 0, is in this share.
  public func contains(_ piece: Int) -> Bool { piece % count == index - 1 }
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
