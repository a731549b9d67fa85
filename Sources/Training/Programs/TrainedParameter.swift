import RankineGraph
import RankineLanguage

/// What a trainer has to know about a parameter of a lowered model.
package struct TrainedParameter: Sendable {
  package let name: String
  package let extents: [Int]
  package let initializer: Initializer
  /// Whether it belongs to the network, else to a loss or the balancing of the losses.
  package let isOfNetwork: Bool
  /// Whether its penalty's strength is the one of the path.
  package let isOnPath: Bool
  /// Whether a second path may weigh its inputs by norms.
  let weighsInputs: Bool
  /// What its copies along leading axes belong to.
  package let copies: WeightCopies

  /// The leaf that holds its running mean.
  package var averageName: String { name + TrainingPrograms.averageSuffix }
  package var count: Int { extents.reduce(1, *) }

  init(_ parameter: LoweredParameter, isOfNetwork: Bool) {
    name = parameter.name
    extents = parameter.leaf.shape.dimensions.map { $0.count ?? 1 }
    initializer = parameter.initializer
    self.isOfNetwork = isOfNetwork
    copies = parameter.copies
    weighsInputs = parameter.penalty?.weighsInputs ?? false
    if case .path = parameter.penalty?.strength { isOnPath = true } else { isOnPath = false }
  }
}
