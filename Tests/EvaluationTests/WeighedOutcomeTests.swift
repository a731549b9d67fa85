import Foundation
import RankineData
import Testing

@testable import RankineEvaluation

/// Calibration and metrics of outcomes whose pairs do not count alike.
struct WeighedOutcomeTests {
  private func read(_ specification: String, _ columns: [Column]) throws -> OutcomeValues {
    try Outcome(specification: specification).read(from: Table("rows", columns: columns))
  }

  @Test func riskSetsHoldRowsThatHaveEntered() {
    // At 3 the rows that entered before are 0 and 1, at 5 rows 1 and 2, at 7 row 2 alone.
    let curve = KaplanMeier(
      times: [3, 5, 7], events: [true, true, true], entries: [0, 1, 4])
    #expect(isClose(curve.survival(at: 3), 0.5))
    #expect(isClose(curve.survival(at: 5), 0.25))
    #expect(curve.survival(at: 7) == 0)
    let early = KaplanMeier(times: [3, 5, 7], events: [true, true, true], entries: [0, 0, 0])
    #expect(early == KaplanMeier(times: [3, 5, 7], events: [true, true, true]))
  }

  @Test func theCensoringCurveHasRiskSetsToo() {
    // The censoring at 4 is among rows 1 and 2; row 3 enters at 4, too late for it.
    let curve = KaplanMeier.ofCensoring(
      times: [2, 4, 5, 7], events: [true, false, true, true], entries: [0, 0, 1, 4])
    #expect(isClose(curve.survival(before: 5), 0.5))
  }

  @Test func visitsAreMeasuredBetweenSubjects() throws {
    let columns = [
      Column("v", numbers: [1, 4, 2, 3]), Column("who", texts: ["a", "a", "b", "c"]),
    ]
    let outcome = try read("y=longitudinal(v,who)", columns)
    let scores = [0.0, -1, 1, 2]
    let fit = try CalibrationMethod.continuous().fit(scores: scores, values: outcome.values)
    let metrics = fit.metrics(of: outcome, rows: [0, 1, 2, 3], scores: scores)
    // Between subjects: 2 above 0 (right, ½), 3 above 0 (right, ½), 1 above 2 and 1 above 3 (wrong,
    // ½ each), 3 above 2 (right, 1): 2 of 3.
    #expect(isClose(try #require(metrics[.concordance]), 2.0 / 3))
    #expect(metrics[.kendallTau] == nil && metrics[.mae] != nil)
    #expect(metrics.type == "longitudinal")
  }

  @Test func unweighedOutcomesAreMeasuredAsEver() throws {
    let outcome = try read("y:continuous", [Column("y", numbers: [1, 4, 2, 3])])
    let scores = [0.0, -1, 1, 2]
    let fit = try CalibrationMethod.continuous().fit(scores: scores, values: outcome.values)
    #expect(
      fit.metrics(of: outcome, rows: [0, 1, 2, 3], scores: scores)
        == fit.metrics(scores: scores, values: outcome.values))
  }

  @Test func entriesTakePairsOutOfBothConcordances() throws {
    let columns = [
      Column("t", numbers: [2, 4, 5, 7]), Column("e", numbers: [1, 0, 1, 1]),
      Column("start", numbers: [0, 0, 3, 0]),
    ]
    let scores = [-3, -2.5, -1, -2.0]
    let outcome = try read("s=censored(t,e; entry=start)", columns)
    let fit = try CalibrationMethod.censored().fit(
      scores: scores, values: outcome.values, events: outcome.event)
    let metrics = fit.metrics(of: outcome, rows: [0, 1, 2, 3], scores: scores)
    // Without the pair (2, 0): 1 and 3 above 0 are right, 3 above 2 is wrong.
    #expect(isClose(try #require(metrics[.concordance]), 2.0 / 3))
    // At the censoring at 4 rows 1, 2 and 3 are at risk: the last pair weighs 1/(2/3)².
    #expect(isClose(try #require(metrics[.unoConcordance]), 2 / (2 + 2.25)))
  }

  @Test func ratesAreCalibratedAsWhatTheirExposuresSaw() throws {
    // Equal scores: 1 in 1 year and 1 in 3 years are 2 in 4.
    let fit = try CalibrationMethod.count.fit(
      scores: [0, 0], values: [1, 1.0 / 3], companions: RowCompanions(exposure: [1, 3]))
    #expect(isClose(fit.predict(0).value, 0.5))
  }

  @Test func survivalGroupsHaveRiskSets() throws {
    let scores = [0.0, 0, 0], times = [3.0, 5, 7]
    let late = try SurvivalCalibration(
      scores: scores, times: times, events: [true, true, true], entries: [0, 1, 4])
    // The curve is ½ from 3 on, where all rows from the start would have their median at 5.
    #expect(late.predict(0) == 3)
    let whole = try SurvivalCalibration(scores: scores, times: times, events: [true, true, true])
    #expect(whole.predict(0) == 5)
  }
}
