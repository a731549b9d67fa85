extension FittedModel {
  /// What to know about the fits that were kept, a sentence each; empty for most fits.
  ///
  /// A fit that leaves out features at zero looks at them again before it ends, and trains on with those
  /// whose gradients outweigh the penalty, for a limited time. Where some of them were still left out at
  /// the weights that were kept, a fit over all features might have selected them.
  public var warnings: [String] { chosen.compactMap(\.warning) }
}

extension StrengthRecord {
  var warning: String? {
    guard let count = violatorCount, count > 0 else { return nil }
    let place = task.map { "task \"\($0)\": " } ?? ""
    let (features, its) =
      count == 1 ? ("1 feature was", "its gradient") : ("\(count) features were", "their gradients")
    return "\(place)\(features) left out of training though the penalty does not outweigh \(its) "
      + "at the weights that were kept; train for more epochs, or train all features"
  }
}
