/// A part of a data set's declaration: a task, or the choice of predictors.
public struct DatasetPart: Sendable {
  let outcome: Outcome?
  let features: Features?
}

/// Collects the parts of a data set's declaration; `if`, `else` and `for` work.
@resultBuilder
public enum DatasetBuilder {
  public static func buildExpression(_ outcome: Outcome) -> [DatasetPart] {
    [DatasetPart(outcome: outcome, features: nil)]
  }
  public static func buildExpression(_ features: Features) -> [DatasetPart] {
    [DatasetPart(outcome: nil, features: features)]
  }
  public static func buildBlock(_ parts: [DatasetPart]...) -> [DatasetPart] {
    Array(parts.joined())
  }
  public static func buildOptional(_ part: [DatasetPart]?) -> [DatasetPart] { part ?? [] }
  public static func buildEither(first part: [DatasetPart]) -> [DatasetPart] { part }
  public static func buildEither(second part: [DatasetPart]) -> [DatasetPart] { part }
  public static func buildArray(_ parts: [[DatasetPart]]) -> [DatasetPart] {
    Array(parts.joined())
  }
}
