import RankineData
import RankineLanguage
import RankineSupport
import Testing

@testable import RankineTraining

/// A declaration around the small model.
private struct SmallDeclaration: ModelDeclaration {
  static var hyperparameters: [Hyperparameter<SmallDeclaration>] { [] }
  var model: Model { smallModel(.path(count: 3)) }
}

struct StabilityFitTests {
  private func selection(threads: Int, permutations: Int = 4) throws -> StabilitySelection {
    let data = try SmallData(rowCount: 160, width: 12).dataset([
      Outcome("y", .continuous), Outcome("z", .binary),
    ])
    var stability = StabilityOptions()
    stability.subsampleCount = 8
    stability.permutationCount = permutations
    stability.selectedCount = 2
    return try SmallDeclaration().selectStably(
      data, options: .quick(epochs: 20), stability: stability, threads: threads)
  }

  @Test func theFeaturesThatMatterAreSelectedOnHalvesWhateverTheThreads() throws {
    let selection = try selection(threads: 2)
    #expect(Set(selection.selected.map(\.name)) == ["x1", "x2"])
    #expect(selection.features.map(\.frequency).reduce(0, +) <= 2)
    #expect(selection.bound.pairCount == 4 && selection.halfSize == 80)
    let first = try #require(selection.features.first)
    #expect(first.frequency == 1 && first.relevance.count == 2)
    #expect(try #require(first.pValue) < 1)
    let again = try self.selection(threads: 1)
    #expect(again.features == selection.features && again.null == selection.null)
  }

  @Test func theTableHasAColumnForEachThingThatIsKnown() throws {
    let table = try selection(threads: 2, permutations: 0).table()
    #expect(
      table.columnNames == [
        "rank", "feature", "norm", "selected", "frequency", "expected_false", "p_value",
        "y.relevance", "z.relevance",
      ])
    #expect(table.rowCount == 12)
    #expect(try table.column("p_value").numbers().allSatisfy { $0.isNaN })
  }

  @Test(arguments: [
    (3, 0.75, 1, "subsampleCount is 3", "give an even number of at least 4"),
    (8, 0.5, 1, "threshold is 0.5", "give a share above 0.5, at most 1"),
    (8, 0.75, 0, "selectedCount is 0", "give a number of at least 1"),
  ])
  func optionsOutOfRangeAreNamed(
    _ subsamples: Int, _ threshold: Double, _ count: Int, _ message: String, _ hint: String
  ) throws {
    var stability = StabilityOptions()
    (stability.subsampleCount, stability.threshold) = (subsamples, threshold)
    stability.selectedCount = count
    let data = try SmallData(rowCount: 30).dataset([Outcome("y", .continuous)])
    let error = #expect(throws: TrainingError.self) {
      try SmallDeclaration().selectStably(data, stability: stability)
    }
    #expect(
      error
        == TrainingError("bad-option", at: "stability options", message, hint: hint))
  }

  @Test func permutationsKeepTheTasksOfARowTogether() throws {
    let data = try SmallData(rowCount: 40).dataset([
      Outcome("y", .continuous), Outcome("z", .binary),
    ])
    let units = RowUnits(of: Array(0..<40), outcomes: data.outcomes)
    var random = CounterRandom(seed: 1)
    let order = units.permutation(rowCount: 40, random: &random)
    #expect(order.sorted() == Array(0..<40) && order != Array(0..<40))
    let permuted = data.outcomes.map { $0.permuted(by: order) }
    for row in 0..<40 {
      #expect(permuted[0].values[row] == data.outcomes[0].values[order[row]])
      #expect(permuted[1].values[row] == data.outcomes[1].values[order[row]])
    }
  }

  @Test func subjectsChangePlacesWithOthersOfAsManyRows() {
    let subjects = [0, 0, 1, 2, 2, 3, 4, 4]
    let outcome = OutcomeValues(
      name: "y", type: LongitudinalOutcome(value: "v", subject: "s"),
      values: (0..<8).map(Double.init), companions: RowCompanions(subject: subjects))
    let units = RowUnits(of: Array(0..<8), outcomes: [outcome])
    var random = CounterRandom(seed: 3)
    let order = units.permutation(rowCount: 8, random: &random)
    #expect(order.sorted() == Array(0..<8))
    let moved = outcome.permuted(by: order).companions.subject ?? []
    #expect(moved[0] == moved[1] && moved[3] == moved[4] && moved[6] == moved[7])
    #expect(Set([moved[2], moved[5]]) == [1, 3])
  }
}
