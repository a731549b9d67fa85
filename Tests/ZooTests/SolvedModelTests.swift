import Foundation
import RankineData
import RankineLanguage
import RankineSparse
import RankineTraining
import Testing

@testable import RankineZoo

/// Models whose weights a solver finds.
private let solved = Zoo.all.filter { $0.init().model.solver != nil }.map { $0.entry.name }

private func data(_ outcomes: [String]) throws -> Dataset {
  let all = try SyntheticData.ofEveryOutcomeType(rowCount: 120)
  return try Dataset(all.table) {
    for outcome in outcomes {
      switch outcome {
      case "ill": Outcome("ill", .binary)
      case "grade": Outcome("grade", .ordinal("low", "middle", "high"))
      case "visits": Outcome("visits", .count)
      case "survival": Outcome("survival", .censored(time: "time", event: "event"))
      default: Outcome("amount", .continuous)
      }
    }
    Features(.columns(all.featureColumns))
  }
}

@Test(arguments: solved)
func aSolvedModelScoresCalibratesAndIsStoredLikeATrainedOne(_ name: String) throws {
  var model: any ZooModel = try Zoo.model(named: name).init()
  model.selection = .fixed(0.01)
  let data = try data(["amount", "ill", "grade", "visits"])
  let fit = try model.fit(data)
  #expect(fit.metrics.tasks.keys.sorted() == ["amount", "grade", "ill", "visits"])
  // The outcomes follow x1 − x2, with noise of a third of its variance.
  for (task, metrics) in fit.metrics.tasks {
    #expect(try #require(metrics[.concordance]) > 0.7, "\(task)")
  }
  #expect(Set(fit.selectedFeatures.prefix(2).map(\.name)) == ["x1", "x2"])
  #expect(fit.history.isEmpty)
  #expect(fit.findings.map(\.name).contains("objective"))
  let folder = FileManager.default.temporaryDirectory.appendingPathComponent(UUID().uuidString)
  defer { try? FileManager.default.removeItem(at: folder) }
  try fit.write(to: folder.path)
  let read = try FittedModel(contentsOf: folder.path)
  #expect(try read.predict(data.table) == fit.predict(data.table))
  #expect(read.findings == fit.findings)
}

@Test func aCensoredTaskIsRefusedByName() throws {
  let error = #expect(throws: SparseError.self) {
    try SimilarSupports().fit(data(["amount", "survival"]))
  }
  #expect(
    error?.description == """
      error[unsupported-outcome] in task "survival": sparse linear models have no loss for censored \
      times
        hint: leave the task out, or compare with "linear", which ranks them
      """)
}

@Test func aMergedModelGivesAllTasksOneScore() throws {
  let fit = try MergedSupport().fit(data(["amount", "visits"]))
  let scores = try fit.predict(data(["amount", "visits"]).table).tasks.map(\.scores)
  #expect(scores[0] == scores[1])
}

@Test func aCertificateStandsWithTheModel() throws {
  var model = SimilarSupports()
  (model.selection, model.supportSizes, model.certifiedGap) = (.fixed(0.05), [2], 0.01)
  let fit = try model.fit(data(["amount", "visits"]))
  let certificate = try #require(fit.findings.first { $0.name == "certificate" }?.value)
  #expect(certificate.contains("gap 0") && certificate.contains("(gap, |b| ≤ "))
}

@Test func aSolvedModelIsPrintedWithItsTerms() {
  var model = SimilarSupports()
  model.supportSizes = [5, 10]
  #expect(
    model.model.description.hasSuffix(
      """
      .solved(by: SparseLinear {
        Support(.heterogeneous, chosenFrom: [5, 10])
        SupportSimilarity(.path(count: 6))
        Ridge(.fixed(0.001))
      })
      """))
}
