import RankineGraph

/// What several tasks of a network have in common.
struct SharedPart {
  /// The first weight.
  let weight: Tensor
  /// All parameters that serve several tasks, the weight among them.
  let parameters: [Tensor]
  /// Where the tasks part; nil where tasks have weights in common above the shared layers, as
  /// cross-stitched columns do.
  let fork: NetworkFork?
}

/// Where a network divides into tasks, above all that they share.
struct NetworkFork {
  /// The shared representation [rows, width].
  let trunk: Tensor
  /// What the tasks read: copies of the trunk [tasks, rows, width], so that one backward pass through
  /// the tasks' own layers keeps the tasks apart.
  let copies: Tensor
}
