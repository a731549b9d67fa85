import RankineEvaluation
import Testing

@Test func selectionRanksByNormAndFindsTheExactZeros() {
  let selection = Selection(norms: [0.5, 0, 2, 0.5, 0])
  #expect(selection.order == [2, 0, 3, 1, 4])
  #expect(selection.ranks == [2.5, 4.5, 1, 2.5, 4.5])
  #expect(selection.nonzero == [0, 2, 3])
}

@Test func aNormThatIsNoNumberCountsAsZero() {
  #expect(Selection(norms: [.nan, 1, -1]).norms == [0, 1, 0])
  #expect(Selection(norms: [.nan, 1, -1]).ranks == [2.5, 1, 2.5])
}

@Test func tiesCountInExpectation() {
  // Feature 2 leads; three features share the next two places, one of them important.
  let selection = Selection(norms: [1, 1, 3, 1, 0])
  #expect(isClose(selection.truePositives(important: [2, 3], top: 3), 1 + 2.0 / 3))
  #expect(selection.truePositives(important: [2, 3], top: 4) == 2)
  #expect(selection.truePositives(important: [2, 3], top: 0) == 0)
  #expect(selection.truePositives(important: [0, 1, 2, 3, 4], top: 50) == 5)
}

@Test func equalNormsGiveTheChanceLevel() {
  let selection = Selection(norms: Array(repeating: 0, count: 100))
  #expect(isClose(selection.truePositives(important: Set(0..<30), top: 30), 9))
}

@Test func theOrderOfColumnsDoesNotMatter() {
  let norms = [0.0, 2, 2, 1, 0, 3]
  let forward = Selection(norms: norms).truePositives(important: [0, 1], top: 2)
  let backward = Selection(norms: norms.reversed()).truePositives(important: [5, 4], top: 2)
  #expect(forward == backward)
}

@Test func sharesOfATieAddUpToItsPlaces() {
  let selection = Selection(norms: [1, 1, 3, 1, 0])
  let third = 1.0 / 3
  #expect(selection.shares(top: 2) == [third, third, 1, third, 0])
  #expect(selection.shares(top: 0) == [0, 0, 0, 0, 0])
  #expect(selection.shares(top: 9) == [1, 1, 1, 1, 1])
}
