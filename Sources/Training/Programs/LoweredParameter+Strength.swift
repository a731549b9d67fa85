import RankineGraph
import RankineLanguage

extension LoweredParameter {
  /// λ of its penalty as graph; nil for none.
  var strength: Tensor? {
    switch penalty?.strength {
    case .path: leaf.graph.input(StepLeaf.strength, .scalar)
    case .fixed(let value): leaf.graph.constant(value)
    case .some(.none), nil: nil
    }
  }

  /// A factor of the penalty for each feature, where it is the weight that sees them.
  func columnWeights(featureCount: Int) -> Tensor? {
    let shape = leaf.shape
    guard !decays, shape.rank >= 2, shape[shape.rank - 1] == .fixed(featureCount) else {
      return nil
    }
    return leaf.graph.input(StepLeaf.columnWeights, [.fixed(featureCount)])
  }
}
