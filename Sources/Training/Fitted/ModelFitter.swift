import RankineData
import RankineEvaluation
import RankineLanguage
import RankineSupport

/// From a declaration and data to a fitted model.
struct ModelFitter {
  let name: String
  let settings: [FittedModel.Setting]
  let model: Model
  let data: Dataset
  let parts: Parts
  let seed: UInt64
  let options: TrainingOptions
  let threads: Int
  let report: ProgressCounter.Report?

  func run() throws -> FittedModel {
    try options.validate()
    try checkParts()
    try SampleCheck(outcomes: data.outcomes, rows: parts.training).run()
    let groups =
      model.hasIndependentTasks
      ? data.outcomes.indices.map { [$0] } : [Array(data.outcomes.indices)]
    let usesFolds = groups.map { tasks in
      FoldRule(
        model: model, outcomes: tasks.map { data.outcomes[$0] }, validation: parts.validation
      ).usesFolds
    }
    // Folds train on validation rows as well, so these may shape the preprocessing then.
    let seen = usesFolds.contains(true) ? parts.training + parts.validation : parts.training
    let preprocessor = try data.preprocessor(fittedOn: seen.sorted())
    let features = try preprocessor.transform(
      data.table, precision: options.precision, laidOut: layout)
    try features.check(fits: options.precision)
    var found: [MemberFitter.Outcome] = []
    var findings: [FittedModel.Setting] = []
    for (tasks, usesFolds) in zip(groups, usesFolds) {
      let outcomes = tasks.map { data.outcomes[$0] }
      if let solver = model.solver {
        let solved = try SolverFitter(
          solver: solver, data: data, features: features, outcomes: outcomes, parts: parts,
          usesFolds: usesFolds, options: options, seed: seed, threads: max(1, threads),
          task: model.hasIndependentTasks ? outcomes[0].name : nil
        ).run()
        found.append(solved.member)
        findings += solved.findings
        continue
      }
      found.append(
        try MemberFitter(
          model: model, data: data, features: features, outcomes: outcomes, parts: parts,
          usesFolds: usesFolds, options: options, seed: seed, threads: max(1, threads),
          task: model.hasIndependentTasks ? outcomes[0].name : nil, report: report
        ).run())
    }
    var fit = try assemble(groups, found, preprocessor, features)
    fit.findings = findings
    return fit
  }

  /// All rows, the parts one behind the other, so that they can be read without a copy.
  private var layout: [Int] {
    let inParts = parts.training + parts.validation + parts.test
    let known = Set(inParts)
    return inParts + (0..<data.rowCount).filter { !known.contains($0) }
  }

  private func assemble(
    _ groups: [[Int]], _ found: [MemberFitter.Outcome], _ preprocessor: Preprocessor,
    _ features: FeatureMatrix
  ) throws -> FittedModel {
    var scores = data.outcomes.map { _ in [Double]() }
    var norms = scores
    var relevance = scores
    var crossFitted: [[Double]?] = data.outcomes.map { _ in nil }
    for (tasks, member) in zip(groups, found) {
      let own = try member.scorer.scores(of: features)
      let slopes = try member.scorer.relevance(of: features, rows: parts.training)
      for (position, task) in tasks.enumerated() {
        (scores[task], relevance[task]) = (own[position], slopes[position])
        norms[task] = member.norms.isEmpty ? slopes[position] : member.norms[position]
        if !member.crossFitted.isEmpty { crossFitted[task] = member.crossFitted[position] }
      }
    }
    let calibrations = try Calibrator(
      outcomes: data.outcomes, parts: parts, scores: scores, crossFitted: crossFitted
    ).run()
    var fit = FittedModel(
      name: name, declaration: model.description, settings: settings, outcomes: data.declarations,
      preprocessor: preprocessor, calibrations: calibrations,
      features: FeatureImportance.all(
        names: features.names, norms: rootMeanSquare(norms), relevance: relevance),
      chosen: found.map(\.chosen), strengths: found.flatMap(\.strengths),
      history: found.flatMap(\.epochs), options: options, seed: seed, parts: parts,
      metrics: TaskMetrics(tasks: [:]), testPredictions: nil, taskNorms: norms,
      version: Release.version,
      members: zip(groups, found).map { FittedModel.Member(tasks: $0, scorer: $1.scorer) })
    let shown =
      [parts.test, parts.validation, parts.training].first { !$0.isEmpty } ?? parts.training
    fit.metrics = try fit.metrics(
      of: scores.map { all in shown.map { all[$0] } }, outcomes: data.outcomes, rows: shown)
    fit.testPredictions = FittedModel.TestPredictions(
      rows: shown, identifiers: data.identifiers.map { all in shown.map { all[$0] } },
      predictions: try fit.predict(data.table, rows: shown))
    return fit
  }

  private func checkParts() throws(TrainingError) {
    let all = parts.training + parts.validation + parts.test
    guard !parts.training.isEmpty, Set(all).count == all.count,
      all.allSatisfy({ $0 >= 0 && $0 < data.rowCount })
    else {
      throw TrainingError(
        "bad-parts", at: "the split",
        parts.training.isEmpty
          ? "there are no training rows" : "a row is in two parts, or is not in the data",
        hint: "give each of the \(data.rowCount) rows to at most one part, and some to training")
    }
  }
}
