import RankineData

extension FeatureMatrix {
  /// Checks that every value is a number at the precision of a network: features that are not
  /// standardized, and rows far away from those of training, may be too large.
  ///
  /// - Throws: `TrainingError` (`feature-too-large`) naming the feature and the row.
  func check(fits precision: Precision) throws(TrainingError) {
    let largest =
      precision == .double
      ? Double.greatestFiniteMagnitude : Double(Float.greatestFiniteMagnitude)
    guard let position = values.firstIndex(where: { !(abs($0) <= largest) }) else { return }
    let (row, column) = position.quotientAndRemainder(dividingBy: columnCount)
    throw TrainingError(
      "feature-too-large", at: "feature \"\(names[column])\"",
      "in row \(row + 1) it is \(values[position]), too large for the network",
      hint: "correct the value, standardize the features, or bring this one to a smaller scale")
  }
}
