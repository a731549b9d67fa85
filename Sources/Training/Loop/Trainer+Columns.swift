import RankineGraph
import RankineLanguage
import RankineRuntime

/// Training on the features whose weights are not all zero.
///
/// A feature leaves with its weights and their running means at zero, and keeps the rest of its
/// optimizer's state until it comes back. A second moment that all weights share is the mean over those
/// that are trained.
extension Trainer {
  /// Whether features can be left out at all.
  var screens: Bool {
    !programs.screenedNames.isEmpty
      && options.activeColumns.isOn(featureCount: programs.featureCount)
  }

  /// The features with a weight that is not zero, among all.
  var nonzeroFeatures: [Int] {
    let positions = current.nonzeroColumns(of: programs.screenedNames)
    guard let narrow else { return positions }
    return positions.map { narrow.subset.columns[$0] }
  }

  /// Leaves out all features but some, whose present values are taken over.
  ///
  /// - Throws: `RuntimeError`, `GraphError` when the programs cannot be made narrower.
  func keep(_ features: [Int]) throws {
    store()
    let subset = ColumnSubset(columns: features, width: programs.featureCount)
    forgetMeans(outside: subset)
    let programs = try programs.narrowed(to: features.count)
    let bound = try BoundPrograms<Scalar>(
      programs, sample: sample, features: sample.features.values(as: Scalar.self, of: subset),
      held: heldRows.map { ($0.rowCount, $0.features.values(as: Scalar.self, of: subset)) },
      options: options, seed: seed, pool: pool)
    full.storage.narrow(into: bound.storage, subset)
    narrow = (subset, bound)
  }

  /// Goes on with all features.
  func widen() {
    store()
    narrow = nil
  }

  /// Puts the values of the features that are trained back among those of all.
  private func store() {
    guard let narrow else { return }
    full.storage.widen(from: narrow.bound.storage, narrow.subset)
  }

  private func forgetMeans(outside subset: ColumnSubset) {
    var isKept = [Bool](repeating: false, count: subset.width)
    for column in subset.columns { isKept[column] = true }
    for parameter in programs.parameters where programs.screenedNames.contains(parameter.name) {
      full.storage.withBuffer(parameter.averageName) { values in
        for row in stride(from: 0, to: values.count, by: subset.width) {
          for column in 0..<subset.width where !isKept[column] { values[row + column] = 0 }
        }
      }
    }
  }

  // MARK: Optimality

  /// The features at zero whose gradients, over all training rows, outweigh the penalty at the present
  /// weights: where they are many, those that outweigh it most.
  func violators() throws -> [Int] {
    refreshPartners()
    store()
    return try violatorsOfStoredWeights()
  }

  /// The same at other weights, as they were at some epoch; the present ones are kept.
  func violators(at weights: ParameterSet) throws -> [Int] {
    store()
    let present = full.parameters(averaged: false)
    defer { full.set(present) }
    full.set(weights)
    if programs.readsStoredScores { full.scoring.run() }
    return try violatorsOfStoredWeights()
  }

  private func violatorsOfStoredWeights() throws -> [Int] {
    let program = try screening ?? programs.screeningProgram()
    screening = program
    let count = sample.rowCount
    full.storage.setIndices(LeafName.rows, (0..<Int32(count)).map { $0 })
    let executable = try program.bind(
      [Dimension.sample.description: count, Dimension.batch.description: count],
      storage: full.storage, pool: pool, seed: seed)
    executable.run()
    let tolerance = Scalar(ColumnSchedule.tolerance)
    let nonzero = full.nonzeroColumns(of: programs.screenedNames)
    var isNonzero = [Bool](repeating: false, count: programs.featureCount)
    for column in nonzero { isNonzero[column] = true }
    let most = ColumnSchedule.mostReturns(active: nonzero.count)
    return executable.withOutput("excess") { excess in
      let found = excess.indices.filter { excess[$0] > tolerance && !isNonzero[$0] }
      return found.sorted { (excess[$1], $0) < (excess[$0], $1) }.prefix(most).sorted()
    }
  }
}
