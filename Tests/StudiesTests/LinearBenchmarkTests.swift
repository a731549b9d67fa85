import Foundation
import Testing

@testable import RankineStudies

/// Two orthonormal features (X'X = 4 I) with rows of X'Y/4 of (3, 4) and (.6, .8).
private func file(
  changing change: (inout [String: NumpyFile.Array]) -> Void = { _ in }
) throws -> NumpyFile {
  let signs = [[1.0, 1], [1, -1], [-1, 1], [-1, -1]]
  var arrays: [String: NumpyFile.Array] = [
    "X": ([4, 2], signs.flatMap { $0 }),
    "Y": ([4, 2], signs.flatMap { [3 * $0[0] + 0.6 * $0[1], 4 * $0[0] + 0.8 * $0[1]] }),
    "lambda": ([2], [2, 0.5]),
  ]
  change(&arrays)
  return try NumpyFile(arrays)
}

@Test func aLinearBenchmarkReachesTheObjectivesWorkedByHand() throws {
  let file = try file()
  let result = try LinearBenchmark(contentsOf: file.url, precision: 1e-10).run(times: 2)
  #expect(result.seconds.count == 2 && result.used == [1, 2])
  // A row of norm 5 loses λ of it, one of norm 1 too, or all of it: Σ (lost²/2 + λ left).
  // 2 + ½ + 2 · 3, and ⅛ + ⅛ + ½ (4.5 + .5).
  let expected: [Double] = [8.5, 2.75]
  for (found, value) in zip(result.objectives, expected) { #expect(abs(found - value) < 1e-9) }
}

@Test func arraysThatDoNotFitTogetherAreRefused() throws {
  let file = try file { $0["Y"] = ([2, 4], Array(repeating: 1, count: 8)) }
  let error = #expect(throws: StudyError.self) {
    try LinearBenchmark(contentsOf: file.url, precision: 1e-5)
  }
  #expect(
    error?.description == """
      error[bad-reference] in tiny.npz: expected X [n, p], Y [n, K] and positive lambda [m], got shapes \
      [4, 2], [2, 4]
        hint: write the arrays as Tests/Peers/README.md says
      """)
}
