import RankineData
import RankineEvaluation
import RankineLanguage
import RankineRuntime
import RankineSupport

/// Refits a model on halves of its data and on permuted outcomes.
struct StabilityFitter {
  let model: Model
  let data: Dataset
  /// Chose the strengths.
  let fit: FittedModel
  let options: TrainingOptions
  let stability: StabilityOptions
  let seed: UInt64
  let threads: Int
  let report: ProgressCounter.Report?

  /// A network of all tasks, or of one where tasks are independent.
  private struct Member {
    let tasks: [Int]
    let programs: TrainingPrograms
    /// The strength in multiples of λ_max, which means the same on all samples.
    let multiple: Double
    /// Epochs times rows, which is steps up to the size of a batch.
    let rowVisits: Int
  }

  /// One refit: its rows, the outcomes of all rows, and the strength of each member, where it is not a
  /// multiple.
  private struct Job {
    let rows: [Int]
    let outcomes: [OutcomeValues]
    var strengths: [Double]?
  }

  func run() throws -> StabilitySelection {
    try stability.validate()
    let features = try fit.preprocessor.transform(
      data.table, precision: options.precision)
    let members = try members(features)
    let all = Array(0..<data.rowCount)
    let halves = try halves(of: all)
    let whole = Job(rows: all, outcomes: data.outcomes)
    let largest = try members.map { try largestStrength($0, features, rows: all) }
    let strengths = zip(members, largest).map { $0.multiple * $1 }
    let jobs =
      [whole] + halves.map { Job(rows: $0, outcomes: data.outcomes) }
      + permutations().map { Job(rows: all, outcomes: $0, strengths: strengths) }
    let counter = ProgressCounter(
      task: nil, stage: "subsamples", fitCount: jobs.count, report: report)
    let norms = try concurrentMap(jobs.count, threads: threads) { job in
      let norms = try self.norms(of: jobs[job], members, features)
      counter.finished(concordance: .nan)
      return norms
    }
    return selection(
      features.names, whole: norms[0], halves: Array(norms[1...halves.count]),
      permuted: Array(norms[(1 + halves.count)...]),
      halfSize: halves.map(\.count).min() ?? 0)
  }

  // MARK: Samples

  /// Two complementary halves at a time, each class and each subject's rows spread as in folds.
  private func halves(of rows: [Int]) throws -> [[Int]] {
    try (0..<(stability.subsampleCount / 2)).flatMap { pair in
      var random = CounterRandom(seed: seed, named: "halves \(pair)")
      return try Folds(count: 2).parts(of: data, rows: rows, seed: random.next())
    }
  }

  /// The outcomes of all tasks in one random order, so that they hang together as before.
  private func permutations() -> [[OutcomeValues]] {
    let units = RowUnits(of: Array(0..<data.rowCount), outcomes: data.outcomes)
    return (0..<stability.permutationCount).map { number in
      var random = CounterRandom(seed: seed, named: "permutation \(number)")
      let order = units.permutation(rowCount: data.rowCount, random: &random)
      return data.outcomes.map { $0.permuted(by: order) }
    }
  }

  // MARK: Fits

  private func members(_ features: FeatureMatrix) throws -> [Member] {
    let networks = try model.networks(ofTasks: data.outcomes.map(\.name))
    return try zip(networks, fit.chosen).map { network, chosen in
      let tasks = network.tasks
      let lowered = try LoweredModel(
        network.model, features: features.columnCount,
        tasks: TaskDescription.all(tasks.map { data.outcomes[$0] }))
      let programs = try TrainingPrograms(
        lowered, featureCount: features.columnCount, options: options)
      let training = fit.parts?.training ?? []
      let rows =
        chosen.stage == "final" ? (training + (fit.parts?.validation ?? [])).sorted() : training
      let unscaled = Member(tasks: tasks, programs: programs, multiple: 1, rowVisits: 1)
      let largest = try largestStrength(unscaled, features, rows: rows)
      return Member(
        tasks: tasks, programs: programs,
        multiple: largest > 0 ? chosen.strength / largest : 1,
        rowVisits: chosen.bestEpoch * rows.count)
    }
  }

