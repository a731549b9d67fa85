import RankineData
import RankineLanguage
import RankineTraining
import Testing

@testable import RankineZoo

/// A new task on the factors of others.
struct TransferTests {
  private func options(_ strengths: [Double]? = nil) -> TrainingOptions {
    var options = TrainingOptions()
    options.epochs = 4
    options.precision = .double
    options.strengths = strengths
    return options
  }

  /// Tasks 1 to 3 of a scenario, and the rows of task 4 as a data set of its own.
  private func data() throws -> (old: Dataset, parts: Parts, new: Dataset) {
    var simulation = SourceSimulation(.homogeneous, seed: 2)
    simulation.predictorCount = 6
    simulation.trainingCounts = [80, 80, 80, 30]
    simulation.validationCount = 30
    simulation.testCount = 60
    let all = try simulation.replication(1)
    let names = try all.dataset.table.column("task").texts()
    let isOld = names.map { $0 != "4" }
    func table(_ keeps: (Int) -> Bool) throws -> Table {
      let rows = names.indices.filter(keeps)
      return try Table(
        "memory",
        columns: all.dataset.table.columns.map { column in
          if column.name == "task" { return Column("task", texts: rows.map { names[$0] }) }
          let numbers = try column.numbers()
          return Column(column.name, numbers: rows.map { numbers[$0] })
        })
    }
    let (oldTable, newTable) = (try table { isOld[$0] }, try table { !isOld[$0] })
    let parts = Parts(
      training: all.parts.training.filter { isOld[$0] },
      validation: all.parts.validation.filter { isOld[$0] },
      test: all.parts.test.filter { isOld[$0] })
    return (
      try Dataset(
        oldTable, outcomes: Outcome("y", .continuous).split(bySourcesIn: "task", of: oldTable)),
      parts,
      try Dataset(
        newTable, outcomes: [Outcome("y", .continuous)],
        features: Features(.columns(["x*"])))
    )
  }

  private func source(_ data: Dataset, _ parts: Parts) throws -> FittedModel {
    var model = DualEncoder()
    model.sharedWidths = [12]
    model.sharedFactors = 3
    model.ownFactors = 0
    model.selection = .fixed(0.3)
    return try model.fit(data, parts: parts, options: options())
  }

  private let newParts = Parts(
    training: Array(0..<20), validation: Array(20..<60), test: Array(60..<120))

  @Test func anInfiniteStrengthReturnsTheCentreExactly() throws {
    let (old, parts, new) = try data()
    let first = try source(old, parts)
    let transferred = try TransferredEncoder(from: first)
    let fit = try first.transferred(to: new, parts: newParts, options: options([1e9]))
    let beta = try #require(fit.networkWeights["task.0.beta"]?.values)
    #expect(beta == transferred.centre)
  }

  @Test func theEncoderStaysAsItIs() throws {
    let (old, parts, new) = try data()
    let first = try source(old, parts)
    let transferred = try TransferredEncoder(from: first)
    let fit = try first.transferred(to: new, parts: newParts, ownFactors: 2, options: options([0]))
    for (index, layer) in transferred.encoder.enumerated() {
      #expect(fit.networkWeights["shared.\(index).weight"]?.values == layer.weight)
      #expect(fit.networkWeights["shared.\(index).bias"]?.values == layer.bias)
    }
    #expect(fit.preprocessor == first.preprocessor)
  }

  /// The factors of the new model are those of the old one: with the old coefficients of a task its
  /// scores are the old task's.
  @Test func factorsComeOverWithTheirScale() throws {
    let (old, parts, new) = try data()
    let first = try source(old, parts)
    let fit = try first.transferred(to: new, parts: newParts, options: options([1e9]))
    let features = try first.preprocessor.transform(new.table)
    let oldScores = try first.scores(of: features)
    let newScores = try fit.scores(of: features)[0]
    // Under one strength for all the three tasks have nearly the same coefficients, those of the centre.
    let weights = try #require(first.networkWeights["task.0.beta"])
    let spread = (0..<3).map { abs(weights.values[$0] - weights.values[9 + $0]) }.max() ?? 1
    let shift = newScores[0] - oldScores[0][0]
    for (x, y) in zip(newScores, oldScores[0]) {
      #expect(abs(x - y - shift) < 12 * spread + 1e-9)
    }
  }

  @Test func aNewTaskOfFewRowsIsHelped() throws {
    let (old, parts, new) = try data()
    let first = try source(old, parts)
    let fit = try first.transferred(to: new, parts: newParts, options: options())
    #expect(try #require(fit.metrics.tasks["y"]?[.concordance]) > 0.6)
    #expect(Set(fit.strengths.map(\.index)) == Set(TransferredEncoder.strengths.indices))
  }

  @Test func anotherModelHasNothingToTransfer() throws {
    let (old, parts, _) = try data()
    let fit = try LinearSources().fit(old, parts: parts, options: options())
    #expect {
      try TransferredEncoder(from: fit)
    } throws: { error in
      "\(error)" == """
        error[nothing-to-transfer] in the model LinearSources: it has no shared factors that a new task could use
          hint: fit the other tasks with --model dual-encoder
        """
    }
  }

  /// A penalty on columns acts on each encoder by itself.
  @Test func featuresAreRemovedFromEachEncoderByThemselves() throws {
    let (old, parts, _) = try data()
    var model = DualEncoder()
    model.sharedWidths = [8]
    model.ownWidths = [4]
    (model.sharedFactors, model.ownFactors) = (2, 2)
    model.selection = .fixed(0.01)
    model.columnPenalty = 0.3
    let fit = try model.fit(old, parts: parts, options: options())
    #expect(fit.networkWeights["shared.0.weight"]?.extents == [8, 6])
    #expect(fit.networkWeights["task.0.own.0.weight"]?.extents == [3, 4, 6])
    let own = try #require(fit.networkWeights["task.0.own.0.weight"]?.values)
    let removed = (0..<3).map { task in
      (0..<6).filter { column in (0..<4).allSatisfy { own[task * 24 + $0 * 6 + column] == 0 } }
    }
    #expect(removed.contains { !$0.isEmpty })
    // What the fit says of each own encoder is what its weights say.
    for task in 0..<3 {
      let kept = Set(fit.ownFeatures(of: task).map(\.name))
      let all = fit.preprocessor.featureNames
      #expect(kept == Set(all.indices.filter { !removed[task].contains($0) }.map { all[$0] }))
    }
  }
}
