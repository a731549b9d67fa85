import RankineLanguage

/// A model trained at one strength.
package struct StrengthFit: Sendable {
  package var record: StrengthRecord
  package var epochs: [EpochRecord]
  /// The weights of the epoch that was kept: its last step, and the running mean.
  package let last: ParameterSet
  package let averaged: ParameterSet
  /// Scores of the held rows, one list a task; empty without them.
  package let heldScores: [[Double]]

  /// The same fit under the name of its task and stage, at its position on the path.
  func labelled(_ task: String?, _ stage: String, _ index: Int) -> StrengthFit {
    var fit = self
    (fit.record.task, fit.record.stage, fit.record.index) = (task, stage, index)
    for epoch in fit.epochs.indices {
      fit.epochs[epoch].task = task
      (fit.epochs[epoch].stage, fit.epochs[epoch].strengthIndex) = (stage, index)
    }
    return fit
  }
}

extension Trainer {
  /// Trains from the present parameters until the held rows' concordance stops to grow, and keeps the
  /// best epoch's weights; without held rows, for all epochs.
  ///
  /// The averaged weights of a feature whose last column is exactly zero are made zero as well, so
  /// that the features that count as removed have no part in a prediction.
  ///
  /// - Parameter epochs: the most epochs; those of the options when nil.
  /// - Throws: `TrainingError` (`not-finite`).
  package func train(
    strength: Double, columnWeights: [Double]? = nil, epochs: Int? = nil,
    onEpoch: (EpochRecord) -> Void = { _ in }
  ) throws(TrainingError) -> StrengthFit {
    let start = parameters(averaged: false)
    do {
      return try run(strength, columnWeights, epochs ?? options.epochs, onEpoch)
    } catch {
      guard error.code == "not-finite" else { throw error }
      throw located(error) { () throws(TrainingError) in
        reset(to: start)
        _ = try run(strength, columnWeights, epochs ?? options.epochs) { _ in }
      }
    }
  }

  /// The error with the instruction that went wrong first, found by doing everything once more with
  /// an eye on every result: the same seed gives the same numbers.
  private func located(
    _ error: TrainingError, replay: () throws(TrainingError) -> Void
  ) -> TrainingError {
    isTracing = true
    defer { isTracing = false }
    _ = try? replay()
    guard let line = firstNotFinite else { return error }
    return TrainingError(
      error.code, at: error.place, error.message + "; the first such number came from \(line)",
      hint: error.hint)
  }

  private func run(
    _ strength: Double, _ columnWeights: [Double]?, _ epochCount: Int,
    _ onEpoch: (EpochRecord) -> Void
  ) throws(TrainingError) -> StrengthFit {
    set(strength: strength, columnWeights: columnWeights)
    var stopping = EarlyStopping(patience: options.patience)
    var screen = ColumnScreen(epochCount: epochCount)
    try begin(&screen)
    openRounds()
    var best = snapshot()
    var records: [EpochRecord] = []
    var hasCollapsed = false
    var epoch = 0
    while true {
      try look(&screen, beforeEpoch: epoch)
      begin(epoch: epoch)
      let loss = programs.phases.isEmpty ? try runEpoch(epoch) : try runRound(epoch)
      average(epoch: epoch)
      let concordance = heldRows?.concordance(heldScores()) ?? []
      let nonzero = nonzeroCount
      records.append(
        EpochRecord(
          task: nil, stage: "", strengthIndex: 0, strength: strength, epoch: epoch + 1, loss: loss,
          weights: meanWeights, concordance: concordance, nonzeroCount: nonzero))
      onEpoch(records[epoch])
      let isBest = stopping.accepts(
        heldRows == nil ? Double(epoch) : meanConcordance(concordance), epoch: epoch)
      if isBest { best = snapshot() }
      try narrowDown(&screen, afterEpoch: epoch)
      hasCollapsed = nonzero == 0 && programs.pathCount != nil
      let isOver = stopping.isOver(epoch: epoch) || hasCollapsed || epoch + 1 >= screen.lastEpoch
      if isOver {
        // Features that were left out wrongly come back, and training goes on.
        let goesOn = try readmit(
          &screen, at: hasCollapsed ? nil : (best, stopping.bestEpoch), afterEpoch: epoch)
        if !goesOn { break }
        stopping.waitAnew(from: epoch)
      }
      epoch += 1
    }
    var averaged = best.averaged
    programs.removeZeroColumns(of: best.last, from: &averaged)
    setAverages(averaged)
    let scores = heldScores()
    let concordance = heldRows?.concordance(scores) ?? []
    return StrengthFit(
      record: StrengthRecord(
        task: nil, stage: "", index: 0, strength: strength, bestEpoch: stopping.bestEpoch + 1,
        criterion: meanConcordance(concordance), concordance: concordance,
        nonzeroCount: best.nonzeroCount, hasCollapsed: hasCollapsed,
        violatorCount: screen.violatorCount),
      epochs: records, last: best.last, averaged: averaged, heldScores: scores)
  }

  /// The weights of this moment.
  func snapshot() -> WeightSnapshot {
    WeightSnapshot(
      subset: narrow?.subset, screenedNames: programs.screenedNames,
      narrowLast: current.parameters(averaged: false),
      narrowAveraged: current.parameters(averaged: true), nonzeroCount: nonzeroCount)
  }

  /// One pass over the training rows.
  ///
  /// - Parameters:
  ///   - steps: those of a phase; nil where all parameters move together.
  ///   - clock: the phase's number.
  /// - Returns: the mean of the batches' losses, weighted by their rows.
  func runEpoch(
    _ epoch: Int, by steps: BoundSteps<Scalar>? = nil, clock: Int = 0
  ) throws(TrainingError) -> Double {
    let steps = steps ?? current.steps
    let order = EpochOrder(
      blocks: blocks, batchSize: batchSize, dropsLast: options.dropsLastBatch,
      epoch: epoch, seed: seed)
    var sum = 0.0
    var count = 0
    try order.forEachBatch { (rows) throws(TrainingError) in
      sum += try step(rows, by: steps[rows.count], clock: clock) * Double(rows.count)
      count += rows.count
    }
    return sum / Double(max(1, count))
  }
}

extension TrainingPrograms {
  /// Makes the columns of the weights that see the features zero that are zero in another set.
  func removeZeroColumns(of last: ParameterSet, from set: inout ParameterSet) {
    for weight in [firstWeight, ownWeight].compactMap({ $0 }) {
      removeZeroColumns(of: weight, last, from: &set)
    }
  }

  private func removeZeroColumns(
    of weight: TrainedParameter, _ last: ParameterSet, from set: inout ParameterSet
  ) {
    guard let width = weight.extents.last else { return }
    let norms = weight.columnNorms(last[weight.name])
    let perPart = weight.count / max(1, norms.count)
    var values = set[weight.name]
    for index in values.indices where norms[index / perPart][index % width] == 0 {
      values[index] = 0
    }
    set.values[weight.name] = values
  }
}
