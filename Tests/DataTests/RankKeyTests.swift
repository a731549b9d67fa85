import Foundation
import RankineSupport
import Testing

@testable import RankineData

struct RankKeyTests {
  @Test func keysAreDenseRanksOfTheObservedValues() {
    let values = OutcomeValues(
      name: "y", type: ContinuousOutcome(), values: [0.5, -3, .nan, 0.5, 1e300, -0.0, 0])
    #expect(values.high.map { $0.isNaN ? -1 : $0 } == [2, 0, -1, 2, 3, 1, 1])
    #expect(values.low.map { $0.isNaN ? -1 : $0 } == [2, 0, -1, 2, 3, 1, 1])
  }

  @Test func aCensoredTimeIsAboveEventsUpToItAndBelowNothing() {
    let values = OutcomeValues(
      name: "OS", type: CensoredOutcome(time: "t", event: "e"),
      values: [2, 4, 5, 7, 4, .nan], event: [true, false, true, true, true, false])
    #expect(values.high[..<5] == [0, 1.5, 2, 3, 1])
    #expect(values.low[..<5] == [0, .infinity, 2, 3, 1])
    #expect(values.high[5].isNaN && values.low[5].isNaN)
  }

  /// The definition: j had an event, and i lived longer, or as long and was censored.
  @Test func keysAgreeWithTheDefinitionOfComparablePairs() {
    var random = CounterRandom(seed: 5)
    for _ in 0..<50 {
      let times = (0..<20).map { _ in
        random.uniform() < 0.1 ? Double.nan : (random.uniform() * 8).rounded()
      }
      let events = times.map { _ in random.uniform() < 0.5 }
      let values = OutcomeValues(
        name: "OS", type: CensoredOutcome(time: "t", event: "e"), values: times, event: events)
      for i in times.indices {
        for j in times.indices {
          let isLonger = times[i] > times[j] || times[i] == times[j] && !events[i]
          let isAbove = events[j] && isLonger && !times[i].isNaN && !times[j].isNaN
          #expect(values.ranks(i, above: j) == isAbove)
          #expect((Float(values.high[i]) > Float(values.low[j])) == isAbove)
        }
      }
    }
  }

  @Test func increasingTransformationsLeaveTheKeysUnchanged() {
    var random = CounterRandom(seed: 6)
    let raw = (0..<200).map { _ in random.normal() }
    let keys = { (values: [Double]) in
      OutcomeValues(name: "y", type: ContinuousOutcome(), values: values).high
    }
    #expect(keys(raw) == keys(raw.map { Foundation.exp($0) }))
    #expect(keys(raw) == keys(raw.map { $0 * $0 * $0 }))
  }
}
