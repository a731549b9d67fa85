import Foundation
import RankineData
import RankineEvaluation
import RankineLanguage
import RankineSupport
import RankineTraining

@testable import RankineStudies

/// A network that trains in milliseconds.
func smallModel(_ strength: Strength = .none) -> Model {
  Model {
    Shared { Dense(6, activation: .silu).penalized(by: GroupLasso(strength, over: .inputs)) }
    EachTask { Dense(1) }
    Objective { SmoothedRank() }
  }
}

/// `smallModel` as a declaration with one hyperparameter.
struct SmallDeclaration: ModelDeclaration {
  var strength: Strength = .none
  var model: Model { smallModel(strength) }
  static var hyperparameters: [Hyperparameter<SmallDeclaration>] {
    [Hyperparameter("strength", "How strongly features are removed", \.strength)]
  }
}

/// 150 rows of four predictors with an outcome of every kind; `names` replaces what is shown of them.
func smallData(predictor: String = "x", task: String = "") throws -> Dataset {
  var random = CounterRandom(seed: 3)
  let x = (0..<600).map { _ in random.normal() }
  let signal = (0..<150).map { x[4 * $0] - 0.5 * x[4 * $0 + 1] + 0.4 * random.normal() }
  return try Dataset(
    predictors: (1...4).map { "\(predictor)\($0)" }, values: x,
    outcomeColumns: [
      Column(task + "y", numbers: signal), Column(task + "z", numbers: signal.map { $0 > 0 ? 1 : 0 }),
      Column("time", numbers: signal.map { exp(0.5 * $0) }),
      Column("event", numbers: (0..<150).map { $0 % 4 == 0 ? 0 : 1 }),
      Column(task + "level", numbers: signal.map { $0 < -0.7 ? 0 : $0 < 0.7 ? 1 : 2 }),
      Column(task + "count", numbers: signal.map { max(0, (2 + 2 * $0).rounded()) }),
    ],
    outcomes: [
      Outcome(task + "y", .continuous), Outcome(task + "z", .binary),
      Outcome(task + "t", .censored(time: "time", event: "event")),
      Outcome(task + "level", .ordinal), Outcome(task + "count", .count),
    ])
}

extension TrainingOptions {
  /// Few epochs, and one path.
  static var quick: TrainingOptions {
    var options = TrainingOptions()
    options.epochs = 4
    options.adaptiveWeights = .never
    return options
  }
}

/// Two models on three splits of the small data.
func smallComparison(_ candidates: [Candidate]? = nil) throws -> Comparison {
  var comparison = Comparison(
    try smallData(),
    candidates: candidates ?? [
      Candidate("free", SmallDeclaration()),
      Candidate("sparse", SmallDeclaration(strength: .fixed(0.05))),
    ])
  comparison.splitCount = 3
  comparison.options = .quick
  return comparison
}

/// A folder for one test, removed at the end.
final class Scratch {
  let folder: URL = FileManager.default.temporaryDirectory
    .appendingPathComponent("rankine-\(UUID().uuidString)")

  deinit { try? FileManager.default.removeItem(at: folder) }

  func file(_ name: String) -> URL { folder.appendingPathComponent(name) }

  func bytes() throws -> [String: Data] {
    try ComparisonFindings.fileNames.reduce(into: [:]) { $0[$1] = try readFile(file($1)) }
  }
}

/// Findings of two models with given concordances on one task, a value a split.
func handFindings(
  _ first: [Double], _ second: [Double?], task: String = "y", model: String = "second"
) throws -> ComparisonFindings {
  var comparison = Comparison(
    try smallData(), candidates: [Candidate("first", smallModel()), Candidate(model, smallModel())],
    dataName: "hand")
  comparison.splitCount = first.count
  func cell(_ model: String, _ split: Int, _ value: Double, _ isSelected: Bool) -> CellRecord {
    CellRecord(
      model: model, split: split, seed: 1, setup: "",
      metrics: TaskMetrics(tasks: [
        task: Metrics(
          type: "continuous", count: 30, values: [.concordance: value, .mae: 100 * value])
      ]),
      features: [
        CellRecord.Feature(name: "a", rank: 1, norm: 2, isSelected: true),
        CellRecord.Feature(name: "b", rank: 2, norm: isSelected ? 1 : 0, isSelected: isSelected),
      ],
      curves: [CellRecord.Curve(task: nil, concordance: [0.5, value])], seconds: 0)
  }
  var cells = first.enumerated().map { cell("first", $0 + 1, $1, true) }
  var failures: [CellFailure] = []
  for (index, value) in second.enumerated() {
    if let value {
      cells.append(cell(model, index + 1, value, index == 0))
    } else {
      failures.append(CellFailure(model: model, split: index + 1, message: "error[lost]: <lost>"))
    }
  }
  return ComparisonFindings(
    plan: ComparisonPlan(comparison), cells: cells, failures: failures)
}
