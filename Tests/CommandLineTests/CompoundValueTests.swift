import RankineCommandLine
import Testing

@Test func anAssignmentSplitsAtTheFirstEqualsSign() {
  #expect(Assignment(argumentText: "label=a=b")?.key == "label")
  #expect(Assignment(argumentText: "label=a=b")?.value == "a=b")
  #expect(Assignment(argumentText: "label=")?.value == "")
  #expect(Assignment(argumentText: "label") == nil)
  #expect(Assignment(argumentText: "=3") == nil)
}

@Test func namesAreSeparatedByCommas() {
  #expect(NameList(argumentText: "age, body mass ,sex")?.names == ["age", "body mass", "sex"])
  #expect(NameList(argumentText: "age,,sex") == nil)
  #expect(NameList(argumentText: "") == nil)
}

@Test func aSplitHasThreePartsOfWhichTheFirstIsNeeded() {
  let split = SplitRatio(argumentText: "62.5/20/0")
  #expect(split?.training == 62.5 && split?.validation == 20 && split?.test == 0)
  #expect(split?.argumentText == "62.5/20/0")
  for text in ["60/20", "0/50/50", "60/-20/60", "60/20/x", "60/20/20/", ""] {
    #expect(SplitRatio(argumentText: text) == nil, "\(text)")
  }
}

@Test func thePenaltyIsAPathAutomaticOrANumber() {
  #expect(PenaltyChoice(argumentText: "path") == .path)
  #expect(PenaltyChoice(argumentText: "auto") == .automatic)
  #expect(PenaltyChoice(argumentText: "0.25") == .fixed(0.25))
  #expect(PenaltyChoice(argumentText: "-1") == nil)
  #expect(PenaltyChoice(argumentText: "inf") == nil)
  for text in ["path", "auto", "0.25"] {
    #expect(PenaltyChoice(argumentText: text)?.argumentText == text)
  }
}
