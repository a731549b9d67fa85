import RankineGraph

/// A trainable array of a lowered model.
package struct LoweredParameter {
  package let leaf: Tensor
  /// `shared.0.weight`, `task.1.bias`, …: also the name of the leaf.
  package let name: String
  package let initializer: Initializer
  /// Whether decoupled weight decay acts on it: on weights of layers after the first.
  package var decays: Bool
  package let penalty: (any Penalty)?
  /// What its copies along leading axes belong to.
  package let copies: WeightCopies
  /// What it is to the phases of training.
  package let role: ParameterRole

  package init(
    leaf: Tensor, name: String, initializer: Initializer, decays: Bool = false,
    penalty: (any Penalty)? = nil, copies: WeightCopies = .none, role: ParameterRole = .network
  ) {
    self.leaf = leaf
    self.name = name
    self.initializer = initializer
    self.decays = decays
    self.penalty = penalty
    self.copies = copies
    self.role = role
  }
}
