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
    var fit = try assemble(networks, found, preprocessor, features)
    fit.findings += findings
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
    _ networks: [NetworkPlan], _ found: [MemberFitter.Outcome], _ preprocessor: Preprocessor,
    _ features: FeatureMatrix
  ) throws -> FittedModel {
    var voices: [[MemberVoice]] = data.outcomes.map { _ in [] }
    for (number, (plan, network)) in zip(networks, found).enumerated() {
      let scores = try network.scorer.scores(of: features)
      let slopes = try network.scorer.relevance(of: features, rows: parts.training)
      for (position, task) in plan.tasks.enumerated() {
        let all = scores[position]
        voices[task].append(
          MemberVoice(
            network: number, member: plan.member, scores: all,
            crossFitted: network.crossFitted.isEmpty ? nil : network.crossFitted[position],
            norms: network.norms.isEmpty ? slopes[position] : network.norms[position],
            ownNorms: network.ownNorms.isEmpty ? nil : network.ownNorms[position],
            relevance: slopes[position], unit: ScoreUnit(of: parts.training.map { all[$0] })))
      }
    }
    let weighing = MemberWeighing(
      rule: model.memberWeights, outcomes: data.outcomes, parts: parts)
    for task in voices.indices { weighing.weigh(&voices[task], task: task) }
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
      version: Release.version, members: members(networks, found, voices))
    fit.findings = weighing.findings(voices)
    let shown =
      [parts.test, parts.validation, parts.training].first { !$0.isEmpty } ?? parts.training
    fit.metrics = try fit.metrics(
      of: scores.map { all in shown.map { all[$0] } }, outcomes: data.outcomes, rows: shown)
    fit.testPredictions = FittedModel.TestPredictions(
      rows: shown, identifiers: data.identifiers.map { all in shown.map { all[$0] } },
      predictions: try fit.predict(data.table, rows: shown))
    return fit
  }

  private func members(
    _ networks: [NetworkPlan], _ found: [MemberFitter.Outcome], _ voices: [[MemberVoice]]
  ) -> [FittedModel.Member] {
    zip(networks, found).enumerated().map { number, fitted in
      let (plan, network) = fitted
      let own = plan.tasks.compactMap { task in voices[task].first { $0.network == number } }
      // A score that is not averaged needs no unit.
      let isAveraged = plan.tasks.contains { voices[$0].count > 1 }
      return FittedModel.Member(
        tasks: plan.tasks, scorer: network.scorer, units: isAveraged ? own.map(\.unit) : nil,
        weights: model.memberWeights == .equal ? nil : own.map(\.weight))
    }
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
