import Foundation
import RankineData
import RankineEvaluation
import RankineLanguage
import RankineSupport
import Testing

@testable import RankineTraining

/// Averages whose members count as the rows that judge find them good.
struct MemberWeightTests {
  let tasks = [Outcome("y", .continuous), Outcome("z", .binary)]

  private func huber() -> Model {
    smallModel {
      [Huber().on(.continuous), CrossEntropy().on(.binary)]
    }
  }

  private func average(_ temperature: Double, copies: Int = 1) -> Model {
    Model.averaging(copies: copies, weights: .byConcordance(temperature: temperature)) {
      smallModel()
      huber()
    }
  }

  private func voice(_ member: Int, _ scores: [Double], _ crossFitted: [Double]? = nil)
    -> MemberVoice
  {
    MemberVoice(
      network: member, member: member, scores: scores, crossFitted: crossFitted, norms: [],
      ownNorms: nil, relevance: [], unit: ScoreUnit(of: scores))
  }

  private func weights(
    _ voices: [MemberVoice], _ parts: Parts, values: [Double] = [0, 0, 1, 2, 3, 9],
    temperature: Double = 0.5
  ) -> [Double] {
    let outcome = OutcomeValues(name: "y", type: ContinuousOutcome(), values: values)
    var voices = voices
    MemberWeighing(
      rule: .byConcordance(temperature: temperature), outcomes: [outcome], parts: parts
    ).weigh(&voices, task: 0)
    return voices.map(\.weight)
  }

  /// Rows 2, 3 and 4 judge: the first member has all three pairs right, the second one of them.
  @Test func weightsAreExponentialInTheConcordanceOfValidationRows() {
    let parts = Parts(training: [0, 1], validation: [2, 3, 4], test: [5])
    let weights = weights(
      [voice(0, [9, 9, 1, 2, 3, 0]), voice(1, [0, 1, 3, 1, 2, 9])], parts)
    let ratio = Foundation.exp((1.0 / 3 - 1) / 0.5)
    #expect(abs(weights[0] - 1 / (1 + ratio)) < 1e-12)
    #expect(abs(weights[1] - ratio / (1 + ratio)) < 1e-12)
  }

  @Test func copiesShareTheirMembersWeightAndAreJudgedTogether() {
    // The mean of the second member's standardized copies is in order, though neither of them is.
    let parts = Parts(training: [0, 1], validation: [2, 3, 4], test: [5])
    let voices = [
      voice(0, [0, 0, 1, 2, 3, 0]), voice(1, [0, 0, 2, 1, 6, 0]), voice(1, [0, 0, 1, 6, 5, 0]),
    ]
    let found = weights(voices, parts)
    #expect(zip(found, [0.5, 0.25, 0.25]).allSatisfy { abs($0 - $1) < 1e-12 }, "\(found)")
  }

  @Test func scoresOfFoldsAreJudgedWhereAllMembersHaveThem() {
    let parts = Parts(training: [0, 1, 2], validation: [], test: [3, 4, 5])
    let order = [1.0, 2, 3, 0, 0, 0]
    let values = [1.0, 2, 3, 4, 5, 6]
    let wrong = order.map { -$0 }
    let weights = weights(
      [voice(0, wrong, order), voice(1, order, wrong)], parts, values: values)
    let ratio = Foundation.exp(-1 / 0.5)
    #expect(abs(weights[1] - ratio / (1 + ratio)) < 1e-12)
  }

  @Test func withoutAComparablePairAllCountAlike() {
    let parts = Parts(training: [0, 1], validation: [2, 3], test: [])
    let weights = weights(
      [voice(0, [0, 1, 2, 3]), voice(1, [3, 2, 1, 0])], parts, values: [0, 1, 2, 2])
    #expect(weights == [0.5, 0.5])
  }

