/// The weights of an epoch as they are trained: without the features that are left out.
struct WeightSnapshot {
  /// The features that it holds; nil for all.
  let subset: ColumnSubset?
  /// The weights that have no other features.
  let screenedNames: [String]
  let narrowLast: ParameterSet
  let narrowAveraged: ParameterSet
  let nonzeroCount: Int

  /// The last step's, with all features.
  var last: ParameterSet { widened(narrowLast) }
  /// The running means, with all features.
  var averaged: ParameterSet { widened(narrowAveraged) }

  private func widened(_ set: ParameterSet) -> ParameterSet {
    guard let subset else { return set }
    var wide = set
    for name in screenedNames { wide.values[name] = subset.widened(set[name]) }
    return wide
  }
}
