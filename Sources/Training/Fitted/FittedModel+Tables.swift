import RankineData

/// What a run directory and reports show as tables.
extension FittedModel {
  /// `selected.csv`: rank, feature, norm, selected (1 or 0), `NAME.relevance` for each task, and
  /// `NAME.own_norm` where tasks have encoders of their own.
  public func selectedTable() throws -> Table {
    try Table(
      "selected",
      columns: [
        Column("rank", numbers: features.map(\.rank)),
        Column("feature", texts: features.map(\.name)),
        Column("norm", numbers: features.map(\.norm)),
        Column("selected", numbers: features.map { $0.isSelected ? 1 : 0 }),
      ]
        + outcomes.enumerated().map { task, outcome in
          Column(outcome.name + ".relevance", numbers: features.map { $0.relevance[task] })
        }
        + (hasOwnEncoders ? outcomes.indices : 0..<0).map { task in
          Column(
            outcomes[task].name + ".own_norm", numbers: features.map { $0.ownNorms?[task] ?? 0 })
        })
  }

  /// `history.csv`: an epoch a row.
  public func historyTable() throws -> Table {
    try Table(
      "history",
      columns: [
        Column("task", texts: history.map(\.task)),
        Column("stage", texts: history.map(\.stage)),
        Column("strength_index", numbers: history.map { Double($0.strengthIndex) }),
        Column("strength", numbers: history.map(\.strength)),
        Column("epoch", numbers: history.map { Double($0.epoch) }),
        Column("loss", numbers: history.map(\.loss)),
        Column("nonzero", numbers: history.map { Double($0.nonzeroCount) }),
      ] + columns("weight", history.map { ($0.task, $0.weights.map(Optional.some)) })
        + columns("concordance", history.map { ($0.task, $0.concordance) }))
  }

  /// `strengths.csv`: a strength of a path a row.
  public func strengthTable() throws -> Table {
    try Table(
      "strengths",
      columns: [
        Column("task", texts: strengths.map(\.task)),
        Column("stage", texts: strengths.map(\.stage)),
        Column("index", numbers: strengths.map { Double($0.index) }),
        Column("strength", numbers: strengths.map(\.strength)),
        Column("best_epoch", numbers: strengths.map { Double($0.bestEpoch) }),
        Column("criterion", numbers: strengths.map(\.criterion)),
        Column("nonzero", numbers: strengths.map { Double($0.nonzeroCount) }),
        Column("chosen", numbers: strengths.map { chosen.contains($0) ? 1 : 0 }),
      ] + columns("concordance", strengths.map { ($0.task, $0.concordance) }))
  }

  /// `trials.csv`: a combination of hyperparameters a row.
  public func trialTable() throws -> Table {
    let names = trials.first?.settings.map(\.name) ?? []
    return try Table(
      "trials",
      columns: names.indices.map { place in
        Column(names[place], texts: trials.map { $0.settings[place].value })
      } + [
        Column("concordance", numbers: trials.map(\.concordance)),
        Column("chosen", numbers: trials.map { $0.isChosen ? 1 : 0 }),
      ])
  }

  /// A column a task. Records of a network of all tasks have a value for each, those of a task's own
  /// network have one.
  private func columns(
    _ name: String, _ records: [(task: String?, values: [Double?])]
  ) -> [Column] {
    outcomes.enumerated().map { position, outcome in
      Column(
        "\(outcome.name).\(name)",
        numbers: records.map { record in
          let place = record.task == nil ? position : record.task == outcome.name ? 0 : -1
          return record.values.indices.contains(place) ? record.values[place] ?? .nan : .nan
        })
    }
  }
}
