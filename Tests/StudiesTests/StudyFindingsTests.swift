import Foundation
import RankineData
import RankineEvaluation
import RankineLanguage
import RankineTraining
import Testing

@testable import RankineStudies

/// d = −1, −2, −3 in MAE: mean −2, s = 1, reach 4.302653 / √3 = 2.484138.
private func handStudy() -> StudyFindings {
  let own = [1.0, 1, 1].enumerated().map { index, mae in
    handCell(
      "zeta", index + 1, metrics: [.mae: mae, .concordance: 0.8], truth: [.mae: 0.5],
      truePositives: 1)
  }
  let others = [2.0, 3, 4].enumerated().map { index, mae in
    handCell("alpha", index + 1, metrics: [.mae: mae, .concordance: 0.8], truth: [.mae: 0.5])
  }
  return StudyFindings(own + others, reference: "zeta")
}

@Test func theTableHasTheReferenceFirstAndTheTruthLast() {
  let text = handStudy().table(.regression).plainText()
  #expect(
    text == """
      Two regressions (settings 1 and 2): mean (SD) over replications

      Model                    MAE   RMSE  Cauchy  Huber           TP     Concordance          Kept
      ─────────────────────────────────────────────────────────────────────────────────────────────
      Setting 1, 3 replications
      zeta           1.000 (0.000)*                       1.00 (0.00)   0.800 (0.000)*  2.00 (0.00)
      alpha          3.000 (1.000)                        2.00 (0.00)*  0.800 (0.000)*  2.00 (0.00)
      true function  0.500 (0.000)

      """, "\(text)")
}

@Test func differencesArePairedWithStudentsInterval() throws {
  let findings = handStudy()
  let difference = findings.difference(.metric(.mae), to: "alpha", findings.conditions[0])
  let interval = try #require(difference.interval)
  #expect(abs(difference.mean + 2) < 1e-12)
  #expect(abs(interval.upperBound - (-2 + 2.484138)) < 1e-6)
  let text = findings.differenceTable(.regression).plainText()
  #expect(text.contains("-2.000 ± 2.484 "), "\(text)")
}

@Test(arguments: [
  (0.02, 0.01, ResultTable.Column.Preference.larger, "+0.020 ± 0.010 *"),
  (0.02, 0.01, .smaller, "+0.020 ± 0.010 o"),
  (-0.02, 0.01, .smaller, "-0.020 ± 0.010 *"),
  (0.02, 0.03, .larger, "+0.020 ± 0.030"),
  (0.02, 0.01, .none, "+0.020 ± 0.010"),
  (0.02, 43, .larger, "+0.02 ± 43.00"),
  (0, 0.01, .larger, "0.000 ± 0.010"),
])
func aDifferenceSaysWhomItFavours(
  _ mean: Double, _ reach: Double, _ preference: ResultTable.Column.Preference, _ text: String
) {
  #expect(
    ResultTable.Cell.difference(
      mean, interval: (mean - reach)...(mean + reach), preference: preference) == .text(text))
}

@Test func aDifferenceWithoutPairsIsADash() {
  #expect(ResultTable.Cell.difference(.nan, interval: nil, preference: .larger) == .text("–"))
  #expect(ResultTable.Cell.difference(0.5, interval: nil, preference: .larger) == .text("+0.500"))
}

@Test func anExcessIsTheDistanceToTheTruth() {
  let findings = handStudy()
  let condition = findings.conditions[0]
  #expect(findings.values(.excess(.mae), model: "alpha", condition) == [1.5, 2.5, 3.5])
  #expect(findings.truth(.mae, condition) == [0.5, 0.5, 0.5])
  let unknown = findings.values(.excess(.concordance), model: "alpha", condition)
  #expect(unknown.count { $0.isNaN } == 3)
}

/// Without errors and flips the true function makes no mistake.
@Test(arguments: 1...6)
func theTruthIsPerfectWithoutNoise(_ setting: Int) throws {
  let simulation = Simulation(
    setting: setting, rowCount: 50, predictorCount: 3, importantCount: 3, flipProbability: 0,
    errors: .none, cubesSecondResponse: true)
  let truth = TaskMetrics(truthOf: try simulation.replication(1))
  #expect(truth.mean(of: .concordance) == 1)
  for (name, perfect) in [(MetricName.mae, 0.0), (.cauchy, 0), (.accuracy, 1), (.f1, 1)] {
    let value = truth.mean(of: name)
    #expect(value == perfect || value.isNaN)
  }
}

