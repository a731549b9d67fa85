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

@Test(arguments: [
  ("ER:binary", "ER", TaskSpecification.Scale.binary(positive: nil)),
  ("ER=binary(Positive)", "ER", .binary(positive: "Positive")),
  ("age:continuous", "age", .continuous),
  ("slos:count", "slos", .count),
  (
    "Grade:ordinal(Well < Intermediate<Poorly)", "Grade",
    .ordinal(levels: ["Well", "Intermediate", "Poorly"])
  ),
  ("stage:ordinal", "stage", .ordinal(levels: [])),
  ("OS=censored(time,event)", "OS", .censored(time: "time", event: "event")),
  ("visit=longitudinal(value,subject)", "visit", .longitudinal(value: "value", subject: "subject")),
  ("age (years):continuous", "age (years)", .continuous),
  ("ratio a:b=count", "ratio a:b", .count),
  ("OS:censored(days (d), dead=1)", "OS", .censored(time: "days (d)", event: "dead=1")),
])
func aTaskIsNameTypeAndDetails(text: String, name: String, scale: TaskSpecification.Scale) throws {
  let task = try TaskSpecification(text)
  #expect(task.name == name)
  #expect(task.scale == scale)
}

@Test(arguments: [
  (
    "age",
    """
    error[invalid-value] in --task: expected NAME:TYPE, got "age"
      hint: for example age:continuous
    """
  ),
  (
    "ER:binray",
    """
    error[invalid-value] in --task: "ER:binray": there is no outcome type "binray"
      hint: did you mean "binary"?
    """
  ),
  (
    "OS:censored(time)",
    """
    error[invalid-value] in --task: "OS:censored(time)": the details do not fit the type
      hint: write OS:censored(TIME,EVENT)
    """
  ),
  (
    "G:ordinal(a<a)",
    """
    error[invalid-value] in --task: "G:ordinal(a<a)": the details do not fit the type
      hint: write G:ordinal or ordinal(LOW<…<HIGH)
    """
  ),
])
func aWrongTaskSaysHowToWriteIt(text: String, description: String) {
  let error = #expect(throws: UsageError.self) { try TaskSpecification(text) }
  #expect(error?.description == description)
}
