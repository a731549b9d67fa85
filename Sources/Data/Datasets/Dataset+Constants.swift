extension Dataset {
  /// The predictors that hold one value in all rows, none missing: they cannot tell rows apart.
  ///
  /// - Throws: `DataError` (`missing-column`) when the table lacks one.
  public func constantFeatures() throws(DataError) -> [String] {
    var constant: [String] = []
    for name in featureColumns where try table.column(name).isConstant { constant.append(name) }
    return constant
  }

  /// - Throws: `DataError` (`constant-predictor`) naming the columns, when there are any.
  public func refuseConstantFeatures() throws(DataError) {
    let constant = try constantFeatures()
    guard let first = constant.first else { return }
    let (verb, example) =
      constant.count == 1 ? ("holds", first) : ("hold", constant.prefix(3).joined(separator: ","))
    throw DataError(
      "constant-predictor", in: table.name,
      "\(quotedList(constant)) \(verb) one value in all \(rowCount) rows",
      hint: "leave out with --exclude \(example), or drop all such columns with --drop-constant")
  }
}

extension Column {
  fileprivate var isConstant: Bool {
    switch content() {
    case .numbers(let values): values.allSatisfy { $0 == values[0] }
    case .texts(let values): values.allSatisfy { $0 != nil && $0 == values[0] }
    }
  }
}