@Test func recoveryIsTheMeanOverNetworksAndTies() {
  let recovery = Recovery(
    of: ["a", "b"], features: ["a", "b", "c", "d"],
    selections: [Selection(norms: [2, 0, 1, 0]), Selection(norms: [3, 1, 1, 0])])
  // The first network has a and c in front, the second a and either b or c.
  #expect(recovery.shares == [1, 0.25])
  #expect(recovery.truePositives == 1.25)
  #expect(recovery.keptCount == 2.5)
}

@Test func aFitWithANetworkForEachTaskHasASelectionForEach() throws {
  let data = try Simulation(setting: 1, rowCount: 60, predictorCount: 6, importantCount: 3)
    .replication(1)
  var options = TrainingOptions.quick
  options.epochs = 1
  let fit = try smallModel().independentTasks().fit(
    data.dataset, parts: data.truth.split, options: options)
  #expect(fit.taskNorms.count == 2 && fit.taskNorms[0] != fit.taskNorms[1])
  let own = fit.taskNorms.map {
    Selection(norms: $0).truePositives(important: [0, 1, 2], top: 3)
  }
  let recovery = Recovery(of: ["x1", "x2", "x3"], by: fit)
  #expect(abs(recovery.truePositives - (own[0] + own[1]) / 2) < 1e-12)
}

@Test func validationChoosesAmongVersions() throws {
  let data = try smallData()
  let parts = try Split.ratio(60, 20, 20).parts(of: data, seed: 1)
  let versions = [5.0, 0].map { Candidate("m", SmallDeclaration(strength: .fixed($0))) }
  let fits = try versions.map { try $0.fit(data, parts, 1, .quick, 1) }
  let better = fits[0].validationCriterion > fits[1].validationCriterion ? 0 : 1
  #expect(fits[0].validationCriterion != fits[1].validationCriterion)
  let grid = HyperparameterGrid(["strength=5.0/0.0"])
  let best = Candidate.best(of: grid, versions, named: "m")
  #expect(best.settings.map(\.value) == ["5.0/0.0"])
  #expect(best.networkCount(3) == 2)
  let turned = HyperparameterGrid(["strength=0.0/5.0"])
  for candidate in [best, Candidate.best(of: turned, versions.reversed(), named: "m")] {
    let fit = try candidate.fit(data, parts, 1, .quick, 1)
    #expect(fit.trials.count == 2)
    for trial in fit.trials {
      let place = trial.settings[0].value == "5.0" ? 0 : 1
      #expect(trial.concordance == fits[place].validationCriterion)
      #expect(trial.isChosen == (place == better))
    }
    #expect(fit.settings.map(\.value) == versions[better].settings.map(\.value))
    #expect(fit.metrics == fits[better].metrics)
  }
}

@Test func tuningIsAGridOfTheZoosHyperparameters() throws {
  let models = try Candidate.fromZoo(
    ["deep-smoothed-rank", "uniform"], strength: Strength.none,
    tuning: ["deep-smoothed-rank.bandwidth=0.3/0.5", "deep-smoothed-rank.sharedWidth=8/16"])
  let own = Dictionary(uniqueKeysWithValues: models[0].settings.map { ($0.name, $0.value) })
  #expect(own["bandwidth"] == "0.3/0.5" && own["sharedWidth"] == "8/16")
  #expect(own["selection"] == "none")
  #expect(models[0].networkCount(2) == 4 && models[1].networkCount(2) == 1)
}

@Test func theReportOfAStudyIsWellFormed() throws {
  let html = StudyReport(handStudy(), command: "rankine study <&>").html()
  #expect(try isWellFormed(html))
  for heading in [
    "Result", "Paired differences", "Excess over the true function", "Important predictors",
    "Strengths that validation chose", "Time", "Setup",
  ] {
    #expect(html.contains("<h2>\(heading)</h2>"))
  }
  #expect(html.contains("rankine study &lt;&amp;&gt;"))
}

@Test func theFilesForProgramsHaveEveryNumber() {
  let findings = handStudy()
  let lines = findings.fullTable().csv().split(separator: "\r\n")
  #expect(lines[0].hasPrefix("setting,variant,model,replications,mae,mae sd,rmse,"))
  #expect(lines[1].hasPrefix("1,plain,zeta,3,1.0,0.0,"))
  #expect(lines[2].hasPrefix("1,plain,alpha,3,3.0,1.0,"))
  let summary = StudySummary(findings)
  let difference = summary.differences.first { $0.measure == "mae_excess" }
  #expect(difference?.minus == "alpha" && difference?.mean == -2)
  #expect(summary.differenceTable.csv().contains("\r\n1,plain,zeta,alpha,mae,3,-2.0,"))
}
