import Foundation
import RankineData
import RankineLanguage
import RankineSupport
import Testing

@testable import RankineTraining

/// Outcome types from a table to predictions.
struct OutcomeFitTests {
  /// Forty subjects of three visits each, with an outcome of every type.
  private static func table() throws -> Table {
    var random = CounterRandom(seed: 11)
    var columns: [String: [Double]] = [:]
    var kinds: [String] = []
    func add(_ name: String, _ value: Double) { columns[name, default: []].append(value) }
    for subject in 0..<40 {
      let (u, v) = (random.normal(), random.normal())
      for visit in 0..<3 {
        let (x1, x2) = (u + 0.3 * random.normal(), v + 0.3 * random.normal())
        add("x1", x1)
        add("x2", x2)
        add("x3", random.normal())
        add("grade", min(2, max(0, (x1 + 1 + 0.3 * random.normal()).rounded())))
        let years = 1 + 3 * random.uniform()
        add("years", years)
        add("n", (years * exp(0.5 + 0.7 * x1)).rounded())
        let time = exp(1 + 0.5 * x2 + 0.2 * random.normal())
        add("start", 0.3 * time * random.uniform())
        add("time", time)
        add("event", random.uniform() < 0.7 ? 1 : 0)
        add("value", x1 - x2 + 0.2 * random.normal())
        add("who", Double(subject))
        add("month", Double(visit))
        kinds.append(x1 > 0.5 ? "A" : x2 > 0 ? "B" : "C")
      }
    }
    return try Table(
      "visits.csv",
      columns: columns.keys.sorted().map { Column($0, numbers: columns[$0] ?? []) }
        + [Column("kind", texts: kinds)])
  }

  private func fit(_ specifications: [String], losses: [any Loss] = [SmoothedRank()]) throws
    -> (FittedModel, Dataset)
  {
    let data = try Dataset(
      table: Self.table(), specs: specifications, features: ["x1", "x2", "x3"])
    let model = smallModel(losses: { losses })
    return (try model.fit(data, options: .quick(epochs: 25)), data)
  }

  @Test(arguments: [
    "grade:ordinal(; weights=levels)", "grade:ordinal(; weights=gap)", "v=count(n,years)",
    "v=count(n,years; ratio=2)", "s=censored(time,event; entry=start)",
    "s=censored(time,event; weights=uno)", "s=censored(time,event; entry=start, weights=uno)",
    "y=longitudinal(value,who)", "y=longitudinal(value,who,month; within=0.2)",
  ])
  func aWeighedOutcomeIsLearnedAndReadBack(specification: String) throws {
    let (fit, data) = try fit([specification])
    let name = data.outcomes[0].name
    #expect(try #require(fit.metrics.tasks[name]?[.concordance]) > 0.7)
    let folder = FileManager.default.temporaryDirectory
      .appendingPathComponent("rankine-\(UUID().uuidString)")
    defer { try? FileManager.default.removeItem(at: folder) }
    try fit.write(to: folder.path)
    let copy = try FittedModel(contentsOf: folder.path)
    #expect(copy.outcomes[0].specification == data.declarations[0].specification)
    #expect(try copy.predict(data.table) == fit.predict(data.table))
    #expect(try copy.evaluate(data.table) == fit.evaluate(data.table))
  }

  @Test func predictedRatesDoNotGrowWithTheExposure() throws {
    let (fit, data) = try fit(["v=count(n,years)"], losses: [PoissonLoss()])
    let predictions = try fit.predict(data.table)
    let mean = { (values: [Double]) in values.reduce(0, +) / Double(values.count) }
    let rates = data.outcomes[0].values
    let predicted = try #require(predictions["v"]).values
    #expect(abs(mean(predicted) - mean(rates)) < 0.3 * mean(rates))
  }

  @Test func aNominalClassIsTheOneOfTheLargestProbability() throws {
    let (fit, data) = try fit(["kind:nominal(A,B,C)"])
    #expect(fit.taskNames == ["kind[A]", "kind[B]", "kind[C]", "kind"])
    let predictions = try fit.predict(data.table)
    let kind = try #require(predictions["kind"])
    let chances = ["A", "B", "C"].map { predictions["kind[\($0)]"]?.probabilities ?? [] }
    for row in 0..<data.rowCount {
      let own = chances.map { $0[row] }
      let sum = own.reduce(0, +)
      #expect(own[Int(kind.values[row])] == own.max())
      if sum > 0 {
        let share = try #require(kind.probabilities)[row]
        #expect(abs(share - (own.max() ?? 0) / sum) < 1e-12)
      }
    }
    let table = try predictions.table()
    #expect(table.columnNames.suffix(2) == ["kind.prediction", "kind.probability"])
    let truth = try data.table.column("kind").texts()
    let hits = zip(kind.texts, truth).count { $0 == $1 }
    let metrics = try fit.evaluate(data.table)
    #expect(metrics.tasks["kind"]?[.accuracy] == Double(hits) / Double(data.rowCount))
    #expect(metrics.tasks["kind"]?.type == "nominal" && hits > 80)
  }

  @Test func subjectsOfOneTaskKeepTheRowsOfAllTasksTogether() throws {
    let (fit, data) = try fit(["grade:ordinal", "y=longitudinal(value,who)"])
    let parts = try #require(fit.parts)
    let subjects = try #require(data.outcomes[1].companions.subject)
    let training = Set(parts.training.map { subjects[$0] })
    #expect(training.isDisjoint(with: parts.test.map { subjects[$0] }))
    #expect(training.isDisjoint(with: parts.validation.map { subjects[$0] }))
  }

  @Test func missingOutcomesOfEveryTypeStayOut() throws {
    let table = try Self.table()
    let specifications = [
      "grade:ordinal(; weights=levels)", "v=count(n,years)",
      "s=censored(time,event; entry=start, weights=uno)", "y=longitudinal(value,who)",
    ]
    var columns: [Column] = []
    for name in table.columnNames {
      let column = try table.column(name)
      guard let numbers = try? column.numbers(), !name.hasPrefix("x") else {
        columns.append(column)
        continue
      }
      let step = ["grade": 5, "years": 7, "start": 11, "who": 13][name] ?? 1000
      columns.append(
        Column(name, numbers: numbers.enumerated().map { $0 % step == 1 ? .nan : $1 }))
    }
    let data = try Dataset(
      table: Table("holes.csv", columns: columns), specs: specifications,
      features: ["x1", "x2", "x3"])
    let fit = try smallModel(losses: { [SmoothedRank()] }).fit(data, options: .quick(epochs: 5))
    #expect(data.outcomes.map { $0.observedRows.count } == [96, 103, 109, 110])
    for outcome in data.outcomes {
      let metrics = try #require(try fit.evaluate(data.table).tasks[outcome.name])
      #expect(metrics.count == outcome.observedRows.count)
    }
  }
}
