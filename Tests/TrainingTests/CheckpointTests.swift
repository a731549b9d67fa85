import Foundation
import RankineData
import RankineGraph
import RankineLanguage
import Testing

@testable import RankineTraining

/// Training that was killed goes on from what it had finished, and ends with the same bits.
struct CheckpointTests {
  let tasks = [Outcome("y", .continuous), Outcome("z", .binary)]

  private func withCheckpoint(_ body: (FitCheckpoint) throws -> Void) throws {
    let checkpoint = FitCheckpoint(
      folder: FileManager.default.temporaryDirectory
        .appendingPathComponent("rankine-checkpoint-\(UUID().uuidString)"))
    defer { try? checkpoint.remove() }
    try body(checkpoint)
  }

  private func files(_ checkpoint: FitCheckpoint) throws -> [URL] {
    try FileManager.default.contentsOfDirectory(
      at: checkpoint.folder, includingPropertiesForKeys: nil
    ).sorted { $0.path < $1.path }
  }

  private func expectSame(_ one: FittedModel, _ two: FittedModel) {
    #expect(one.members.map(\.scorer.weights) == two.members.map(\.scorer.weights))
    #expect(one.history == two.history)
    #expect(one.strengths == two.strengths)
    #expect(one.features == two.features)
    #expect(one.metrics == two.metrics)
  }

  @Test(arguments: [60, 400], [PathStart.fresh, .warm])
  func whatIsMissingIsTrainedAnewToTheSameBits(rowCount: Int, start: PathStart) throws {
    // Of 60 rows folds choose, of 400 validation rows.
    let data = try SmallData(rowCount: rowCount).dataset(tasks)
    var options = TrainingOptions.quick(epochs: 4)
    (options.pathStart, options.adaptiveWeights) = (start, .always)
    let model = smallModel(.path(count: 3))
    let whole = try model.fit(data, options: options)
    try withCheckpoint { checkpoint in
      expectSame(try model.fit(data, options: options, checkpoint: checkpoint), whole)
      let finished = try files(checkpoint)
      #expect(checkpoint.count == finished.count)
      // Where folds choose, the path and the second one each have a final fit, and one is recorded.
      #expect([0, 1].contains(finished.count - whole.strengths.count))
      // A process that was killed has some of them, and perhaps a part of one.
      for (place, file) in finished.enumerated() where place % 2 == 0 {
        try FileManager.default.removeItem(at: file)
      }
      try Data("half".utf8).write(to: finished[0])
      expectSame(try model.fit(data, options: options, threads: 2, checkpoint: checkpoint), whole)
      #expect(checkpoint.count == finished.count)
    }
  }

  @Test func whatIsThereIsNotTrainedAgain() throws {
    let data = try SmallData(rowCount: 120).dataset(tasks)
    let model = smallModel(.path(count: 2)), options = TrainingOptions.quick(epochs: 3)
    try withCheckpoint { checkpoint in
      _ = try model.fit(data, options: options, checkpoint: checkpoint)
      let dates = try files(checkpoint).map {
        try FileManager.default.attributesOfItem(atPath: $0.path)[.modificationDate] as? Date
      }
      _ = try model.fit(data, options: options, checkpoint: checkpoint)
      let later = try files(checkpoint).map {
        try FileManager.default.attributesOfItem(atPath: $0.path)[.modificationDate] as? Date
      }
      #expect(later == dates)
      #expect(!dates.isEmpty && !dates.contains(nil))
    }
  }

  @Test func anotherFitFindsNothingOfItsOwn() throws {
    let small = SmallData(rowCount: 120)
    let data = try small.dataset(tasks)
    let options = TrainingOptions.quick(epochs: 2)
    func model(_ loss: PairwiseLoss) -> Model {
      Model {
        Shared { Dense(3, activation: .silu) }
        EachTask { Dense(1) }
        Objective { loss }
      }
    }
    let hinge = PairwiseLoss("own") { high, low in relu(1 - (high.score - low.score)) }
    let square = PairwiseLoss("own") { high, low in
      let gap = 1 - (high.score - low.score)
      return gap * gap
    }
    try withCheckpoint { checkpoint in
      var expected = 0
      func fit(_ loss: PairwiseLoss, _ data: Dataset, seed: UInt64 = 1, _ options: TrainingOptions)
        throws
      {
        let fit = try model(loss).fit(data, seed: seed, options: options, checkpoint: checkpoint)
        expected += fit.strengths.count
        #expect(checkpoint.count == expected)
      }
      try fit(hinge, data, options)
      // The same name, another closure.
      try fit(square, data, options)
      try fit(hinge, data, seed: 2, options)
      try fit(hinge, data, .quick(epochs: 3))
      var y = small.y
      y[7] += 1
      try fit(hinge, small.dataset(tasks, y: y), options)
    }
  }
}
