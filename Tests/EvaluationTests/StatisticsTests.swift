import RankineData
import RankineEvaluation
import Testing

@Test func momentsOfASmallSample() {
  let numbers = [2.0, 4, 4, 4, 5, 5, 7, 9]
  #expect(Statistics.mean(numbers) == 5)
  #expect(isClose(Statistics.standardDeviation(numbers), (32.0 / 7).squareRoot()))
  #expect(isClose(Statistics.standardError(numbers), (4.0 / 7).squareRoot()))
  #expect(Statistics.mean([]).isNaN)
  #expect(Statistics.standardDeviation([1]).isNaN)
}

@Test func quantilesAreLinearBetweenOrderStatistics() {
  #expect(Statistics.quantile(0.25, of: [4, 1, 3, 2]) == 1.75)
  #expect(Statistics.quantile(0, of: [4, 1]) == 1)
  #expect(Statistics.quantile(1, of: [4, 1]) == 4)
  #expect(Statistics.median([5, 1, 3]) == 3)
  #expect(Statistics.medianAbsoluteDeviation([1, 1, 2, 2, 4, 6, 9], isScaled: false) == 1)
  #expect(Statistics.median([]).isNaN)
}

@Test(arguments: [
  (1.0, 12.706204736), (2, 4.302652730), (5, 2.570581836), (10, 2.228138852), (30, 2.042272456),
  (99, 1.984216952), (1e6, 1.959966),
])
func studentQuantilesMatchTheTables(_ degrees: Double, _ expected: Double) {
  let student = StudentT(degreesOfFreedom: degrees)
  #expect(isClose(student.quantile(0.975), expected, within: 1e-6))
  #expect(isClose(student.quantile(0.025), -student.quantile(0.975)))
  #expect(isClose(student.cumulative(student.quantile(0.9)), 0.9, within: 1e-12))
}

@Test func studentWithOneDegreeIsCauchy() {
  let cauchy = StudentT(degreesOfFreedom: 1)
  #expect(isClose(cauchy.cumulative(1), 0.75))
  #expect(isClose(cauchy.quantile(0.25), -1))
  #expect(cauchy.quantile(0.5) == 0)
  #expect(cauchy.cumulative(0) == 0.5)
}

@Test func pairedDifferenceUsesStudentsInterval() throws {
  let difference = PairedDifference([3, 5, 4, .nan], minus: [1, 2, 3, 4])
  #expect(difference.count == 3)
  #expect(difference.mean == 2)
  #expect(isClose(difference.standardError, 1 / 3.0.squareRoot()))
  let interval = try #require(difference.interval)
  #expect(isClose(interval.upperBound, 2 + 4.302652730 / 3.0.squareRoot(), within: 1e-9))
  #expect(PairedDifference([1], minus: [0]).interval == nil)
}

@Test func kaplanMeierOfAWorkedExample() {
  let curve = KaplanMeier(
    times: [6, 6, 6, 7, 10, 6], events: [true, true, true, true, false, false])
  #expect(curve.times == [6, 7])
  #expect(isClose(curve.survival, [0.5, 0.25]))
  #expect(curve.survival(before: 6) == 1)
  #expect(curve.survival(at: 6) == 0.5)
  #expect(curve.survival(at: 100) == 0.25)
  #expect(curve.median == 6)
  #expect(curve.quantile(0.9) == nil)
}

@Test func kaplanMeierWithoutCensoringIsTheEmpiricalCurve() {
  let times = [3.0, 1, 2, 5, 4, 4, 8]
  let curve = KaplanMeier(times: times, events: times.map { _ in true })
  for time in [0.5, 1, 3.5, 4, 8] {
    #expect(isClose(curve.survival(at: time), Double(times.count { $0 > time }) / 7))
  }
  #expect(curve.median == 4)
}

@Test func aCensoredCurveThatStaysHighHasNoMedian() {
  #expect(KaplanMeier(times: [1, 2, 3], events: [true, false, false]).median == nil)
  #expect(KaplanMeier(times: [1, 2], events: [false, false]).survival(at: 9) == 1)
}

@Test func anEventLeavesBeforeACensoringAtTheSameTime() {
  let times = [1.0, 1, 2]
  let events = [true, false, false]
  #expect(isClose(KaplanMeier.ofCensoring(times: times, events: events).survival, [0.5, 0]))
  #expect(isClose(KaplanMeier(times: times, events: events).survival, [2.0 / 3]))
}
