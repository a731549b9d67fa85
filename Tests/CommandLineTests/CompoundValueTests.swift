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

@Test func aNumberListIsSortedAndHasEachNumberOnce() {
  #expect(NumberList(argumentText: "5,1-3,2")?.numbers == [1, 2, 3, 5])
  #expect(NumberList(argumentText: "7")?.argumentText == "7")
  for text in ["", "3-1", "0-2", "1-2-3", "1-", "a", "1-99999999999"] {
    #expect(NumberList(argumentText: text) == nil, "\(text)")
  }
}

@Test func theShardsOfAStudyCoverEveryPieceOnce() {
  for count in 1...5 {
    let shards = (1...count).compactMap { Shard(argumentText: "\($0)/\(count)") }
    #expect(shards.count == count)
    for piece in 0..<23 { #expect(shards.filter { $0.contains(piece) }.count == 1) }
  }
  for text in ["0/3", "4/3", "1", "1/0", "1/2/3", "a/b"] {
    #expect(Shard(argumentText: text) == nil, "\(text)")
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
