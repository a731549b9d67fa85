import RankineData
import RankineEvaluation
import RankineLanguage
import Testing

@testable import RankineTraining

struct FoldFitTests {
  let tasks = [Outcome("y", .continuous), Outcome("z", .binary)]

  @Test func fewValidationRowsMakeFoldsChooseTheStrength() throws {
    let data = try SmallData(rowCount: 60).dataset(tasks)
    let fit = try smallModel(.path(count: 2)).fit(data, options: .quick(epochs: 10))
    #expect(fit.strengths.count { $0.stage == "path" } == 5 * 2)
    #expect(fit.chosen.map(\.stage) == ["final"])
    // The folds' mean at the chosen strength stands for the final fit.
    let folds = fit.strengths.filter { $0.stage == "path" }
    let means = [0, 1].map { index in
      folds.filter { $0.index == index }.map(\.criterion).reduce(0, +) / 5
    }
    #expect(abs(fit.chosen[0].criterion - (means.max() ?? 0)) < 1e-12)
    let final = fit.history.filter { $0.stage == "final" }
    #expect(final.count == fit.chosen[0].bestEpoch)
  }

  @Test func withoutValidationRowsCalibrationSeesScoresOfUnseenRows() throws {
    let data = try SmallData(rowCount: 80).dataset(tasks)
    let fit = try smallModel().fit(data, split: .ratio(80, 0, 20), options: .quick(epochs: 30))
    #expect(fit.strengths.count { $0.stage == "path" } == 5)
    #expect(try #require(fit.metrics.tasks["z"]?[.accuracy]) > 0.7)
  }

  @Test(
    arguments: [
      (60, 10, false), (59, 10, true), (60, 9, true),
    ])
  func foldsChooseBelow60RowsOr10CasesOfTheRarerClass(
    _ rows: Int, _ cases: Int, _ expected: Bool
  ) {
    let values = (0..<rows).map { $0 < cases ? 1.0 : 0 }
    let outcome = OutcomeValues(
      name: "z", type: BinaryOutcome(), values: values, levels: ["0", "1"])
    func rule(_ strength: Strength) -> FoldRule {
      FoldRule(
        model: smallModel(strength), outcomes: [outcome], validation: Array(0..<rows))
    }
    #expect(rule(.path(count: 2)).usesFolds == expected)
    #expect(!rule(.fixed(1)).usesFolds)
  }
}
