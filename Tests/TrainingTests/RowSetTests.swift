import RankineData
import RankineLanguage
import Testing

@testable import RankineTraining

/// Tasks that are computed on rows of their own alone learn what they learn when they are computed on all
/// rows and those of others are left out of the loss.
struct RowSetTests {
  /// - Parameter areApart: whether tasks are described together, so that it is known whose rows are whose.
  private func trainer(
    _ model: Model, _ problem: SourceProblem, areApart: Bool, outcomes: [OutcomeValues]? = nil
  ) throws -> Trainer<Double> {
    let data = problem.dataset
    let outcomes = outcomes ?? data.outcomes
    let all = Array(0..<data.rowCount)
    let features = try data.preprocessor(fittedOn: all).transform(data.table)
    let tasks =
      areApart ? TaskDescription.all(outcomes) : outcomes.map { TaskDescription($0) }
    let programs = try TrainingPrograms(
      LoweredModel(model, features: features.columnCount, tasks: tasks),
      featureCount: features.columnCount, options: TrainingOptions())
    #expect(programs.rowSetCount == (areApart ? problem.rows.count : 1))
    return try Trainer(
      programs, sample: TrainingSample(features, outcomes: outcomes, rows: all),
      held: nil, options: TrainingOptions(), seed: 1)
  }

  private func expectEqualTraining(_ model: Model, outcomes: [OutcomeValues]? = nil) throws {
    let problem = try SourceProblem(
      slopes: [[1, -2, 0.5], [1.5, 0, 1], [-1, 1, 2]], sizes: [50, 40, 9])
    func parameters(areApart: Bool) throws -> ParameterSet {
      let trainer = try trainer(model, problem, areApart: areApart, outcomes: outcomes)
      return try trainer.train(strength: 0.05, epochs: 3).last
    }
    let (apart, together) = (try parameters(areApart: true), try parameters(areApart: false))
    #expect(apart.values.keys.sorted() == together.values.keys.sorted())
    for (name, values) in apart.values {
      #expect(values.contains { $0 != 0 } || name.contains("intercept"), "\(name)")
      for (x, y) in zip(values, together[name]) {
        #expect(abs(x - y) < 1e-6 * max(1, abs(y)), "\(name): \(x) and \(y)")
      }
    }
  }

  @Test func aDualEncoderLearnsTheSameApart() throws {
    try expectEqualTraining(
      Model {
        Shared {
          Dense(6, activation: .silu)
          Dense(2)
        }
        EachTask {
          OwnEncoder {
            Dense(4, activation: .silu)
            Dense(2)
          }
          FactorHead(integration: Centroid(.path(count: 2)), separation: Orthogonality(0.1))
        }
        Objective(balancing: SampleShares()) { SquaredError() }
        Rounds {
          Phase.adam(on: .network, passes: 2)
          Phase.rescaling
          Phase.proximalGradient(on: .coefficients, steps: 20)
        }
      })
  }

  @Test func headsOnSharedLayersLearnTheSameApart() throws {
    try expectEqualTraining(
      Model {
        Shared { Dense(5, activation: .silu) }
        EachTask {
          Dense(3, activation: .silu)
          Dense(1)
        }
        Objective { Huber() }
      })
  }

  /// Pairs of a task are those of its rows, and a batch has as many sides of them.
  @Test func ranksAreLearnedTheSameApart() throws {
    try expectEqualTraining(
      Model {
        Shared { Dense(5, activation: .silu) }
        EachTask { Dense(1) }
        Objective { SmoothedRank() }
      })
  }

  @Test func linearScoresOfFeaturesAreLearnedTheSameApart() throws {
    try expectEqualTraining(
      Model {
        EachTask { FactorHead(integration: Centroid(.path(count: 2))) }
        Objective(balancing: SampleShares()) { SquaredError() }
        Rounds {
          Phase.rescaling
          Phase.proximalGradient(on: .coefficients, steps: 50)
        }
      })
  }

  /// A layer that looks at what other tasks compute needs their copies at its own rows.
  @Test func tasksThatReadOneAnotherAreComputedOnAllRows() throws {
    let problem = try SourceProblem(slopes: [[1], [2]], sizes: [10, 8])
    let tasks = TaskDescription.all(problem.dataset.outcomes)
    #expect(tasks.map(\.rowSet) == [0, 1])
    func setCount(_ layer: some Layer, balancing: any Balancing = Uniform()) throws -> Int {
      try LoweredModel(
        Model {
          Shared { Dense(3) }
          EachTask {
            Dense(3)
            layer
            Dense(1)
          }
          Objective(balancing: balancing) { Huber() }
        }, features: 1, tasks: tasks
      ).rowSetCount
    }
    #expect(try setCount(LayerNorm()) == 2)
    #expect(try setCount(CrossStitch()) == 1)
    #expect(try setCount(LayerNorm(), balancing: GradNorm()) == 1)
  }

  @Test func setsAreFilledUpWithRowsOfOthers() throws {
    let problem = try SourceProblem(slopes: [[1], [2], [3]], sizes: [3, 2, 4])
    let data = problem.dataset
    let features = try data.preprocessor(fittedOn: Array(0..<9)).transform(data.table)
    func sample(_ rows: [Int]) -> TrainingSample {
      TrainingSample(features, outcomes: data.outcomes, rows: rows)
    }
    #expect(sample(Array(0..<9)).paddedRows == [0, 1, 2, 3, 3, 4, 0, 0, 5, 6, 7, 8])
    // The second task has no row in this sample, and keeps its part of a batch.
    let partial = sample([0, 1, 5])
    #expect(partial.rowSets == [[0, 1], [], [2]])
    #expect(partial.paddedRows == [0, 1, 0, 0, 2, 0])
    #expect(partial.blocks(isApart: true) == [[0, 1], [0], [2]])
    #expect(partial.blocks(isApart: false) == [[0, 1], [2]])
  }
}
