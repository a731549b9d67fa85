extension ComparisonPlan {
  /// The models that were left out, by reason.
  var omissionText: String {
    var reasons: [String] = []
    for omission in omissions where !reasons.contains(omission.reason) {
      reasons.append(omission.reason)
    }
    return reasons.map { reason in
      omissions.filter { $0.reason == reason }.map(\.model).joined(separator: ", ")
        + ": \(reason)."
    }.joined(separator: " ")
  }
}

extension ComparisonFindings {
  /// What was compared, in a few sentences.
  public var headlineText: String {
    let sizes = plan.sizes.map { Int($0.rounded()) }
    let models = plan.models.count
    return "\(plan.dataName): \(counted(plan.rowCount, "row")), "
      + "\(counted(plan.predictors.count, "predictor")) "
      + "(\(plan.standardization.rawValue) standardized), \(counted(plan.tasks.count, "task")), "
      + "\(counted(models, "model")). "
      + "\(counted(plan.splitCount, "split")) of \(plan.splitText): models learn from \(sizes[0]) "
      + "rows, choose penalty and epoch on \(sizes[1]), and are measured on \(sizes[2]) others. "
      + "At most \(counted(plan.options.epochs, "epoch")) with patience \(plan.options.patience), "
      + "seed \(plan.seed)." + (plan.omissions.isEmpty ? "" : " Left out: " + plan.omissionText)
  }

  static let differenceNote =
    "The first model minus another one, with 95 % intervals that allow for splits sharing rows (Nadeau & "
    + "Bengio 2003): * where one leaves out zero in favour of the first model, o where in favour of the "
    + "other."
  static let predictorNote =
    "Mean rank by the norm of the weights, and the splits in which they are not zero."

  /// The tables as `rankine compare` prints them and `table.txt` holds them.
  public var text: String { text(width: 100) }

  /// The tables in lines of a width.
  public func text(width: Int) -> String {
    var parts = [
      wrapped(headlineText, width: width),
      "Test rows, mean (SD) over splits; * marks the best model of a task.\n\n"
        + table(Self.headline).plainText(width: width),
    ]
    if plan.models.count > 1 {
      parts.append(
        "Paired over splits. " + wrapped(Self.differenceNote, width: width, from: 20) + "\n"
          + differenceTable.plainText(width: width))
    }
    parts.append(
      "Leading features. " + wrapped(Self.predictorNote, width: width, from: 18) + "\n"
        + predictorTable(limit: 10).plainText(width: width))
    if !failures.isEmpty {
      let lines = failures.map { "\($0.model), split \($0.split): \($0.message)\n" }
      parts.append("Not fitted:\n" + lines.joined())
    }
    return parts.joined(separator: "\n")
  }
}
