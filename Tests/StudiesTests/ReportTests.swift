import Foundation
import RankineData
import RankineEvaluation
import RankineTraining
import Testing

@testable import RankineStudies

private let hostile = "<script>&\"'"

@Test func theReportOfAComparisonIsWellFormedAndEscaped() throws {
  let findings = try handFindings(
    [0.8, 0.9], [0.7, nil], task: hostile, model: hostile)
  let html = ComparisonReport(findings, command: "rankine compare \(hostile)").html()
  #expect(try isWellFormed(html))
  #expect(!html.contains("<script"))
  for heading in [
    "Result", "Spread over splits", "Paired differences", "Selected features", "Training", "Setup",
    "Not fitted",
  ] {
    #expect(html.contains("<h2>\(heading)</h2>"))
  }
}

@Test func oneModelHasNoDifferencesInItsReport() throws {
  let findings = try smallComparison([Candidate("free", SmallDeclaration())]).run()
  let html = ComparisonReport(findings).html()
  #expect(try isWellFormed(html))
  #expect(!html.contains("Paired differences"))
  #expect(!html.contains("Not fitted"))
}

@Test func theReportOfAFitIsWellFormedAndEscaped() throws {
  let data = try smallData(predictor: hostile, task: hostile)
  let fit = try smallModel(.path(count: 3)).fit(data, options: .quick)
  let html = RunReport(fit, data: data, modelName: hostile, command: hostile).html()
  #expect(try isWellFormed(html))
  #expect(!html.contains("<script"))
  for heading in [
    "Metrics", "Selected features", "Penalty path", "Training", "Calibration", "Setup",
  ] {
    #expect(html.contains("<h2>\(heading)</h2>"))
  }
  #expect(html.components(separatedBy: "calibration</text>").count == 6)
}

@Test func aFitWithoutItsDataIsReportedWithoutCalibration() throws {
  let fit = try smallModel().independentTasks().fit(smallData(), options: .quick)
  let html = RunReport(fit).html()
  #expect(try isWellFormed(html))
  #expect(!html.contains("<h2>Calibration</h2>"))
  #expect(!html.contains("<h2>Penalty path</h2>"))
}

@Test func everyTableOfAReportIsAFileInEachFormat() throws {
  let data = try smallData()
  let page = RunReport(try smallModel().fit(data, options: .quick), data: data).page
  #expect(
    page.tables.map(\.name)
      == ["metrics", "selected-features", "task-relations-1", "task-relations-2"])
  let folder = FileManager.default.temporaryDirectory
    .appendingPathComponent("tables-\(UUID().uuidString)")
  defer { try? FileManager.default.removeItem(at: folder) }
  try page.writeTables(into: folder)
  for (name, table) in page.tables {
    let texts = [("md", table.markdown()), ("tex", table.latex()), ("csv", table.csv())]
    for (ending, text) in texts {
      let file = folder.appendingPathComponent("tables/\(name).\(ending)")
      #expect(try String(contentsOf: file, encoding: .utf8) == text)
    }
  }
}

@Test func theReportOfASelectionIsWellFormedAndSaysWhatTheHalvesSelect() throws {
  var stability = StabilityOptions()
  (stability.subsampleCount, stability.permutationCount) = (4, 3)
  let selection = try SmallDeclaration(strength: .path(count: 3)).selectStably(
    smallData(predictor: hostile, task: hostile), options: .quick, stability: stability)
  let html = SelectionReport(selection, modelName: hostile, command: hostile).html()
  #expect(try isWellFormed(html))
  #expect(!html.contains("<script"))
  for heading in ["Selected features", "Permutations", "Penalty path", "Setup"] {
    #expect(html.contains("<h2>\(heading)</h2>"))
  }
  let marked = selection.selected.count
  #expect(html.contains("\(marked) feature\(marked == 1 ? " is" : "s are") selected by at least"))
}

/// Twenty-four rows in twelve groups of two neighbours, one of each class.
@Test func classesAreShownAsMeansOfNeighbours() throws {
  let scores = (0..<24).map(Double.init)
  let values = (0..<24).map { $0 % 2 == 0 ? 0.0 : 1 }
  let calibration = try CalibrationMethod.binary().fit(scores: scores, values: values)
  let plot = CalibrationFigure(
    task: "z", calibration: calibration, scale: .binary, scores: scores, values: values, events: nil
  ).plot
  #expect(plot.x == (0..<12).map { Double(2 * $0) + 0.5 })
  #expect(plot.y == Array(repeating: 0.5, count: 12))
  #expect(plot.overlays.first?.y.allSatisfy { (0...1).contains($0) } == true)
}

@Test func censoredRowsAreNoDots() throws {
  let (scores, times, events) = (
    [3.0, 1, 2, .nan], [30.0, 10, 20, 40], [true, true, false, true]
  )
  let calibration = try CalibrationMethod.censored().fit(
    scores: scores, values: times, events: events)
  let plot = CalibrationFigure(
    task: "t", calibration: calibration, scale: .censored, scores: scores, values: times,
    events: events
  ).plot
  #expect(plot.x == [1, 3])
  #expect(plot.y == [10, 30])
}
