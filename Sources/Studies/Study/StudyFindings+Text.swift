import RankineTraining

extension StudyFindings {
  /// What was studied, in a few sentences.
  public var headlineText: String {
    guard let setup else { return "No cell is finished." }
    let (simulation, options) = (setup.simulation, setup.options)
    return "\(counted(models.count, "model")), \(counted(conditions.count, "setting")), "
      + "\(counted(records.count, "fit")). Data of \(simulation.rowCount) rows (60 % training, 20 % "
      + "validation, 20 % test) and \(simulation.predictorCount) predictors, of which "
      + "\(simulation.importantCount) matter. At most \(counted(options.epochs, "epoch")) with "
      + "patience \(options.patience), seed \(simulation.seed)."
  }

  static let tableNote =
    "TP: important predictors among the first by norm, ties in expectation. Kept: predictors with "
    + "weights that are not zero. A metric is the mean over the tasks that have it; a column's best is "
    + "marked."
  static let excessNote =
    "The same metrics minus those of the function that the data were made from, on the same rows: "
    + "errors too heavy to have a mean are in both."
  static let differenceNote =
    "Paired over replications, with Student's interval: * where it leaves out zero in favour of the "
    + "model that the others are held against, o where in favour of the other one."

  /// The tables as `rankine study` prints them and `table.txt` holds them.
  public var text: String { text(width: 100) }

  /// The tables in lines of a width.
  public func text(width: Int) -> String {
    var parts = [wrapped(headlineText, width: width)]
    func add(_ note: String, _ tables: [ResultTable]) {
      parts.append(wrapped(note, width: width))
      parts += tables.map { $0.plainText(width: width) }
    }
    add(Self.tableNote, families.map(table))
    if models.count > 1 { add(Self.differenceNote, families.map(differenceTable)) }
    add(Self.excessNote, families.map(excessTable))
    if !failures.isEmpty {
      parts.append(
        "Not fitted:\n" + failures.map { "\($0.cell.fileName): \($0.message)\n" }.joined())
    }
    return parts.joined(separator: "\n")
  }
}
