import RankineData
import RankineLanguage
import Testing

@testable import RankineTraining

struct TrainingErrorTests {
  private let rows = SmallData(rowCount: 12, width: 2)

  private func message(
    _ outcome: Outcome, _ columns: [Column], training: [Int] = [0, 1, 2],
    options: TrainingOptions = .quick(epochs: 1), model: Model = smallModel()
  ) throws -> String {
    let data = try Dataset(
      predictors: ["a", "b"], values: rows.predictors, outcomeColumns: columns,
      outcomes: [outcome])
    let rest = (0..<12).filter { !training.contains($0) }
    let error = try #require(throws: TrainingError.self) {
      try model.fit(
        data, parts: Parts(training: training, validation: rest, test: []), options: options)
    }
    return error.description
  }

  @Test func oneClassInTrainingNamesTheTaskAndTheClass() throws {
    let column = Column("ER", texts: (0..<12).map { $0 < 3 ? "no" : "yes" })
    #expect(
      try message(Outcome("ER", .binary), [column]) == """
        error[one-class] in task "ER": all 3 training rows have the same outcome, "no"
          hint: give the training part a larger share, or leave this task out
        """)
  }

  @Test func anOutcomeThatNoTrainingRowHasNamesTheTask() throws {
    let column = Column("y", numbers: (0..<12).map { $0 < 3 ? .nan : Double($0) })
    #expect(
      try message(Outcome("y", .continuous), [column]) == """
        error[no-observed-outcome] in task "y": no training row has this outcome
          hint: give the training part a larger share, or leave this task out
        """)
  }

  @Test func onlyCensoredTrainingRowsNameTheTask() throws {
    let columns = [
      Column("time", numbers: (0..<12).map { Double($0 + 1) }),
      Column("event", numbers: (0..<12).map { $0 < 3 ? 0 : 1 }),
    ]
    #expect(
      try message(Outcome("OS", .censored(time: "time", event: "event")), columns) == """
        error[all-censored] in task "OS": all 3 training rows are censored
          hint: training needs events: give it a larger share, or leave this task out
        """)
  }

  @Test func anEventThatOutlastsEveryCensoredRowLeavesNoPair() throws {
    let columns = [
      Column("time", numbers: (0..<12).map { Double($0 + 1) }),
      Column("event", numbers: (0..<12).map { $0 < 2 ? 0 : 1 }),
    ]
    #expect(
      try message(Outcome("OS", .censored(time: "time", event: "event")), columns) == """
        error[no-comparable-pair] in task "OS": no training row is known to rank above another
          hint: training needs an event before another row's time, or leave this task out
        """)
  }

  @Test func aLossThatIsNotFiniteNamesTaskStepAndStrength() throws {
    var options = TrainingOptions.quick(epochs: 3)
    options.learningRate = 1e30
    let model = Model {
      Shared { Dense(4).penalized(by: GroupLasso(.fixed(0.5))) }
      EachTask { Dense(1) }
      Objective { SquaredError() }
    }
    let text = try message(
      Outcome("y", .continuous), [Column("y", numbers: rows.y)], options: options, model: model)
    #expect(
      text.hasPrefix("error[not-finite] in task \"y\": the loss is"), "\(text)")
    #expect(text.contains("at step 2"), "\(text)")
    #expect(text.contains("lower the learning rate (now 1e+30)"), "\(text)")
  }

  @Test func aFeatureThatAFloatCannotHoldIsNamed() throws {
    var predictors = rows.predictors
    predictors[2 * 4 + 1] = 1e39
    let data = try Dataset(
      predictors: ["a", "b"], values: predictors,
      outcomeColumns: [Column("y", numbers: rows.y)], outcomes: [Outcome("y", .continuous)],
      standardization: .none)
    let parts = Parts(training: Array(0..<12), validation: [], test: [])
    let error = try #require(throws: TrainingError.self) {
      try smallModel().fit(data, parts: parts, options: .quick(epochs: 1))
    }
    #expect(
      error.description == """
        error[feature-too-large] in feature "b": in row 5 it is 1e+39, too large for the network
          hint: correct the value, standardize the features, or bring this one to a smaller scale
        """)
    var options = TrainingOptions.quick(epochs: 1)
    options.precision = .double
    #expect(throws: Never.self) { try smallModel().fit(data, parts: parts, options: options) }
  }

  /// A row to predict that lies 1e39 standard deviations away, and one whose products overflow.
  @Test func aRowThatTheNetworkCannotScoreIsNamed() throws {
    let fit = try smallModel().fit(
      SmallData(width: 2).dataset([Outcome("y", .continuous)]), options: .quick(epochs: 1))
    func message(_ extreme: Double) throws -> String {
      let rows = FeatureMatrix(
        names: fit.preprocessor.featureNames, rowCount: 2, values: [0, 0, 0, extreme])
      return try #require(throws: TrainingError.self) { try fit.predict(rows) }.description
    }
    #expect(
      try message(1e39).hasPrefix(
        "error[feature-too-large] in feature \"x2\": in row 2 it is 1e+39, too large"))
    #expect(try message(3e38).hasPrefix("error[not-finite] in task \"y\": the score of row 2 is"))
  }

  @Test func aRowInTwoPartsIsRefused() throws {
    let data = try rows.dataset([Outcome("y", .continuous)])
    let parts = Parts(training: [0, 1, 2], validation: [2], test: [])
    let error = try #require(throws: TrainingError.self) {
      try smallModel().fit(data, parts: parts)
    }
    #expect(
      error.description == """
        error[bad-parts] in the split: a row is in two parts, or is not in the data
          hint: give each of the 12 rows to at most one part, and some to training
        """)
  }

  @Test func anOptionOutOfRangeIsNamed() throws {
    var options = TrainingOptions()
    options.patience = 0
    #expect(
      try message(
        Outcome("y", .continuous), [Column("y", numbers: rows.y)], options: options) == """
          error[bad-option] in training options: patience is 0
            hint: give at least 1
          """)
  }

  @Test func featuresOfAnotherPreprocessorAreRefused() throws {
    let data = try SmallData().dataset([Outcome("y", .continuous)])
    let fit = try smallModel().fit(data, options: .quick(epochs: 1))
    let error = try #require(throws: TrainingError.self) {
      try fit.predict(FeatureMatrix(names: ["a"], rowCount: 1, values: [0]))
    }
    #expect(error.code == "bad-features")
    #expect(error.message == "expected 6 features, got 1, or their names differ")
  }
}
