/// How strongly a penalty acts: its factor λ.
public enum Strength: Hashable, Sendable {
  /// Fits a decreasing series of strengths and lets the validation rows choose.
  case path(count: Int)
  /// One given strength.
  case fixed(Double)
  /// No penalty.
  case none

  /// - Throws: `Misuse` when the path is empty or the strength is negative or not finite.
  func validate(of owner: String) throws(Misuse) {
    switch self {
    case .path(let count):
      guard count >= 1 else {
        throw Misuse(
          "bad-hyperparameter", "the path of \(owner) has \(count) strengths",
          hint: "give at least 1, for example .path(count: 8)")
      }
      guard count <= 1000 else {
        throw Misuse(
          "bad-hyperparameter", "the path of \(owner) has \(count) strengths",
          hint: "give at most 1000")
      }
    case .fixed(let value):
      try Misuse.unlessNotNegative(value, "strength", of: owner)
    case .none: break
    }
  }
}

extension Strength: CustomStringConvertible {
  /// As Swift writes it: `.path(count: 8)`.
  public var description: String {
    switch self {
    case .path(let count): ".path(count: \(count))"
    case .fixed(let value): ".fixed(\(value))"
    case .none: ".none"
    }
  }
}
