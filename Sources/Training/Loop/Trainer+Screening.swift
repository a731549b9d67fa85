/// The moments of a fit at which features leave and come back.
extension Trainer {
  /// Before the first epoch: weights that are mostly at zero, as those of a warm start, are trained
  /// alone from the beginning, with the features whose gradients outweigh the penalty.
  func begin(_ screen: inout ColumnScreen) throws(TrainingError) {
    guard screens else { return }
    let nonzero = nonzeroFeatures
    let width = programs.featureCount
    guard ColumnSchedule.narrows(nonzero: nonzero.count, of: width, isNarrow: false) else { return }
    try change {
      try keep(nonzero)
      let found = try violators()
      if !found.isEmpty { try admit(found, to: nonzero) }
    }
    screen.schedule.begin(epoch: 0)
  }

  /// When it is time, looks at the features that are left out and lets those back in that violate the
  /// condition of optimality.
  func look(_ screen: inout ColumnScreen, beforeEpoch epoch: Int) throws(TrainingError) {
    guard narrow != nil, screen.schedule.isDue(epoch: epoch) else { return }
    var found: [Int] = []
    try change {
      found = try violators()
      if !found.isEmpty { try admit(found, to: nonzeroFeatures) }
    }
    screen.schedule.looked(epoch: epoch, hasFound: !found.isEmpty)
  }

  /// Leaves out the features at zero where that saves enough.
  func narrowDown(_ screen: inout ColumnScreen, afterEpoch epoch: Int) throws(TrainingError) {
    guard screens else { return }
    let nonzero = nonzeroFeatures
    let width = current.programs.featureCount
    guard ColumnSchedule.narrows(nonzero: nonzero.count, of: width, isNarrow: narrow != nil)
    else { return }
    let isFirst = narrow == nil
    try change { try keep(nonzero) }
    if isFirst { screen.schedule.begin(epoch: epoch) }
  }

  /// When training is about to end: looks at the kept weights with all features, or at the present
  /// ones where no feature is left.
  ///
  /// - Parameter best: the kept weights and their epoch; nil where the penalty removed every feature.
  /// - Returns: whether training has to go on, with the features that violate the condition of
  ///   optimality; not when it has looked at these weights before, or has taken its time.
  func readmit(
    _ screen: inout ColumnScreen, at best: (weights: WeightSnapshot, epoch: Int)?,
    afterEpoch epoch: Int
  ) throws(TrainingError) -> Bool {
    let checked = best?.epoch ?? epoch
    guard screen.isNew(checked) else { return false }
    guard best.map({ $0.weights.subset != nil }) ?? (narrow != nil) else {
      screen.checked(checked, violatorCount: nil)
      return false
    }
    var goesOn = false
    try change {
      let found = try best.map { try violators(at: $0.weights) } ?? violators()
      screen.checked(checked, violatorCount: found.count)
      goesOn = !found.isEmpty && screen.mayGoOn(after: epoch)
      if goesOn, narrow != nil { try admit(found, to: nonzeroFeatures) }
    }
    if goesOn { screen.goOn(after: epoch) }
    return goesOn
  }

  /// Trains some features and the first of those that should come back, or all where they are many.
  private func admit(_ found: [Int], to nonzero: [Int]) throws {
    let most = ColumnSchedule.mostReturns(active: nonzero.count)
    let features = Set(nonzero).union(found.prefix(most)).sorted()
    let isMany = ColumnSchedule.widens(active: features.count, of: programs.featureCount)
    if features.isEmpty || isMany {
      widen()
    } else {
      try keep(features)
    }
  }

  /// - Throws: `TrainingError` (`bad-columns`) when the model cannot be built over fewer features.
  private func change(_ body: () throws -> Void) throws(TrainingError) {
    do { try body() } catch {
      throw TrainingError(
        "bad-columns", at: "the features that are trained", "\(error)",
        hint: "train all features: activeColumns .never")
    }
  }
}
