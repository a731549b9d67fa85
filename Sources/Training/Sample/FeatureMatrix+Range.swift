import RankineData

extension FeatureMatrix {
  /// Checks that every value is a number at the precision of a network: features that are not
  /// standardized, and rows far away from those of training, may be too large.
  ///
  /// - Throws: `TrainingError` (`feature-too-large`) naming the feature and the row.
  func check(fits precision: Precision) throws(TrainingError) {
    guard let misfit = misfit(at: precision) else { return }
    throw TrainingError(
      "feature-too-large", at: "feature \"\(names[misfit.column])\"",
      "in row \(misfit.row + 1) it is \(misfit.value), too large for the network",
      hint: "correct the value, standardize the features, or bring this one to a smaller scale")
  }

  /// The first value that is no number at a precision. What did not fit the matrix's own is known.
  private func misfit(at precision: Precision) -> Misfit? {
    guard precision == .float, self.precision == .double else { return misfit }
    let largest = Double(Float.greatestFiniteMagnitude)
    for row in 0..<rowCount {
      for column in names.indices where !(abs(self[row, column]) <= largest) {
        return Misfit(row: row, column: column, value: self[row, column])
      }
    }
    return nil
  }
}
