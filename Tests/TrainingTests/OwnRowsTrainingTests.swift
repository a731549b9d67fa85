import RankineData
import RankineLanguage
import RankineSupport
import Testing

@testable import RankineTraining

/// How tasks with rows of their own are trained.
struct OwnRowsTrainingTests {
  /// Two sources of unequal size, y = ±2 x1 + noise: the sign is the source's.
  private func dataset(sizes: [Int] = [60, 24]) throws -> Dataset {
    var random = CounterRandom(seed: 9)
    var columns: [[Double]] = [[], [], []]
    var sites: [String] = []
    for (source, size) in sizes.enumerated() {
      for _ in 0..<size {
        let (x1, x2) = (random.normal(), random.normal())
        let signal = source == 0 ? 2 * x1 : -2 * x1
        for (index, value) in [x1, x2, signal + 0.2 * random.normal()].enumerated() {
          columns[index].append(value)
        }
        sites.append("s\(source)")
      }
    }
    let table = try Table(
      "memory",
      columns: zip(["x1", "x2", "y"], columns).map { Column($0, numbers: $1) }
        + [Column("site", texts: sites)])
    return try Dataset(
      table, outcomes: Outcome("y", .continuous).split(bySourcesIn: "site", of: table))
  }

  @Test func everyBatchHasAsManyRowsOfEverySource() {
    let blocks = [Array(0..<10), Array(10..<13)]
    let order = EpochOrder(blocks: blocks, batchSize: 8, dropsLast: false, epoch: 0, seed: 1)
    var batches: [[Int]] = []
    order.forEachBatch { batches.append($0.map(Int.init)) }
    #expect(batches.map(\.count) == [8, 8, 8])
    for batch in batches {
      #expect(batch.prefix(4).allSatisfy { $0 < 10 } && batch.suffix(4).allSatisfy { $0 >= 10 })
    }
    let large = batches.flatMap { $0.prefix(4) }
    #expect(Set(large) == Set(0..<10) && Set(large.prefix(10)).count == 10)
    let small = batches.flatMap { $0.suffix(4) }
    for start in [0, 3, 6] {
      #expect(Set(small[start..<(start + 3)]) == [10, 11, 12])
    }
  }

  @Test func tasksThatShareRowsAreOneBlock() throws {
    let data = try dataset(sizes: [4, 2])
    let features = try data.preprocessor(fittedOn: Array(0..<6)).transform(data.table)
    let twice = data.outcomes + data.outcomes
    let sample = TrainingSample(features, outcomes: twice, rows: [5, 0, 1, 2, 3, 4])
    #expect(sample.rowSets == [[1, 2, 3, 4], [0, 5]])
    let shares: [Double] = [4, 2, 4, 2].map { $0 / 12 }
    #expect(sample.shares == shares)
    #expect(sample.own?.prefix(6) == [0, 1, 1, 1, 1, 0])
    var options = TrainingOptions()
    #expect(options.batchSize(blocks: [60, 24]) == 64)
    #expect(options.batchSize(blocks: [20, 10]) == 40)
    options.batchSize = 8
    #expect(options.batchSize(blocks: [20, 10]) == 16)
  }

  /// Rows of a source say nothing about the tasks of another one: with independent tasks the fit of a
  /// task is the fit to its rows alone.
  @Test func anIndependentTaskIsTrainedOnItsRowsAlone() throws {
    let both = try dataset()
    let parts = Parts(
      training: Array(0..<40) + Array(60..<76), validation: Array(40..<60) + Array(76..<84),
      test: [])
    let model = smallModel().independentTasks()
    let fit = try model.fit(both, parts: parts, options: .quick(epochs: 4))
    let scores = try fit.scores(
      of: fit.preprocessor.transform(both.table, precision: .float))

    var random = CounterRandom(seed: 3)
    let texts = try both.table.column("y").numbers()
    let shuffled = texts.enumerated().map { $0 < 60 ? $1 : random.normal() }
    let changed = try Dataset(
      Table(
        "memory",
        columns: both.table.columns.map {
          $0.name == "y" ? Column("y", numbers: shuffled) : $0
        }), outcomes: Outcome("y", .continuous).split(bySourcesIn: "site", of: both.table))
    let other = try model.fit(changed, parts: parts, options: .quick(epochs: 4))
    let otherScores = try other.scores(
      of: other.preprocessor.transform(both.table, precision: .float))
    #expect(scores[0] == otherScores[0])
    #expect(scores[1] != otherScores[1])
  }

  @Test func oneNetworkLearnsWhatEachSourceDoes() throws {
    let data = try dataset()
    let fit = try smallModel { Huber() }.fit(data, options: .quick(epochs: 40))
    for (name, metrics) in try fit.evaluate(data.table).tasks {
      let concordance = try #require(metrics[.concordance])
      #expect(concordance > 0.8, "\(name)")
    }
    #expect(Set(fit.metrics.tasks.keys) == ["y.s0", "y.s1"])
  }

  /// The mean of pairs over a task's own rows, whatever other rows there are.
  @Test func pairsAreCountedAmongATasksRows() throws {
    let data = try dataset(sizes: [5, 3])
    let pairs = SamplePairs(data.outcomes, rows: Array(0..<8))
    #expect(pairs.factors == [0.25, 0.5])
  }
}
