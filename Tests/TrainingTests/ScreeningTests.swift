import RankineLanguage
import RankineRuntime
import Testing

@testable import RankineTraining

/// Which models can leave out features, and when.
struct ScreeningTests {
  private func screened(
    _ layers: [any Layer], balancing: any Balancing = Uniform(),
    step: PenaltyStep = .proximalShared
  ) throws -> [String] {
    let model = Model {
      Shared { for layer in layers { layer } }
      EachTask { Dense(1) }
      Objective(balancing: balancing) { Huber().on(.continuous) }
    }
    var options = TrainingOptions()
    options.penaltyStep = step
    let tasks = ["a", "b"].map { TaskDescription(name: $0, scale: .continuous) }
    return try TrainingPrograms(
      LoweredModel(model, features: 6, tasks: tasks), featureCount: 6, options: options
    ).screenedNames
  }

  @Test(
    arguments: [
      GroupLasso(), SparseGroupLasso(), L1(), GroupMCP(), GroupSCAD(), GroupLasso(.fixed(0.1)),
    ] as [any Penalty])
  func penaltiesThatZeroInputsScreen(_ penalty: any Penalty) throws {
    #expect(try screened([Dense(4).penalized(by: penalty)]) == ["shared.0.weight"])
  }

  @Test(
    arguments: [GroupLasso(.none), GroupLasso(over: .units), Ridge(.fixed(0.1))] as [any Penalty])
  func otherPenaltiesDoNot(_ penalty: any Penalty) throws {
    #expect(try screened([Dense(4).penalized(by: penalty)]).isEmpty)
  }

  @Test func everyWeightThatSeesTheFeaturesHasToScreen() throws {
    let dense = Dense(4).penalized(by: GroupLasso())
    #expect(try screened([Dropout(0.5), dense]).isEmpty)
    #expect(try screened([LayerNorm(), dense]).isEmpty)
    #expect(try screened([Dense(6), dense]).isEmpty)
    #expect(try screened([dense, Dense(6), dense]) == ["shared.0.weight"])
  }

  /// GradNorm looks at the norm of the first weight's gradient, to which every feature contributes.
  @Test func aRuleThatLooksAtTheGradientsOfTheWeightKeepsAllFeatures() throws {
    let dense = Dense(4).penalized(by: GroupLasso())
    #expect(try screened([dense], balancing: GradNorm()).isEmpty)
    #expect(try !screened([dense], balancing: Uncertainty()).isEmpty)
  }

  @Test func aSubgradientStepHasNoExactZeros() throws {
    let dense = Dense(4).penalized(by: GroupLasso())
    #expect(try screened([dense], step: .subgradient).isEmpty)
    #expect(try !screened([dense], step: .proximalElementwise).isEmpty)
  }

  @Test func looksBecomeRarerAndMoreSoWhileNothingIsFound() {
    var schedule = ColumnSchedule()
    schedule.begin(epoch: 2)
    #expect(!schedule.isDue(epoch: 11))
    #expect(schedule.isDue(epoch: 12))
    schedule.looked(epoch: 12, hasFound: false)
    #expect(!schedule.isDue(epoch: 31))
    #expect(schedule.isDue(epoch: 32))
    schedule.looked(epoch: 32, hasFound: true)
    #expect(!schedule.isDue(epoch: 61))
    #expect(schedule.isDue(epoch: 62))
  }

  @Test func featuresAreLeftOutWhereThatSavesMuch() {
    #expect(ColumnSchedule.narrows(nonzero: 25, of: 100, isNarrow: false))
    #expect(!ColumnSchedule.narrows(nonzero: 26, of: 100, isNarrow: false))
    #expect(ColumnSchedule.narrows(nonzero: 50, of: 100, isNarrow: true))
    #expect(!ColumnSchedule.narrows(nonzero: 10, of: 64, isNarrow: true))
    #expect(!ColumnSchedule.narrows(nonzero: 0, of: 100, isNarrow: false))
    #expect(ActiveColumns.automatic.isOn(featureCount: 1000))
    #expect(!ActiveColumns.automatic.isOn(featureCount: 999))
  }

  @Test func trainingTakesAQuarterMoreAtMostForFeaturesThatComeBack() {
    var screen = ColumnScreen(epochCount: 40)
    #expect(screen.lastEpoch == 40)
    #expect(screen.mayGoOn(after: 39) && screen.isNew(30))
    screen.checked(30, violatorCount: 2)
    #expect(!screen.isNew(30) && screen.violatorCount == 2)
    screen.goOn(after: 39)
    #expect(screen.lastEpoch == 45)
    screen.goOn(after: 47)
    #expect(screen.lastEpoch == 50)
    #expect(!screen.mayGoOn(after: 49))
  }

  @Test func chosenColumnsGoBackToTheirPlaces() {
    let subset = ColumnSubset(columns: [1, 3], width: 4)
    let wide: [Double] = [0, 1, 2, 3, 4, 5, 6, 7]
    var narrow = [0.0, 0, 0, 0]
    narrow.withUnsafeMutableBufferPointer { target in
      wide.withUnsafeBufferPointer { source in
        if let from = source.baseAddress, let to = target.baseAddress {
          subset.gather(from, rowCount: 2, into: to)
        }
      }
    }
    #expect(narrow == [1, 3, 5, 7])
    #expect(subset.widened(narrow) == [0, 1, 0, 3, 0, 5, 0, 7])
  }

  @Test func patienceBeginsAnewWhenAskedTo() {
    var stopping = EarlyStopping(patience: 2)
    let isBest = stopping.accepts(0.5, epoch: 0)
    #expect(isBest)
    #expect(stopping.isOver(epoch: 2))
    stopping.waitAnew(from: 2)
    #expect(!stopping.isOver(epoch: 3))
    #expect(stopping.isOver(epoch: 4))
    #expect(stopping.bestEpoch == 0)
  }
}
