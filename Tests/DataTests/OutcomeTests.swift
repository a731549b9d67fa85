import Foundation
import Testing

@testable import RankineData

struct OutcomeTests {
  private func read(_ specification: String, _ csv: String) throws -> OutcomeValues {
    let values = try Outcome(specification: specification).read(from: table(csv))
    try values.type.validate(values)
    return values
  }

  private func column(_ name: String, _ cells: String) -> String {
    "\(name),x,e\n" + cells.split(separator: " ").map { "\($0),0,1\n" }.joined()
  }

  @Test(arguments: [
    ("0 1 0", "", ["0", "1"]), ("1 2 1", "", ["1", "2"]), ("-1 1", "", ["-1", "1"]),
    ("No Yes", "", ["No", "Yes"]), ("positive zz", "", ["zz", "positive"]),
    ("True False", "", ["False", "True"]), ("b a", "", ["a", "b"]), ("b a", "(a)", ["b", "a"]),
    ("Positive Negative", "(neg)", ["Positive", "Negative"]), ("0.0 1.0", "(0)", ["1", "0"]),
  ])
  func theTwoLevelsAreOrderedAndRecorded(
    _ cells: String, _ arguments: String, _ levels: [String]
  ) throws {
    #expect(try read("y:binary\(arguments)", column("y", cells)).levels == levels)
  }

  @Test func binaryValuesAreZeroAndOneAndMissing() throws {
    let values = try read("y:binary", column("y", "no yes ? no"))
    #expect(values.values.map { $0.isNaN ? -1 : $0 } == [0, 1, -1, 0])
    #expect(values.observedRows == [0, 1, 3])
    #expect(values.ranks(1, above: 0) && !values.ranks(0, above: 1) && !values.ranks(1, above: 2))
  }

  @Test func aDeclaredLevelMatchesTheOnlyValueThatItBegins() throws {
    let csv = "Grade,x\nPoorly diff,0\nWell diff,0\nIntermediate,0\nWell diff,0\n"
    let values = try read("Grade:ordinal(well<Intermediate<Poorly)", csv)
    #expect(values.levels == ["Well diff", "Intermediate", "Poorly diff"])
    #expect(values.values == [2, 0, 1, 0])
  }

  @Test func levelsThatMatchNothingSeveralOrTheSameAreNamed() throws {
    let csv = "g,x\nlow a,0\nlow b,0\nhigh,0\n"
    let place = "task \"g\""
    #expect(
      try dataError { try read("g:ordinal(mid<high)", csv) }
        == DataError(
          "bad-outcome", in: place, "no value equals or begins with the level \"mid\"",
          hint: "the values are \"high\", \"low a\", \"low b\""))
    #expect(
      try dataError { try read("g:ordinal(low<high)", csv) }.message
        == "the level \"low\" begins several values: \"low a\", \"low b\"")
    #expect(
      try dataError { try read("g:ordinal(hi<high)", csv) }.message
        == "two declared levels mean the value \"high\"")
    #expect(
      try dataError { try read("g:ordinal(low a<high)", csv) }
        == DataError(
          "bad-outcome", in: "task \"g\", data.csv:3, column \"g\"",
          "expected one of the levels \"low a\", \"high\", found \"low b\"",
          hint: "correct the cell, leave it empty if it is missing, or name the level"))
  }

  @Test func numericLevelsOrderThemselves() throws {
    let values = try read("g:ordinal", column("g", "10 2 5.0 NA 2"))
    #expect(values.levels == ["2", "5", "10"])
    #expect(values.values.map { $0.isNaN ? -1 : $0 } == [2, 0, 1, -1, 0])
  }

  @Test(arguments: [
    ("1 0 1", "t,e"), ("true FALSE True", "t,e"), ("dead alive dead", "t,e"), ("2 1 2", "t,e,2"),
    ("relapse none relapse", "t,e,rel"),
  ])
  func eventsAreToldFromCensoredRows(_ cells: String, _ arguments: String) throws {
    let events = cells.split(separator: " ")
    let levels = Set(events.map { $0.lowercased() })
    #expect(levels.count == 2)
    let csv = "t,e\n" + zip([2, 4, 5], events).map { "\($0),\($1)\n" }.joined()
    let values = try read(
      "OS=censored(\(arguments))",
      csv.replacing("FALSE", with: "false")
        .replacing("True", with: "true"))
    #expect(values.event == [true, false, true])
  }

  @Test func aTableToEvaluateKeepsTheLearnedLevels() throws {
    let outcome = Outcome("y", .binary)
    let training = try outcome.read(from: table(column("y", "b a b")))
    let learned = outcome.learned(from: training)
    let decoded = try JSONDecoder().decode(Outcome.self, from: JSONEncoder().encode(learned))
    #expect(try decoded.read(from: table(column("y", "b b"))).values == [1, 1])
    #expect(
      try dataError { try decoded.read(from: table(column("y", "b c"))) }.message
        == "expected one of the levels \"a\", \"b\", found \"c\"")
  }

  @Test(arguments: [
    ("y:continuous", "NA NA", "every value is missing"),
    ("y:continuous", "2 2 NA", "every observed value is 2, so no row ranks above another"),
    ("y:binary", "NA NA", "every value is missing"),
    ("y:binary", "a a", "every observed value is \"a\", so there is one class"),
    ("y:binary", "a b c", "expected two levels, found 3: \"a\", \"b\", \"c\""),
    ("y:ordinal", "lo hi", "its levels are texts, which have no order: \"hi\", \"lo\""),
    ("y:ordinal", "3 3", "every observed value is 3, so no row ranks above another"),
    ("y:count", "0 0", "every observed value is 0, so no row ranks above another"),
    (
      "y=censored(y,e)", "7 7 7",
      "no row is known to outlast an event, so no row ranks above another"
    ),
    ("y=censored(y,e)", "NA NA", "every value is missing"),
    ("y=censored(y,x)", "1 2 3", "every observed row is censored, so no row ranks above another"),
  ])
  func anOutcomeThatCannotBeTrainedOnIsNamed(
    _ specification: String, _ cells: String, _ message: String
  ) throws {
    let error = try dataError { try read(specification, column("y", cells)) }
    #expect(error.code == "bad-outcome" && error.place == "task \"y\"")
    #expect(error.message == message)
    #expect(error.hint != nil)
  }

  @Test func valuesOutOfRangeNameTheirPlace() throws {
    #expect(
      try dataError { try read("y:count", column("y", "1 2.5")) }.description == """
        error[bad-outcome] in task "y", data.csv:3, column "y": expected a count 0, 1, 2, …, found 2.5
          hint: declare it y:continuous
        """)
    #expect(
      try dataError { try read("OS=censored(t,e)", "t,e\n1,1\n-2,0\n") }.description == """
        error[bad-outcome] in task "OS", data.csv:3, column "t": expected a time of 0 or more, found -2
          hint: correct the cell, or leave it empty if it is missing
        """)
    #expect(
      try dataError { try read("OS=censored(t,e)", "t,e\n1,1\n2,2\n") }.description == """
        error[bad-outcome] in task "OS": expected 0 and 1, or two levels, in the event column "e", \
        found "1", "2"
          hint: name the level that is an event: OS=censored(t,e,LEVEL)
        """)
  }

  @Test func aMissingOutcomeColumnNamesTheTask() throws {
    #expect(
      try dataError { try read("OS=censored(tine,e)", "time,e\n1,1\n") }.description == """
        error[missing-column] in task "OS": data.csv has no column "tine"
          hint: did you mean "time"?
        """)
  }
}
