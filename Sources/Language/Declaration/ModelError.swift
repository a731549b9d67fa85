import RankineGraph
import RankineSupport

/// A declaration that cannot be trained: what is wrong, and the line and part of the model it is in.
public struct ModelError: UserError {
  public let code: String
  public let place: String
  public let message: String
  public let hint: String?

  package init(_ code: String, at place: String, _ message: String, hint: String? = nil) {
    (self.code, self.place, self.message, self.hint) = (code, place, message, hint)
  }

  init(_ misuse: Misuse, at place: String) {
    self.init(misuse.code, at: place, misuse.message, hint: misuse.hint)
  }

  /// A misfit of shapes, met while the model's formulas were built.
  init(_ error: GraphError) {
    self.init(error.code, at: error.place, error.message, hint: error.hint)
  }
}

/// What is wrong with a layer, loss, penalty or balancing rule on its own; lowering adds the place.
public struct Misuse: Error, Sendable, Equatable {
  /// Stable, lower-case with dashes.
  public let code: String
  /// What was expected and what was found, without a closing full stop.
  public let message: String
  public let hint: String?

  public init(_ code: String, _ message: String, hint: String? = nil) {
    (self.code, self.message, self.hint) = (code, message, hint)
  }

  /// - Throws: `Misuse` (`bad-hyperparameter`) unless the number is finite and above 0.
  public static func unlessPositive(
    _ value: Double, _ name: String, of owner: String
  ) throws(Misuse) {
    guard value.isFinite, value > 0 else {
      throw Misuse(
        "bad-hyperparameter", "the \(name) of \(owner) is \(value)",
        hint: "give a finite number above 0")
    }
  }

  /// - Throws: `Misuse` (`bad-hyperparameter`) unless the number is finite and at least 0.
  public static func unlessNotNegative(
    _ value: Double, _ name: String, of owner: String
  ) throws(Misuse) {
    guard value.isFinite, value >= 0 else {
      throw Misuse(
        "bad-hyperparameter", "the \(name) of \(owner) is \(value)",
        hint: "give a finite number of at least 0")
    }
  }

  /// - Throws: `Misuse` (`bad-hyperparameter`) unless the number is at least 0 and at most 1.
  public static func unlessFraction(
    _ value: Double, _ name: String, of owner: String
  ) throws(Misuse) {
    guard value >= 0, value <= 1 else {
      throw Misuse(
        "bad-hyperparameter", "the \(name) of \(owner) is \(value)",
        hint: "give a number from 0 to 1")
    }
  }
}
