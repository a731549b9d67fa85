import RankineGraph

/// Silences each unit of each row with a given probability while training, and scales up the others
/// so that the expected output is the input; does nothing otherwise.
///
/// - Shapes: any; the output has the shape of the input.
/// - Source: Srivastava et al., JMLR 15 (2014), section 10 (the inverted form).
public struct Dropout: Layer {
  /// The probability of silence.
  public let rate: Double
  public let site: Site

  /// - Parameter rate: the probability of silence, at least 0 and below 1.
  public init(_ rate: Double, file: String = #fileID, line: Int = #line) {
    self.rate = rate
    self.site = Site(file: file, line: line)
  }

  public var keepsTasksApart: Bool { true }

  public var summary: String { "Dropout(\(rate))" }

  public func validate() throws(Misuse) {
    guard rate >= 0, rate < 1 else {
      throw Misuse(
        "bad-hyperparameter", "the rate of Dropout is \(rate)",
        hint: "give a probability of at least 0 and below 1")
    }
  }

  public func apply(to input: Tensor, in scope: LayerScope) -> Tensor {
    guard scope.isTraining, rate > 0 else { return input }
    let draws = scope.uniform(input.shape)
    let isKept: Tensor = 1 - greater(scope.graph.constant(rate), draws)
    return input * isKept / (1 - rate)
  }
}
