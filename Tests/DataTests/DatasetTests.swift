import Foundation
import Testing

@testable import RankineData

struct DatasetTests {
  private let csv = """
    id,ER,time,event,age,gene_a,gene_b
    p1,Positive,2.5,1,40,0.1,3
    p2,Negative,4,0,50,0.2,1
    p3,,6,1,60,0.3,2

    """

  @Test func theBlockDeclaresTasksAndPredictors() throws {
    let wantsRelapse = true
    let data = try Dataset(table(csv)) {
      Outcome("ER", .binary(positive: "Positive"))
      if wantsRelapse {
        Outcome("relapse", .censored(time: "time", event: "event"))
      }
      for name in ["age"] { Outcome(name, .continuous) }
      Features(.allOther, identifier: "id")
    }
    #expect(data.outcomes.map(\.name) == ["ER", "relapse", "age"])
    #expect(data.outcomes.map(\.scale) == [.binary, .censored, .continuous])
    #expect(data.featureColumns == ["gene_a", "gene_b"])
    #expect(data.identifiers == ["p1", "p2", "p3"])
    #expect(data.outcomes[0].observedRows == [0, 1] && data.rowCount == 3)
    #expect(data.declarations[0].levels == ["Negative", "Positive"])
  }

  @Test func theCommandLineNotationGivesTheSame() throws {
    let table = try table(csv)
    let data = try Dataset(
      table: table, specs: ["ER:binary(Pos)", "OS=censored(time,event)"],
      features: ["gene_*", "age"],
      exclude: ["gene_b"], id: "id")
    #expect(data.featureColumns == ["age", "gene_a"])
    #expect(data.outcomes[1].event == [true, false, true])
    let matrix = try data.preprocessor(fittedOn: [0, 1]).transform(table)
    #expect(matrix.names == ["age", "gene_a"])
    #expect(matrix.floats[0] == -1)
  }

  @Test func everyOtherColumnIsAPredictorByDefault() throws {
    let data = try Dataset(table: table(csv), specs: ["OS=censored(time,event)"], exclude: ["id"])
    #expect(data.featureColumns == ["ER", "age", "gene_a", "gene_b"])
  }

  @Test func arraysInMemoryAreRowMajor() throws {
    let data = try Dataset(
      predictors: ["a", "b"], values: [1, 2, 3, 4, 5, 6],
      outcomeColumns: [Column("y", numbers: [0, 1, .nan])], outcomes: [Outcome("y", .binary)])
    #expect(try data.table.column("b").numbers() == [2, 4, 6])
    #expect(data.featureColumns == ["a", "b"])
    #expect(
      try dataError {
        try Dataset(predictors: ["a", "b"], values: [1], outcomeColumns: [], outcomes: [])
      }.message == "1 values do not fill rows of 2")
  }

  @Test func mistakesInTheDeclarationAreNamed() throws {
    let table = try table(csv)
    #expect(
      try dataError { try Dataset(table: table, specs: []) }.message == "no task is declared")
    #expect(
      try dataError { try Dataset(table: table, specs: ["age:count", "age:continuous"]) }.message
        == "two tasks have this name")
    #expect(
      try dataError { try Dataset(table: table, specs: ["age:count"], features: ["age"]) }
        == DataError(
          "bad-features", in: "column \"age\"", "it is an outcome or the identifier",
          hint: "do not name it as a predictor"))
    #expect(
      try dataError { try Dataset(table: table, specs: ["age:count"], exclude: ["gena_a"]) }.hint
        == "did you mean \"gene_a\"?")
    #expect(
      try dataError { try Dataset(table: table, specs: ["age:count"], exclude: ["*"]) }.message
        == "no predictor is left")
    #expect(
      try dataError {
        try Dataset(table) {
          Outcome("age", .count)
          Features()
          Features()
        }
      }.message == "features are declared 2 times")
  }
}
