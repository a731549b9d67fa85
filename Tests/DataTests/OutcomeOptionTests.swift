import Foundation
import Testing

@testable import RankineData

struct OutcomeOptionTests {
  @Test(arguments: [
    "Grade:ordinal(low<mid<high; weights=levels)", "n:ordinal(; weights=gap)",
    "v:count(n,years)", "v:count(n,years; ratio=1.5)", "v:count(n)",
    "OS:censored(time,event; entry=start, weights=uno, tau=5)", "OS:censored(time,event,dead)",
    "y:longitudinal(value,who)", "y:longitudinal(value,who,when; width=2, within=0.25)",
    "kind:nominal(A,B,C)", "kind:nominal", "kind[A]:class(kind,A)",
    "OS:censored(time,event; entry=\"day; of entry\")",
  ])
  func aSpecificationAndItsRecordMakeTheSameTask(_ text: String) throws {
    let outcome = try Outcome(specification: text)
    #expect(outcome.specification == text)
    let copy = try JSONDecoder().decode(Outcome.self, from: JSONEncoder().encode(outcome))
    #expect(copy.specification == text)
  }

  @Test func aRecordWithoutOptionsIsStillRead() throws {
    let text = #"{"name":"y","type":"ordinal","arguments":["a","b"],"levels":["a","b"]}"#
    let outcome = try JSONDecoder().decode(Outcome.self, from: Data(text.utf8))
    #expect(outcome.specification == "y:ordinal(a<b)")
  }

  @Test(arguments: [
    ("y:ordinal(a<b; weight=gap)", "ordinal has no option \"weight\"", "did you mean \"weights\"?"),
    (
      "y:ordinal(a<b; weights=size)", "weights of ordinal is \"size\"",
      "expected pairs, levels, gap"
    ),
    ("y:continuous(; a=b)", "continuous has no option \"a\"", "write NAME:continuous"),
    (
      "y:ordinal(a<b; gap)", "expected KEY=VALUE once a key, found \"gap\"",
      "write " + OrdinalOutcome.usage
    ),
    (
      "y:ordinal(a<b; weights=gap, weights=gap)",
      "expected KEY=VALUE once a key, found \"weights=gap\"", "write " + OrdinalOutcome.usage
    ),
    ("v=count(n,e; ratio=1)", "ratio of count is \"1\"", "expected a number above 1"),
    (
      "v=count(n; ratio=2)", "ratio compares exposures, and there are none",
      "write " + CountOutcome.usage
    ),
    ("v=count(n,e,f)", "count does not take 3 arguments", "write " + CountOutcome.usage),
    (
      "s=censored(t,e; weights=ipcw)", "weights of censored is \"ipcw\"",
      "expected harrell or uno"
    ),
    ("s=censored(t,e; weights=uno, tau=0)", "tau of censored is \"0\"", "expected a time above 0"),
    (
      "s=censored(t,e; tau=5)", "tau limits Uno's pairs, which are off",
      "add weights=uno"
    ),
    (
      "y=longitudinal(v)", "longitudinal does not take 1 argument",
      "write " + LongitudinalOutcome.usage
    ),
    (
      "y=longitudinal(v,w; width=2)", "width matches times, and there are none",
      "write " + LongitudinalOutcome.usage
    ),
    (
      "y=longitudinal(v,w; within=2)", "within of longitudinal is \"2\"",
      "expected a share from 0 to 1"
    ),
    ("y=class(a)", "class does not take 1 argument", "write NAME=class(COLUMN,CLASS)"),
  ])
  func aSpecificationThatCannotBeReadSaysWhy(
    _ text: String, _ message: String, _ hint: String
  ) throws {
    let error = try dataError { try Outcome(specification: text) }
    #expect(error.code == "bad-spec")
    #expect(error.message == message)
    #expect(error.hint == hint)
  }
}
