import RankineData
import RankineLanguage
import Testing

@testable import RankineTraining

struct MemoryEstimateTests {
  private let tasks = [TaskDescription(name: "y", scale: .continuous)]

  private func estimate(
    features: Int = 10, precision: Precision = .float, usesFolds: Bool = false, threads: Int = 1
  ) throws -> MemoryEstimate {
    var options = TrainingOptions.quick()
    options.precision = precision
    return try MemoryEstimate(
      smallModel(.path(count: 3)), rowCount: 100, featureCount: features, tasks: tasks,
      options: options, usesFolds: usesFolds, threads: threads)
  }

  private func bytes(_ estimate: MemoryEstimate, _ name: String) throws -> Int {
    try #require(estimate.items.first { $0.name == name }).byteCount
  }

  /// 8·10 + 8 weights of the shared layer, 4·8 + 4 and 4 + 1 of the task's: 129.
  @Test func dataParametersAndStateAreCounted() throws {
    let estimate = try estimate()
    #expect(try bytes(estimate, "features") == 100 * 10 * 4)
    #expect(try bytes(estimate, "copied rows") == 0)
    #expect(try bytes(estimate, "parameters") == 129 * 4)
    #expect(try bytes(estimate, "running means") == 129 * 4)
    // One moment for each, a second one for each but the penalized weight, which has one in all.
    #expect(try bytes(estimate, "optimizer state") == (129 + 49 + 1) * 4)
    #expect(try bytes(estimate, "kept weights") == 2 * 129 * 8)
    #expect(try bytes(estimate, "workspace") > 60 * 8 * 4)
  }

  @Test func doubleTakesTwiceAsMuch() throws {
    let (single, double) = (try estimate(), try estimate(precision: .double))
    for name in ["features", "parameters", "optimizer state"] {
      #expect(try bytes(double, name) == 2 * bytes(single, name))
    }
  }

  @Test func onlyWhatFitsDoNotShareGrowsWithThreads() throws {
    let (one, two, many) = (
      try estimate(), try estimate(threads: 2), try estimate(threads: 100)
    )
    #expect(two.byteCount - one.byteCount == one.byteCount - 4000)
    #expect(many.concurrentFits == 3)
    #expect(try bytes(two, "features") == bytes(one, "features"))
  }

  @Test func foldsCopyTheirRows() throws {
    #expect(try bytes(estimate(usesFolds: true), "copied rows") == 100 * 10 * 4)
    #expect(try estimate(usesFolds: true, threads: 100).concurrentFits == 15)
  }

  @Test func theTextHasALineAnItemAndTheirSum() throws {
    let text = try estimate(features: 100_000, threads: 2).text
    let lines = text.split(separator: "\n")
    #expect(lines[0] == "features            40.0 MB")
    #expect(lines[1] == "parameters           3.2 MB  × 2 fits")
    #expect(lines.last?.hasPrefix("in all") == true)
    #expect(!text.contains("copied rows"))
  }
}
