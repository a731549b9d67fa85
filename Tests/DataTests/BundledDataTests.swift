import Foundation
import Testing

@testable import RankineData

struct BundledDataTests {
  @Test func supportHasOneTaskOfEachTypeWithTheDocumentedCounts() throws {
    let data = try Dataset.bundled
    #expect(data.rowCount == 9105)
    #expect(data.outcomes.map(\.scale) == [.binary, .continuous, .censored, .ordinal, .count])
    #expect(data.outcomes.map { 9105 - $0.observedRows.count } == [0, 888, 0, 1400, 0])
    #expect(data.outcomes[0].values.reduce(0, +) == 2360)
    #expect(data.outcomes[2].event?.count { $0 } == 6201)
    #expect(data.outcomes[3].levels.first == "no(M2 and SIP pres)")
    #expect(data.outcomes[3].values.count { $0 == 4 } == 3123)
  }

  @Test func noOutcomePredictsAnother() throws {
    let data = try Dataset.bundled
    let outcomes = ["hospdead", "slos", "totcst", "avtisst", "d.time", "death", "adls", "sfdm2"]
    #expect(data.featureColumns.count == 25)
    #expect(Set(data.featureColumns).isDisjoint(with: outcomes))
    #expect(Set(data.table.columnNames) == Set(data.featureColumns + outcomes))
  }

  @Test func everyPredictorIsEncoded() throws {
    let data = try Dataset.bundled
    let rows = Array(stride(from: 0, to: data.rowCount, by: 30))
    let preprocessor = try data.preprocessor(fittedOn: rows)
    let matrix = try preprocessor.transform(data.table, rows: rows)
    #expect(matrix.names.contains("glucose.missing") && matrix.names.contains("sex=female"))
    #expect(matrix.values.allSatisfy { $0.isFinite })
  }
}
