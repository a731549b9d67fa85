import RankineLanguage
import RankineRuntime

extension Storage {
  /// Features, where they lie.
  func lend(_ name: String, _ features: FeatureRows.Values, _ extents: [Int]) {
    lend(name, features.base, ownedBy: features.owner, extents: extents)
  }

  /// Every buffer that the programs of a fit read or write: data with their values, parameters and
  /// state as zeros.
  convenience init(
    for programs: TrainingPrograms, sample: TrainingSample, features: FeatureRows.Values,
    held: (rowCount: Int, features: FeatureRows.Values)?
  ) {
    self.init()
    let tasks = sample.taskCount
    let perRow = [tasks, sample.rowCount]
    func put(_ name: String, _ values: [Double], _ extents: [Int]) {
      set(name, rounding: values, extents: extents)
    }
    lend(LeafName.features, features, [sample.rowCount, programs.featureCount])
    for leaf in sample.rowLeaves { put(leaf.name, leaf.values, perRow) }
    put(LeafName.pairs, sample.pairs.factors, [tasks])
    put(LeafName.spread, Array(repeating: 1, count: tasks), [tasks])
    put(LeafName.share, sample.shares, [tasks])
    declare(LeafName.stored, extents: perRow)
    if let held {
      lend(
        TrainingPrograms.heldFeatures, held.features, [held.rowCount, programs.featureCount])
    }
    // Given their values by `reset(to:)`, in place.
    for parameter in programs.parameters {
      declare(parameter.name, extents: parameter.extents)
      declare(parameter.averageName, extents: parameter.extents)
    }
    for leaf in programs.state { declare(leaf.name, extents: leaf.extents) }
    put(
      StepLeaf.columnWeights, Array(repeating: 1, count: programs.featureCount),
      [programs.featureCount])
    for name in [
      StepLeaf.strength, StepLeaf.averaging, StepLeaf.correction1, StepLeaf.correction2,
      LeafName.step, LeafName.epoch,
    ] {
      set(name, 0)
    }
  }
}
