import Foundation
import RankineData
import RankineLanguage
import RankineSupport
import Testing

@testable import RankineTraining

struct RunDirectoryTests {
  let tasks = [
    Outcome("y", .continuous), Outcome("z", .binary),
    Outcome("t", .censored(time: "time", event: "event")),
  ]

  private func withFolder(_ body: (String) throws -> Void) throws {
    let folder = FileManager.default.temporaryDirectory
      .appendingPathComponent("rankine-training-\(UUID().uuidString)")
    defer { try? FileManager.default.removeItem(at: folder) }
    try body(folder.path)
  }

  @Test(arguments: [false, true])
  func aRunThatIsReadPredictsTheSameBits(_ isIndependent: Bool) throws {
    let data = try SmallData().dataset(tasks)
    let model = smallModel(.fixed(0.02))
    let fit = try (isIndependent ? model.independentTasks() : model).fit(data, options: .quick())
    try withFolder { path in
      try fit.write(to: path)
      let read = try FittedModel(contentsOf: path)
      #expect(try read.predict(data.table) == fit.predict(data.table))
      #expect(read.features == fit.features)
      #expect(read.metrics == fit.metrics)
      #expect(read.chosen == fit.chosen)
      #expect(try read.evaluate(data.table) == fit.evaluate(data.table))
    }
  }

  @Test func aRunHoldsTheFilesThatOtherProgramsRead() throws {
    let fit = try smallModel().fit(SmallData().dataset(tasks), options: .quick(epochs: 2))
    try withFolder { path in
      try fit.write(to: path)
      let files = try FileManager.default.contentsOfDirectory(atPath: path).sorted()
      #expect(
        files == [
          "history.csv", "metrics.json", "model.json", "predictions.csv", "selected.csv",
          "strengths.csv", "weights.safetensors",
        ])
      let selected = try Table(contentsOf: URL(fileURLWithPath: path + "/selected.csv"))
      #expect(
        selected.columnNames
          == ["rank", "feature", "norm", "selected", "y.relevance", "z.relevance", "t.relevance"])
      let predictions = try Table(contentsOf: URL(fileURLWithPath: path + "/predictions.csv"))
      #expect(
        predictions.columnNames
          == [
            "row", "y.score", "y.prediction", "z.score", "z.prediction", "z.probability",
            "t.score", "t.prediction",
          ])
      #expect(predictions.rowCount == 24)
    }
  }

  @Test func anEarlierRunIsReplacedOnlyOnRequest() throws {
    let fit = try smallModel().fit(SmallData().dataset(tasks), options: .quick(epochs: 1))
    try withFolder { path in
      try fit.write(to: path)
      #expect(throws: FileError.self) { try fit.write(to: path) }
      try fit.write(to: path, isReplacing: true)
    }
  }

  @Test(
    arguments: [
      ("\"op\" : \"matmul\"", "\"op\" : \"explode\"", "there is no operation \"explode\""),
      ("\"kind\" : \"leaf\"", "\"kind\" : \"lead\"", "the attribute of leaf is incomplete"),
      ("\"tasks\" : [\n        0,", "\"tasks\" : [\n        7,", "its networks score tasks"),
      ("\"scales\" : [", "\"scales\" : [], \"unused\" : [", "its preprocessor does not have one"),
      ("\"format\" : 1", "\"format\" : 2", "its format 2 is newer than this program"),
    ])
  func aDamagedModelSaysWhatIsWrong(_ from: String, _ to: String, _ reason: String) throws {
    let fit = try smallModel().fit(SmallData().dataset(tasks), options: .quick(epochs: 1))
    try withFolder { path in
      try fit.write(to: path)
      let url = URL(fileURLWithPath: path + "/model.json")
      let text = try String(contentsOf: url, encoding: .utf8)
      let place = try #require(text.range(of: from))
      try text.replacingCharacters(in: place, with: to).write(
        to: url, atomically: true, encoding: .utf8)
      let error = try #require(throws: TrainingError.self) { try FittedModel(contentsOf: path) }
      #expect(error.code == "bad-run")
      #expect(error.message.contains(reason), "\(error)")
    }
  }

  @Test func aWeightThatIsNoNumberIsNamed() throws {
    let fit = try smallModel().fit(SmallData().dataset(tasks), options: .quick(epochs: 1))
    try withFolder { path in
      try fit.write(to: path)
      let url = URL(fileURLWithPath: path + "/weights.safetensors")
      var damaged = WeightFile()
      for tensor in try WeightFile(contentsOf: url).tensors {
        guard case .float(var values) = tensor.values else { continue }
        if tensor.name == "task.0.bias" { values[1] = .nan }
        damaged.append(tensor.name, shape: tensor.shape, .float(values))
      }
      try damaged.write(to: url)
      let error = try #require(throws: TrainingError.self) { try FittedModel(contentsOf: path) }
      #expect(
        error.description == """
          error[bad-run] in weights.safetensors: "task.0.bias" holds a number that is not finite
            hint: the file is damaged
          """)
    }
  }

  @Test func weightsOfAnotherModelAreRefused() throws {
    let data = try SmallData().dataset(tasks)
    let fit = try smallModel().fit(data, options: .quick(epochs: 1))
    try withFolder { path in
      try fit.write(to: path)
      var other = WeightFile()
      other.append("shared.0.weight", shape: [2, 2], .float([1, 2, 3, 4]))
      try other.write(to: URL(fileURLWithPath: path + "/weights.safetensors"))
      #expect(throws: (any Error).self) { try FittedModel(contentsOf: path) }
    }
  }
}
