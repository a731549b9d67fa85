/// One task: its rows' predictors, and what is to be predicted from them.
///
/// Tasks may have rows of their own or share them; all have the same features in the same order.
public struct SparseTask: Sendable {
  /// How the response is read.
  public enum Kind: String, Sendable, Codable {
    /// A number, with the loss (1/2n) Σ (y − η)².
    case gaussian
    /// 0 or 1, with the loss (1/n) Σ [log(1 + exp η) − y η].
    case logistic
  }

  /// What errors and results call it.
  public let name: String
  /// One row an observation, one column a feature.
  public let design: DesignMatrix
  /// One number a row.
  public let response: [Double]
  /// How the response is read.
  public let kind: Kind

  /// A task to judge by, whose rows may lack a response (NaN) or a class.
  init(judging name: String, design: DesignMatrix, response: [Double], kind: Kind) {
    (self.name, self.design, self.response, self.kind) = (name, design, response, kind)
  }

  /// - Throws: `SparseError` (`bad-task`) unless there are at least two rows, a finite response for
  ///   each, and for a logistic task both 0 and 1.
  public init(
    _ name: String, design: DesignMatrix, response: [Double], kind: Kind = .gaussian
  ) throws(SparseError) {
    (self.name, self.design, self.response, self.kind) = (name, design, response, kind)
    func require(_ holds: Bool, _ message: String, _ hint: String) throws(SparseError) {
      guard !holds else { return }
      throw SparseError("bad-task", at: "task \"\(name)\"", message, hint: hint)
    }
    try require(
      response.count == design.rowCount,
      "it has \(response.count) responses for \(design.rowCount) rows",
      "give one response a row")
    try require(
      response.count >= 2, "it has \(response.count) rows", "give at least two rows")
    if let row = response.firstIndex(where: { !$0.isFinite }) {
      try require(
        false, "the response of row \(row + 1) is \(response[row])", "leave this row out")
    }
    if kind == .logistic {
      try require(
        Set(response) == [0, 1], "its responses are not the two classes 0 and 1",
        "give 0 and 1, and rows of both")
    }
  }
}
