import Testing

@testable import RankineData

struct NominalTests {
  private let csv = "kind,x\nB,1\nA,2\nC,3\n,4\nA,5\n"

  @Test func aNominalOutcomeIsATaskAClass() throws {
    let data = try Dataset(table: table(csv), specs: ["kind:nominal(C,A,B)"])
    #expect(data.outcomes.map(\.name) == ["kind[C]", "kind[A]", "kind[B]"])
    #expect(data.outcomes[1].values.map { $0.isNaN ? -1 : $0 } == [0, 1, 0, -1, 1])
    #expect(data.outcomes[1].levels == ["not A", "A"])
    #expect(data.outcomes.allSatisfy { $0.scale == .binary })
    #expect(data.featureColumns == ["x"])
    #expect(data.declarations[0].specification == "kind[C]:class(kind,C)")
  }

  @Test func withoutNamesEveryClassOfTheColumnHasATask() throws {
    let data = try Dataset(table: table(csv), specs: ["kind:nominal"])
    #expect(data.outcomes.map(\.name) == ["kind[A]", "kind[B]", "kind[C]"])
    let numbers = try Outcome("g", .nominal()).tasks(in: table("g,x\n3,0\n1,0\n2,0\n"))
    #expect(numbers.map(\.name) == ["g[1]", "g[2]", "g[3]"])
    #expect(try numbers[2].read(from: table("g,x\n3.0,0\n1,0\n")).values == [1, 0])
  }

  @Test func aClassReadsATableThatLacksTheOthers() throws {
    let outcome = try Outcome(specification: "kind[A]=class(kind,A)")
    #expect(outcome.columns == ["kind"])
    #expect(try outcome.read(from: table("kind,x\nA,0\nD,0\n")).values == [1, 0])
  }

  @Test func classesThatCannotBeToldApartAreNamed() throws {
    func message(_ specification: String, _ csv: String) throws -> DataError {
      try dataError { try Dataset(table: table(csv), specs: [specification]) }
    }
    #expect(
      try message("kind:nominal", "kind,x\nA,0\nB,0\n")
        == DataError(
          "bad-outcome", in: "task \"kind\"",
          "expected three classes or more, found 2: \"A\", \"B\"",
          hint: "declare it kind:binary"))
    #expect(
      try message("kind:nominal(A,B,A)", csv).message
        == "expected three classes or more, found 2: \"A\", \"B\", \"A\"")
    #expect(
      try message("kind:nominal(A,B,D)", csv).message
        == "no value equals or begins with the level \"D\"")
    #expect(
      try message("kind:nominal(A,B,C)", csv + "D,6\n").description.hasPrefix(
        "error[bad-outcome] in task \"kind\", data.csv:7, column \"kind\": expected one of the levels"
      ))
    #expect(
      try message("kind:nominal(A,B)", csv).description.contains(
        "nominal does not take 2 arguments"))
  }
}
