import Foundation
import Testing

@testable import RankineData

struct OutcomeSpecificationTests {
  @Test(arguments: [
    ("ER:binary", "ER:binary"),
    ("ER=binary", "ER:binary"),
    ("ER:binary(Positive)", "ER:binary(Positive)"),
    (" Grade : ordinal( Well < Intermediate<Poorly )", "Grade:ordinal(Well<Intermediate<Poorly)"),
    ("level:ordinal", "level:ordinal"),
    ("slos:count", "slos:count"),
    ("age:Continuous", "age:continuous"),
    ("OS=censored(time,event)", "OS:censored(time,event)"),
    ("OS=censored(time,status,2)", "OS:censored(time,status,2)"),
    ("a:b=binary", "a:b:binary"),
    ("PTT (s):continuous", "PTT (s):continuous"),
    ("f:ordinal(\"a<b\"<\"c(d)\")", "f:ordinal(\"a<b\"<\"c(d)\")"),
  ])
  func eachFormIsReadAndWrittenBack(_ text: String, _ canonical: String) throws {
    let outcome = try Outcome(specification: text)
    #expect(outcome.specification == canonical)
    #expect(try Outcome(specification: canonical).specification == canonical)
  }

  @Test(arguments: OutcomeTypes.all.map { $0.name })
  func everyTypeIsFoundByItsNameAndKeepsItsArgumentsAsJSON(_ name: String) throws {
    let pair = ["censored", "longitudinal", "class"].contains(name)
    let arguments = pair ? "(t,e)" : name == "ordinal" ? "(a<b)" : ""
    let outcome = try Outcome(specification: "y:\(name)\(arguments)")
    #expect(type(of: outcome.type).name == name)
    #expect(type(of: outcome.type).calibrations.isEmpty == false)
    let json = try JSONEncoder().encode(outcome)
    let back = try JSONDecoder().decode(Outcome.self, from: json)
    #expect(back.specification == outcome.specification)
  }

  @Test func defaultBandwidthsFollowTheSimulations() throws {
    for type in OutcomeTypes.all {
      #expect(type.bandwidth == (type.scale == .binary ? 0.5 : 0.3), "\(type.name)")
    }
  }

  @Test func aMisspeltTypeGetsTheNearestOne() throws {
    #expect(
      try dataError { try Outcome(specification: "ER:binray") }.description == """
        error[unknown-type] in task "ER": there is no outcome type "binray"
          hint: did you mean "binary"?
        """)
  }

  @Test(arguments: ["ER", "ER:", ":binary", "ER binary", "ER:binary(a", "", "ER:4"])
  func anythingElseShowsTheForm(_ text: String) throws {
    #expect(
      try dataError { try Outcome(specification: text) }.description == """
        error[bad-spec] in task "\(text)": expected NAME:TYPE or NAME=TYPE(ARGUMENTS)
          hint: for example ER:binary, Grade:ordinal(Well<Poorly) or OS=censored(time,event)
        """)
  }

  @Test(arguments: [
    ("y:continuous(a)", "continuous does not take 1 argument", "write NAME:continuous"),
    (
      "y:binary(a,b)", "binary does not take 2 arguments",
      "write NAME:binary or NAME:binary(POSITIVE)"
    ),
    (
      "y:ordinal(a)", "ordinal does not take 1 argument",
      "write NAME:ordinal(LOW<…<HIGH; weights=…), where numbers need no levels"
    ),
    (
      "y:censored", "censored does not take 0 arguments",
      "write NAME=censored(TIME,EVENT) or NAME=censored(TIME,EVENT,LEVEL; entry=COLUMN, weights=uno)"
    ),
  ])
  func aWrongNumberOfArgumentsShowsTheUsage(
    _ text: String, _ message: String, _ hint: String
  ) throws {
    let error = try dataError { try Outcome(specification: text) }
    #expect(error == DataError("bad-spec", in: "task \"y\"", message, hint: hint))
  }

  @Test func emptyArgumentsAndOpenQuotesAreNamed() throws {
    #expect(
      try dataError { try Outcome(specification: "y:ordinal(a<)") }.message
        == "an argument is empty")
    #expect(
      try dataError { try Outcome(specification: "y:ordinal(\"a<b)") }.message
        == "a quote is never closed")
  }
}
