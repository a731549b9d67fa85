import RankineGraph

/// Lets every task read some of what the other tasks' copies computed.
///
///     hₖ ← Σₗ Aₖₗ hₗ,   A trained, at first 0.9 on the diagonal and the rest shared evenly
///
/// It stands in `EachTask` after a layer, between columns that are otherwise apart. With one task it
/// multiplies by a number that starts at 1.
///
/// - Shapes: [tasks, rows, width] stays as it is; A is [tasks, tasks].
/// - Source: Misra, Shrivastava, Gupta & Hebert, CVPR 2016, section 3.
public struct CrossStitch: Layer {
  /// The first value of the diagonal.
  public let ownShare: Double
  public let site: Site

  /// - Parameter ownShare: the first value of the diagonal.
  public init(ownShare: Double = 0.9, file: String = #fileID, line: Int = #line) {
    self.ownShare = ownShare
    self.site = Site(file: file, line: line)
  }

  public var summary: String { "CrossStitch(ownShare: \(ownShare))" }

  public var sharesWeights: Bool { true }

  public func validate() throws(Misuse) {
    guard ownShare.isFinite else {
      throw Misuse(
        "bad-hyperparameter", "the own share of CrossStitch is \(ownShare)",
        hint: "give a finite number, for example 0.9")
    }
  }

  public func apply(to input: Tensor, in scope: LayerScope) -> Tensor {
    guard let count = scope.taskCount, input.shape.rank == 3 else {
      scope.report(
        Misuse(
          "nothing-to-stitch", "CrossStitch sees \(input.shape), no copies of a layer",
          hint: "put it into EachTask, after a layer that has weights"))
      return input
    }
    let change = scope.numbers(
      "change", [.fixed(count), .fixed(count)], initializer: .zeros)
    let stitches = start(count, in: scope.graph) + change
    let factors = stitches.insertingAxis(at: 2).insertingAxis(at: 3)
    let weighted: Tensor = factors * input.insertingAxis(at: 0)
    return weighted.sum(over: [1])
  }

  /// The first A [tasks, tasks].
  private func start(_ count: Int, in graph: Graph) -> Tensor {
    guard count > 1 else { return graph.constant(1).broadcast(to: [1, 1]) }
    let numbers = graph.numbers((0..<count).map(Double.init))
    let isOwn: Tensor = equal(numbers.insertingAxis(at: 0), numbers.insertingAxis(at: 1))
    let rest = (1 - ownShare) / Double(count - 1)
    return (ownShare - rest) * isOwn + rest
  }
}
