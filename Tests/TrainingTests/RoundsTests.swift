import RankineData
import RankineLanguage
import RankineSupport
import Testing

@testable import RankineTraining

/// Training by turns, where the answer is known.
struct RoundsTests {
  private func linear(
    _ penalty: (any IntegrationPenalty)?, balancing: any Balancing = SampleShares()
  ) -> Model {
    Model {
      EachTask { FactorHead(integration: penalty) }
      Objective(balancing: balancing) { SquaredError() }
      Rounds {
        Phase.rescaling
        Phase.proximalGradient(on: .coefficients, steps: 3000, tolerance: 0)
      }
    }
  }

  private func dual(_ penalty: any IntegrationPenalty = Centroid(.fixed(0.05))) -> Model {
    Model {
      Shared {
        Dense(6, activation: .silu)
        Dense(3)
      }
      EachTask {
        OwnEncoder { Dense(2, activation: .silu) }
        FactorHead(
          integration: penalty, own: L1(.fixed(0.01)), separation: Orthogonality(0.1))
      }
      Objective(balancing: SampleShares()) { SquaredError() }
      Rounds {
        Phase.adam(on: .network, passes: 2, rate: 0.01, decay: 0.9)
        Phase.rescaling
        Phase.proximalGradient(on: .coefficients, steps: 50)
      }
    }
  }

  private let slopes: [[Double]] = [[1, -2], [1.5, -1], [-1, 2]]
  private let sizes = [20, 35, 50]

  private func problem(order: [Int]? = nil, copies: Int = 1) throws -> SourceProblem {
    try SourceProblem(slopes: slopes, sizes: sizes, order: order, copies: copies)
  }

  private func fitted(_ problem: SourceProblem, _ model: Model) throws -> Trainer<Double> {
    let trainer = try problem.trainer(model)
    _ = try trainer.train(strength: 0, epochs: 1)
    return trainer
  }

  /// The intercept and slopes that a task's scores have in the predictors.
  private func line(_ problem: SourceProblem, _ scores: [Double]) throws -> [Double] {
    let columns = try slopes[0].indices.map { try problem.dataset.table.column("x\($0)").numbers() }
    return leastSquares(scores.indices.map { row in [1] + columns.map { $0[row] } }, scores)
  }

  @Test func withoutAPenaltyEachTaskIsItsLeastSquares() throws {
    let problem = try problem()
    let trainer = try fitted(problem, linear(nil))
    for (task, scores) in try problem.scores(trainer).enumerated() {
      let rows = problem.rows[task]
      let wanted = leastSquares(rows.map { [1] + $0.x }, rows.map(\.y))
      for (found, value) in zip(try line(problem, scores), wanted) {
        #expect(abs(found - value) < 1e-6, "task \(task)")
      }
    }
  }

  @Test(arguments: [0, 1, 2])
  func aHugePenaltyGivesTasksCommonSlopesAndInterceptsOfTheirOwn(_ index: Int) throws {
    let penalties: [any IntegrationPenalty] = [
      Centroid(.fixed(1e4)), CentroidL1(.fixed(1e4)), Pairwise(.fixed(1e4)),
    ]
    let problem = try problem()
    let trainer = try fitted(problem, linear(penalties[index]))
    let all = problem.rows.enumerated().flatMap { task, rows in
      rows.map { row in
        (row.x + problem.rows.indices.map { $0 == task ? 1.0 : 0 }, row.y)
      }
    }
    let wanted = leastSquares(all.map(\.0), all.map(\.1))
    for (task, scores) in try problem.scores(trainer).enumerated() {
      let found = try line(problem, scores)
      #expect(abs(found[1] - wanted[0]) < 1e-3 && abs(found[2] - wanted[1]) < 1e-3, "task \(task)")
      #expect(abs(found[0] - wanted[2 + task]) < 1e-3, "task \(task)")
    }
  }

