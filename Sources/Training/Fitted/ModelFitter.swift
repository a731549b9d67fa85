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
  /// Where finished fits are kept, and found again.
  var checkpoint: FitCheckpoint?
  /// From columns to features, where it is known; learned from the rows when nil.
  var knownPreprocessor: Preprocessor?

  func run() throws -> FittedModel {
    try options.validate()
    try checkParts()
    try SampleCheck(outcomes: data.outcomes, rows: parts.training).run()
    let networks = try model.networks(ofTasks: data.outcomes.map(\.name))
    var usesFolds = networks.map { network in
      FoldRule(
        model: network.model, outcomes: network.tasks.map { data.outcomes[$0] },
        validation: parts.validation
      ).usesFolds
    }
    // Scores that are averaged have been judged alike.
    if model.isAverage { usesFolds = usesFolds.map { _ in usesFolds.contains(true) } }
    // Folds train on validation rows as well, so these may shape the preprocessing then.
    let seen = usesFolds.contains(true) ? parts.training + parts.validation : parts.training
    let preprocessor = try knownPreprocessor ?? data.preprocessor(fittedOn: seen.sorted())
    let features = try preprocessor.transform(
      data.table, precision: options.precision, laidOut: layout)
    try features.check(fits: options.precision)
    var found: [MemberFitter.Outcome] = []
    var findings: [FittedModel.Setting] = []
    for (network, usesFolds) in zip(networks, usesFolds) {
      let outcomes = network.tasks.map { data.outcomes[$0] }
      let seed = seed(ofCopy: network.copy)
      if let solver = network.model.solver {
        let solved = try SolverFitter(
          solver: solver, data: data, features: features, outcomes: outcomes, parts: parts,
          usesFolds: usesFolds, options: options, seed: seed, threads: max(1, threads),
          task: network.label
        ).run()
        found.append(solved.member)
        findings += solved.findings
      } else {
        found.append(
          try MemberFitter(
            model: network.model, data: data, features: features, outcomes: outcomes, parts: parts,
            usesFolds: usesFolds, options: options, seed: seed, threads: max(1, threads),
            task: network.label, report: report, checkpoint: checkpoint
          ).run())
      }
    }
    var fit = try assemble(networks.map(\.tasks), found, preprocessor, features)
    fit.findings = findings
    return fit
  }

  /// The first copy has the seed itself.
  private func seed(ofCopy copy: Int) -> UInt64 {
    guard copy > 0 else { return seed }
    var random = CounterRandom(seed: seed, named: "copy \(copy)")
    return random.next()
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
    var voices: [[MemberVoice]] = data.outcomes.map { _ in [] }
    var members: [FittedModel.Member] = []
    for (tasks, network) in zip(groups, found) {
      let scores = try network.scorer.scores(of: features)
      let slopes = try network.scorer.relevance(of: features, rows: parts.training)
      let units = scores.map { all in ScoreUnit(of: parts.training.map { all[$0] }) }
      for (position, task) in tasks.enumerated() {
        voices[task].append(
          MemberVoice(
            scores: scores[position],
            crossFitted: network.crossFitted.isEmpty ? nil : network.crossFitted[position],
            norms: network.norms.isEmpty ? slopes[position] : network.norms[position],
            ownNorms: network.ownNorms.isEmpty ? nil : network.ownNorms[position],
            relevance: slopes[position], unit: units[position]))
      }
      members.append(
        FittedModel.Member(
          tasks: tasks, scorer: network.scorer, units: model.isAverage ? units : nil))
    }
    let scores = voices.map(\.scores)
    let norms = voices.map(\.norms)
    let calibrations = try Calibrator(
      outcomes: data.outcomes, parts: parts, scores: scores, crossFitted: voices.map(\.crossFitted)
    ).run()
    var fit = FittedModel(
      name: name, declaration: model.description, settings: settings, outcomes: data.declarations,
      preprocessor: preprocessor, calibrations: calibrations,
      features: FeatureImportance.all(
        names: features.names, norms: rootMeanSquare(norms), relevance: voices.map(\.relevance),
        ownNorms: voices.compactMap(\.ownNorms)),
      chosen: found.map(\.chosen), strengths: found.flatMap(\.strengths),
      history: found.flatMap(\.epochs), options: options, seed: seed, parts: parts,
      metrics: TaskMetrics(tasks: [:]), testPredictions: nil, taskNorms: norms,
      version: Release.version,
      members: members)
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
