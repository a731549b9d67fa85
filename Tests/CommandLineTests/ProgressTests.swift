import Synchronization
import Testing

@testable import RankineCommandLine

@Test func theRestTakesAsLongPerStepAsTheStepsSoFar() {
  let estimate = ProgressEstimate(done: 30, total: 120, elapsed: 15)
  #expect(estimate.percent == 25)
  #expect(estimate.remaining == 45)
  #expect(
    estimate.line(for: "training", detail: "epoch 3") == "training  25%  about 45 s left  epoch 3")
}

@Test func beforeTheFirstStepThereIsNoEstimateAndBeyondTheLastNothingIsLeft() {
  #expect(ProgressEstimate(done: 0, total: 9, elapsed: 5).remaining == nil)
  #expect(ProgressEstimate(done: 12, total: 9, elapsed: 5).remaining == 0)
  #expect(ProgressEstimate(done: 0, total: 0, elapsed: 0).percent == 0)
  #expect(ProgressEstimate(done: 999, total: 1000, elapsed: 1).percent == 99)
}

@Test(arguments: [
  (0.0, "0 s"), (44.2, "45 s"), (60, "1 min 0 s"), (200, "3 min 20 s"), (7500, "2 h 5 min"),
  (.infinity, "277777 h 46 min"),
])
func durationsHaveTheirTwoLargestUnits(seconds: Double, text: String) {
  #expect(ProgressEstimate.text(ofSeconds: seconds) == text)
}

@Test func theLineIsRedrawnAtMostTenTimesASecondAndErasedOnce() {
  let now = Clock()
  let stream = CapturedStream(isTerminal: true)
  let line = ProgressLine("fit", total: 10, on: stream, clock: { now.seconds })
  now.seconds = 1
  line.advance(to: 1)
  now.seconds = 1.05
  line.advance(to: 2)
  now.seconds = 2
  line.advance(to: 5, "loss 0.3")
  line.finish()
  line.finish()
  line.advance(to: 6)
  let erase = "\r\u{1B}[K"
  #expect(
    stream.text
      == erase + "fit  10%  about 9 s left" + erase + "fit  50%  about 2 s left  loss 0.3" + erase)
}

@Test func aLineNeverReachesTheLastColumn() {
  let stream = CapturedStream(isTerminal: true, width: 10)
  ProgressLine("smoothing", total: 10, on: stream, clock: { 0 }).advance(to: 5)
  #expect(stream.text == "\r\u{1B}[Ksmoothing")
}

/// A clock that a test sets.
private final class Clock: Sendable {
  private let time = Mutex(0.0)
  var seconds: Double {
    get { time.withLock { $0 } }
    set { time.withLock { $0 = newValue } }
  }
}
