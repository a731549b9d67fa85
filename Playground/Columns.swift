import Rankine

extension Experiment {
  /// One fit of 50,000 features, of which about 50 matter, with steps over all features and with steps
  /// over those whose weights are not zero: the time of an epoch, the features kept, and the criterion.
  static let columns = Experiment(
    name: "columns", summary: "what an epoch costs when few of 50,000 features are active"
  ) {
    let wide = try WideProblem(rowCount: 1000, featureCount: 50_000, importantCount: 50)
    for choice in [ActiveColumns.automatic, .never] {
      let fit = try wide.train(choice, epochs: choice == .never ? 12 : 100)
      print("activeColumns \(choice.rawValue): \(fit)")
    }
  }
}

/// Rows of normal features, of which the first few make up two outcomes.
private struct WideProblem {
  let features: FeatureMatrix
  let outcomes: [OutcomeValues]
  let model = Model {
    Shared { Dense(64, activation: .silu).penalized(by: GroupLasso(.path(count: 1))) }
    EachTask {
      Dense(32, activation: .silu)
      Dense(1)
    }
    Objective { SmoothedRank() }
  }

  init(rowCount: Int, featureCount: Int, importantCount: Int) throws {
    var random = CounterRandom(seed: 1, named: "wide problem")
    let features = FeatureMatrix(
      names: (0..<featureCount).map { "x\($0)" }, rowCount: rowCount, precision: .float
    ) { writer in
      for row in 0..<rowCount {
        for column in 0..<featureCount { writer.set(random.normal(), row: row, column: column) }
      }
    }
    self.features = features
    outcomes = ["a", "b"].map { name in
      OutcomeValues(
        name: name, type: ContinuousOutcome(),
        values: (0..<rowCount).map { row in
          (0..<importantCount).map { features[row, $0] }.reduce(0, +) + random.normal()
        })
    }
  }

  func train(_ choice: ActiveColumns, epochs: Int) throws -> String {
    let lowered = try LoweredModel(
      model, features: features.columnCount,
      tasks: outcomes.map { TaskDescription(name: $0.name, scale: $0.scale) })
    var options = TrainingOptions()
    options.activeColumns = choice
    let training = features.rowCount * 3 / 4
    let trainer: Trainer<Float> = try Trainer(
      TrainingPrograms(lowered, featureCount: features.columnCount, options: options),
      sample: TrainingSample(features, outcomes: outcomes, rows: Array(0..<training)),
      held: HeldRows(features, outcomes: outcomes, rows: Array(training..<features.rowCount)),
      options: options, seed: 1, pool: ThreadPool(threads: 1))
    let clock = ContinuousClock()
    let strength = try trainer.largestStrength()
    var last = clock.now
    var seconds: [Double] = []
    let fit = try trainer.train(strength: strength, epochs: epochs) { record in
      let now = clock.now
      seconds.append((now - last) / .seconds(1))
      last = now
      print(
        "  epoch \(record.epoch): \(record.nonzeroCount) features, loss \(record.loss), "
          + "\(seconds[seconds.count - 1]) s")
    }
    let sorted = seconds.sorted()
    return "median \(sorted[sorted.count / 2]) s, mean "
      + "\(seconds.reduce(0, +) / Double(seconds.count)) s an epoch, \(fit.record.nonzeroCount) "
      + "features, criterion \(fit.record.criterion)"
  }
}