  @Test func theScoreIsTheWeightedMeanOfTheMembersStandardizedScores() throws {
    let data = try SmallData().dataset(tasks)
    let options = TrainingOptions.quick(epochs: 4)
    let alone = try [smallModel(), huber()].map { try $0.fit(data, options: options) }
    let fit = try average(0.05).fit(data, options: options)
    let parts = try #require(fit.parts)
    let features = try fit.preprocessor.transform(data.table)
    let scores = try fit.scores(of: features)
    for task in tasks.indices {
      let units = try alone.map { single in
        let own = try single.scores(of: features)[task]
        return ScoreUnit(of: parts.training.map { own[$0] }).standardized(own)
      }
      let known = units.map { own in
        Concordance(
          scores: parts.validation.map { own[$0] },
          values: parts.validation.map { data.outcomes[task].values[$0] }
        ).value ?? .nan
      }
      let share = 1 / (1 + Foundation.exp((known[1] - known[0]) / 0.05))
      #expect(known[0] != known[1])
      for row in 0..<data.rowCount {
        let expected = share * units[0][row] + (1 - share) * units[1][row]
        #expect(abs(scores[task][row] - expected) < 1e-9)
      }
    }
  }

  @Test func aHighTemperatureIsThePlainMeanAndALowOneTheBestMember() throws {
    let data = try SmallData().dataset(tasks)
    let options = TrainingOptions.quick(epochs: 4)
    func scores(_ model: Model) throws -> [[Double]] {
      let fit = try model.fit(data, options: options)
      return try fit.scores(of: fit.preprocessor.transform(data.table))
    }
    let plain = Model.averaging {
      smallModel()
      huber()
    }
    for (a, b) in zip(try scores(average(1e12)).joined(), try scores(plain).joined()) {
      #expect(abs(a - b) < 1e-9)
    }
    let members = try [smallModel(), huber()].map { model in
      try scores(Model.averaging(copies: 2) { model })
    }
    let best = try scores(average(1e-6, copies: 2))
    for task in tasks.indices {
      #expect(
        members.contains { member in
          zip(member[task], best[task]).allSatisfy { abs($0 - $1) < 1e-9 }
        })
    }
  }

  @Test func aRunDirectoryKeepsTheWeightsAndSaysThem() throws {
    let data = try SmallData().dataset(tasks)
    let fit = try average(0.01, copies: 2).fit(data, options: .quick(epochs: 4))
    #expect(fit.findings.map(\.name) == ["weights of y", "weights of z"])
    #expect(try #require(fit.findings.first).value.hasPrefix("network 1 0."))
    let folder = FileManager.default.temporaryDirectory
      .appendingPathComponent("weights-\(UUID().uuidString)")
    defer { try? FileManager.default.removeItem(at: folder) }
    try fit.write(to: folder.path)
    let read = try FittedModel(contentsOf: folder.path)
    let features = try fit.preprocessor.transform(data.table)
    #expect(try read.scores(of: features) == fit.scores(of: features))
    #expect(read.findings == fit.findings)
    #expect(
      read.declaration.hasPrefix(
        "Model.averaging(copies: 2, weights: .byConcordance(temperature: 0.01)) {\n"))

    let file = folder.appendingPathComponent(FittedModel.modelFile)
    let text = try String(contentsOf: file, encoding: .utf8)
    let start = try #require(text.range(of: "\"weights\" : ["))
    try text.replacingCharacters(in: start, with: "\"weights\" : [ -1,").write(
      to: file, atomically: true, encoding: .utf8)
    let error = #expect(throws: TrainingError.self) { try FittedModel(contentsOf: folder.path) }
    #expect(error?.message == "the weights of the networks of task 0 are none")
  }

  @Test func theTemperatureIsChecked() throws {
    let data = try SmallData().dataset(tasks)
    let line = #line + 1
    let model = Model.averaging(weights: .byConcordance(temperature: 0)) { smallModel() }
    let error = #expect(throws: ModelError.self) { try model.fit(data) }
    #expect(
      error?.description == """
        error[bad-temperature] in RankineTrainingTests/MemberWeightTests.swift:\(line), model: the \
        members of the average are weighed at the temperature 0.0
          hint: give a number above 0, such as 0.01
        """)
  }

  @Test func whatAnAverageOfOneNetworkPredictsIsWhatItsMetricsAreOf() throws {
    let data = try SmallData().dataset(tasks)
    let fit = try Model.averaging { smallModel() }.fit(data, options: .quick())
    let test = try #require(fit.parts?.test)
    let again = try fit.evaluate(data.table, rows: test)
    #expect(again.tasks["y"]?[.mae] == fit.metrics.tasks["y"]?[.mae])
  }
}