  @Test func rescalingChangesNoScore() throws {
    let problem = try problem()
    let trainer = try problem.trainer(dual())
    _ = try trainer.train(strength: 0, epochs: 2)
    // Encoders move once more, so that the scale is not the present one.
    _ = try trainer.runEpoch(9, by: stochastic(trainer).steps)
    let before = try problem.scores(trainer)
    let scale = trainer.parameters(averaged: false)["task.1.own.scale"]
    trainer.rescale()
    let after = try problem.scores(trainer)
    #expect(trainer.parameters(averaged: false)["task.1.own.scale"] != scale)
    for (x, y) in zip(before.joined(), after.joined()) { #expect(abs(x - y) < 1e-12) }
  }

  private func stochastic(
    _ trainer: Trainer<Double>
  ) throws -> (number: Int, steps: BoundSteps<Double>) {
    guard case .stochastic(_, let steps) = trainer.full.phases[0] else {
      throw TrainingError("none", at: "", "the first phase has no batches", hint: nil)
    }
    return (0, steps)
  }

  @Test(arguments: [0, 1, 2, 3, 4])
  func theObjectiveOfCoefficientsNeverGrows(_ index: Int) throws {
    let penalties: [any IntegrationPenalty] = [
      Centroid(.fixed(0.1)), CentroidL1(.fixed(0.1)), Pairwise(.fixed(0.1)),
      RidgeMean(.fixed(0.1)), MultiCentroid(.fixed(0.1)),
    ]
    let trainer = try problem().trainer(dual(penalties[index]))
    trainer.set(strength: 0)
    guard case .proximal(let phase) = trainer.full.phases[2] else {
      Issue.record("the third phase is the proximal one")
      return
    }
    let objectives = phase.run()
    #expect(objectives.count > 5)
    for (last, next) in zip(objectives, objectives.dropFirst()) {
      #expect(next <= last + 1e-12 * abs(last))
    }
    #expect(objectives[objectives.count - 1] < 0.9 * objectives[0])
  }

  /// Where all scores are equal a rank loss has a slope and no curvature to choose a step by.
  @Test func aLossWithoutCurvatureAtItsStartIsDescendedAllTheSame() throws {
    let model = Model {
      EachTask { FactorHead(integration: Centroid(.fixed(0.01))) }
      Objective { SmoothedRank() }
      Rounds { Phase.proximalGradient(on: .coefficients) }
    }
    let trainer = try problem().trainer(model)
    trainer.set(strength: 0)
    guard case .proximal(let phase) = trainer.full.phases[0] else {
      Issue.record("the phase is the proximal one")
      return
    }
    let objectives = phase.run()
    #expect(abs(objectives[0] + 1.5) < 1e-12, "half of each task's pairs, as all scores are equal")
    #expect(objectives[objectives.count - 1] < -2.1)
  }

  /// Small full-batch gradient steps of the encoders and steps of the coefficients descend together.
  @Test func roundsOfSmallStepsDescend() throws {
    let problem = try SourceProblem(slopes: slopes, sizes: [30, 30, 30])
    let model = Model {
      Shared {
        Dense(6, activation: .tanh)
        Dense(3)
      }
      EachTask { FactorHead(integration: Centroid(.fixed(0.05))) }
      Objective(balancing: SampleShares()) { SquaredError() }
      Rounds {
        Phase.adam(on: .network, rate: 1e-3)
        Phase.proximalGradient(on: .coefficients, steps: 40)
      }
    }
    var options = TrainingOptions()
    options.optimizer = .gradientDescent
    options.batchSize = 30
    options.weightDecay = 0
    let trainer = try problem.trainer(model, options: options)
    trainer.set(strength: 0)
    trainer.openRounds()
    var last = Double.infinity
    for round in 0..<8 {
      _ = try trainer.runRound(round)
      let objective = try #require(trainer.runWhole(trainer.full.phases[1]))
      #expect(objective <= last)
      last = objective
    }
  }

  @Test func permutingTasksPermutesTheirFits() throws {
    let model = linear(Centroid(.fixed(0.2)))
    let plain = try problem()
    let turned = try problem(order: [2, 0, 1])
    let own = try plain.scores(fitted(plain, model)).map { try line(plain, $0) }
    let other = try turned.scores(fitted(turned, model)).map { try line(turned, $0) }
    for (task, place) in [1, 2, 0].enumerated() {
      for (x, y) in zip(own[task], other[place]) { #expect(abs(x - y) < 1e-6) }
    }
  }

  /// With tasks that count alike, rows that are there twice change nothing.
  @Test func copiesOfAllRowsChangeNothing() throws {
    let model = linear(Centroid(.fixed(0.2), weighing: .equal), balancing: Uniform())
    let once = try problem()
    let twice = try problem(copies: 2)
    let own = try once.scores(fitted(once, model)).map { try line(once, $0) }
    let other = try twice.scores(fitted(twice, model)).map { try line(twice, $0) }
    for (x, y) in zip(own.joined(), other.joined()) { #expect(abs(x - y) < 1e-6) }
  }

  /// As long as scales are not learned anew, a task whose rows are there twice counts like before.
  @Test func copiesOfOneTasksRowsChangeNothingWhereTasksCountAlike() throws {
    let model = Model {
      EachTask { FactorHead(integration: Centroid(.fixed(0.2), weighing: .equal)) }
      Objective(balancing: Uniform()) { SquaredError() }
      Rounds { Phase.proximalGradient(on: .coefficients, steps: 3000, tolerance: 0) }
    }
    let once = try problem()
    let twice = try SourceProblem(slopes: slopes, sizes: sizes, copiesOfFirst: 2)
    #expect(twice.dataset.rowCount == once.dataset.rowCount + sizes[0])
    let own = try once.scores(fitted(once, model)).map { try line(once, $0) }
    let other = try twice.scores(fitted(twice, model)).map { try line(twice, $0) }
    for (x, y) in zip(own.joined(), other.joined()) { #expect(abs(x - y) < 1e-6) }
  }

  /// One task is far from the others: the norm lets it be, the square does not.
  @Test func anOutlyingTaskKeepsItsSlopesUnderTheNorm() throws {
    let problem = try SourceProblem(
      slopes: [[1, 1], [1, 1], [1, 1], [-3, -3]], sizes: [40, 40, 40, 40], noise: 0.1)
    let fitted = try [Centroid(.fixed(0.1)) as any IntegrationPenalty, RidgeMean(.fixed(0.5))].map {
      let trainer = try self.fitted(problem, linear($0))
      return try problem.scores(trainer).map { try line(problem, $0) }
    }
    #expect(abs(fitted[0][3][1] + 3) < 0.3 && abs(fitted[0][0][1] - 1) < 0.1)
    #expect(abs(fitted[1][3][1] + 3) > 0.6)
  }

  @Test func aModelTrainedByTurnsIsFittedLikeAnyOther() throws {
    let problem = try SourceProblem(slopes: slopes, sizes: [80, 90, 100], noise: 0.2)
    var options = TrainingOptions.quick(epochs: 4)
    options.batchSize = 32
    let fit = try dual().fit(problem.dataset, options: options)
    for metrics in fit.metrics.tasks.values {
      #expect(try #require(metrics[.concordance]) > 0.8)
    }
    #expect(fit.history.count == 4 && fit.history.allSatisfy { $0.loss.isFinite })
    let again = try dual().fit(problem.dataset, options: options, threads: 2)
    #expect(
      try fit.predict(problem.dataset.table) == again.predict(problem.dataset.table))
  }

  /// A rank loss, which has no target to be least squares of, runs in the same phases.
  @Test func ranksCanTakeThePlaceOfSquares() throws {
    let problem = try SourceProblem(slopes: slopes, sizes: [80, 90, 100], noise: 0.2)
    let model = Model {
      Shared { Dense(4, activation: .silu) }
      EachTask { FactorHead(integration: Centroid(.fixed(0.01))) }
      Objective { SmoothedRank() }
      Rounds {
        Phase.adam(on: .network, rate: 0.01)
        Phase.rescaling
        Phase.adam(on: .coefficients, rate: 0.05)
      }
    }
    let fit = try model.fit(problem.dataset, options: .quick(epochs: 8))
    for metrics in fit.metrics.tasks.values {
      #expect(try #require(metrics[.concordance]) > 0.8)
    }
  }
}
