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
    forgetMeans(of: narrow?.subset.columns, outside: subset)
    let programs = try programs.narrowed(to: features.count)
    narrow = (subset, try bind(programs, to: subset, held: heldRows))
  }

  /// Programs over some features, with their present values.
  private func bind(
    _ programs: TrainingPrograms, to subset: ColumnSubset, held: HeldRows?
  ) throws -> BoundPrograms<Scalar> {
    let bound = try BoundPrograms<Scalar>(
      programs, sample: sample, features: sample.features.values(as: Scalar.self, of: subset),
      held: held.map { ($0.rowCount, $0.features.values(as: Scalar.self, of: subset)) },
      options: options, seed: seed, pool: pool)
    full.storage.narrow(into: bound.storage, subset)
    return bound
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

  /// Sets the running means of features that leave to zero.
  ///
  /// - Parameter trained: the features that were trained; nil for all. The others' means are zero.
  private func forgetMeans(of trained: [Int]?, outside subset: ColumnSubset) {
    let stay = Set(subset.columns)
    let leaving = (trained ?? Array(0..<subset.width)).filter { !stay.contains($0) }
    for parameter in programs.parameters where programs.screenedNames.contains(parameter.name) {
      full.storage.withBuffer(parameter.averageName) {
        Scalar.clear(leaving, of: $0, width: subset.width)
      }
    }
  }

  // MARK: Optimality

  /// The features that are left out, and whose gradients over all training rows outweigh the penalty at
  /// the present weights: those that outweigh it most come first.
  func violators() throws -> [Int] {
    guard let narrow else { return [] }
    refreshPartners()
    return try violators(narrow.subset, narrow.bound)
  }

  /// The same at other weights, as they were at some epoch; the present ones are kept.
  func violators(at weights: WeightSnapshot) throws -> [Int] {
    guard let subset = weights.subset else { return [] }
    store()
    let isSame = narrow?.bound.programs.featureCount == subset.columns.count
    let programs =
      isSame ? current.programs : try programs.narrowed(to: subset.columns.count)
    let bound = try bind(programs, to: subset, held: nil)
    bound.set(weights.narrowLast)
    if programs.readsStoredScores { bound.scoring.run() }
    return try violators(subset, bound)
  }

  private func violators(_ subset: ColumnSubset, _ bound: BoundPrograms<Scalar>) throws -> [Int] {
    let width = programs.featureCount
    let features = sample.features.values(as: Scalar.self)
    bound.storage.lend(StepLeaf.allFeatures, features, [sample.rowCount, width])
    bound.storage.set(
      StepLeaf.allColumnWeights, full.storage.values(StepLeaf.columnWeights), extents: [width])
    let excess = try bound.excess(width: width, rowCount: sample.rowCount, seed: seed, pool: pool)
    var isTrained = [Bool](repeating: false, count: width)
    for column in subset.columns { isTrained[column] = true }
    let tolerance = Scalar(ColumnSchedule.tolerance)
    let found = excess.indices.filter { excess[$0] > tolerance && !isTrained[$0] }
    return found.sorted { (excess[$1], $0) < (excess[$0], $1) }
  }
}