  private func largestStrength(
    _ member: Member, _ features: FeatureMatrix, rows: [Int]
  ) throws -> Double {
    switch options.precision {
    case .float:
      try trainer(Float.self, member, features, data.outcomes, rows).largestStrength()
    case .double:
      try trainer(Double.self, member, features, data.outcomes, rows).largestStrength()
    }
  }

  /// The norms of all features: the root mean square over members and their tasks.
  private func norms(
    of job: Job, _ members: [Member], _ features: FeatureMatrix
  ) throws -> [Double] {
    let all = try members.indices.flatMap { member in
      let strength = job.strengths?[member]
      return switch options.precision {
      case .float: try norms(Float.self, job, members[member], strength, features)
      case .double: try norms(Double.self, job, members[member], strength, features)
      }
    }
    return rootMeanSquare(all)
  }

  private func norms<Scalar: KernelScalar>(
    _ type: Scalar.Type, _ job: Job, _ member: Member, _ strength: Double?,
    _ features: FeatureMatrix
  ) throws -> [[Double]] {
    let trainer = try trainer(type, member, features, job.outcomes, job.rows)
    let own = try strength ?? member.multiple * trainer.largestStrength()
    let epochs = (member.rowVisits + job.rows.count / 2) / job.rows.count
    let result = try trainer.train(strength: own, epochs: max(1, epochs))
    let norms = member.programs.columnNorms(result.averaged)
    return norms.isEmpty
      ? try Scorer(member.programs, result.averaged, precision: options.precision)
        .relevance(of: features, rows: job.rows)
      : norms
  }

  private func trainer<Scalar: KernelScalar>(
    _: Scalar.Type, _ member: Member, _ features: FeatureMatrix, _ outcomes: [OutcomeValues],
    _ rows: [Int]
  ) throws -> Trainer<Scalar> {
    let sample = TrainingSample(
      features, outcomes: member.tasks.map { outcomes[$0] }, rows: rows,
      scalesTargets: options.scalesTargets)
    return try Trainer<Scalar>(
      member.programs, sample: sample, held: nil, options: options, seed: seed)
  }

  // MARK: Result

  private func selection(
    _ names: [String], whole: [Double], halves: [[Double]], permuted: [[Double]], halfSize: Int
  ) -> StabilitySelection {
    let pairCount = halves.count / 2
    let count =
      stability.selectedCount
      ?? StabilityBound.largestSelection(
        featureCount: names.count, pairCount: pairCount, threshold: stability.threshold,
        expectedFalse: stability.expectedFalse)
    let bound = StabilityBound(
      featureCount: names.count, selectedCount: min(count, names.count), pairCount: pairCount)
    var hits = [Int](repeating: 0, count: names.count)
    for norms in halves {
      for feature in Selection(norms: norms).order.prefix(bound.selectedCount)
      where norms[feature] > 0 {
        hits[feature] += 1
      }
    }
    let null = PermutationNull(maxima: permuted.map { $0.max() ?? 0 })
    let relevance = Dictionary(
      uniqueKeysWithValues: fit.features.map { ($0.name, $0.relevance) })
    let order = names.indices.sorted { (hits[$1], whole[$1], $0) < (hits[$0], whole[$0], $1) }
    let features = order.map { feature in
      let frequency = Double(hits[feature]) / Double(halves.count)
      return StabilitySelection.Feature(
        name: names[feature], norm: whole[feature], frequency: frequency,
        expectedFalse: bound.unimodal(threshold: frequency),
        pValue: null.pValue(of: whole[feature]), relevance: relevance[names[feature]] ?? [],
        isSelected: frequency >= stability.threshold)
    }
    return StabilitySelection(
      fit: fit, features: features, threshold: stability.threshold, bound: bound, null: null,
      halfSize: halfSize)
  }
}
