import Rankine

/// A loss of one's own for each pair of rows: the score of the higher row should be larger by 1.
private let hingeLoss = PairwiseLoss("hinge", scores: .unitSD) { high, low in
  relu(1 - (high.score - low.score))
}

private func network(_ loss: some Loss) -> Model {
  Model {
    Shared { Dense(32, activation: .silu).penalized(by: GroupLasso(.path(count: 6))) }
    EachTask {
      Dense(16, activation: .silu)
      Dense(1)
    }
    Objective { loss }
  }
}

extension Experiment {
  /// The same network, rows and seed under the built-in loss and under the one above; then what the
  /// compiler made of a training step with the latter.
  static let hinge = Experiment(
    name: "hinge", summary: "a pairwise loss of one's own beside the built-in one, and its tape"
  ) {
    let simulated = try Simulation(
      setting: 5, rowCount: 600, predictorCount: 40, importantCount: 6
    ).replication(1)

    for loss in [SmoothedRank(), hingeLoss] as [any Loss] {
      let fit = try network(loss).fit(
        simulated.dataset, parts: simulated.truth.split, threads: 2)
      print("\(loss.name): \(concordances(of: fit))")
    }
    try printStep(of: network(hingeLoss), on: simulated.dataset)
  }
}

/// The compiler's stages for one training step, and the instructions that sum over pairs: `pairs` runs
/// any body in one sweep for value and slopes, `rank` is the kernel made for the built-in loss.
private func printStep(of model: Model, on data: Dataset) throws {
  let tasks = data.outcomes.map { TaskDescription($0) }
  let count = data.featureColumns.count
  let step = try TrainingPrograms(
    LoweredModel(model, features: count, tasks: tasks), featureCount: count,
    options: TrainingOptions()
  ).step
  print("\none training step, compiled:")
  for stage in step.stages { print("  \(stage.name): \(stage.instructionCount) instructions") }
  let sweeps = step.tape.listing.split(separator: "\n").filter {
    $0.contains("= pairs[") || $0.contains("= rank[")
  }
  print("of which over all pairs of a batch row and a sample row:")
  for sweep in sweeps { print("  \(sweep)") }
}
