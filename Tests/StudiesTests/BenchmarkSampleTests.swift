import Foundation
import RankineSupport
import Testing

@testable import RankineStudies

struct BenchmarkSampleTests {
  @Test func halfOfTheTasksRoundedUpAreContinuous() {
    let sample = BenchmarkSample(
      drawing: BenchmarkShape(n: 30, p: 4, h: 3, m: 2, batch: 10, tasks: 3))
    #expect(sample.outcomes.map(\.scale) == [.continuous, .continuous, .binary])
    #expect(sample.features.values.count == 120 && sample.batches.isEmpty)
  }

  @Test func aReferencesLossesComeFirstAndNeverChange() throws {
    let file = try referenceFile()
    let sample = try BenchmarkSample(reference: file.url)
    #expect(sample.shape == BenchmarkShape(n: 6, p: 3, h: 2, m: 2, batch: 2, tasks: 2))
    let runs = try [1, 4].map { steps in
      try StepBenchmark(sample, variant: .uniform, threads: 1).run(size: "tiny", steps: steps)
    }
    // With all weights zero every score is 0. The first batch has continuous outcomes 0.5 and −2,
    // so Huber's mean is (0.125 + 1.5)/2, and cross-entropy of a zero score is log 2.
    let first = try #require(runs[0].losses?.first)
    #expect(abs(first - (0.8125 + 0.6931471805599453)) < 1e-6)
    #expect(runs[0].losses == runs[1].losses && runs[0].losses?.count == 2)
  }

  @Test(arguments: [
    (
      "b1", [1, 2],
      "error[bad-reference] in tiny.npz: \"b1\" must be finite numbers of shape "
        + "[2, 2], got shape [1, 2]"
    ),
    ("W0", [6], "error[bad-reference] in tiny.npz: \"W0\" must have 2 dimensions, got shape [6]"),
  ])
  func arraysThatDoNotFitAreNamed(_ name: String, _ shape: [Int], text: String) throws {
    let file = try referenceFile {
      $0[name] = (shape, Array(repeating: 0, count: shape.reduce(1, *)))
    }
    #expect(message(of: file).hasPrefix(text), "\(message(of: file))")
  }

  @Test func rowNumbersOutsideTheSampleAreRefused() throws {
    let file = try referenceFile { $0["batches"] = ([1, 2], [0, 6]) }
    #expect(
      message(of: file).hasPrefix(
        "error[bad-reference] in tiny.npz: \"batches\" must hold row numbers from 0 to 5"))
  }

  @Test func aMissingArrayIsNamed() throws {
    let file = try referenceFile { $0["W2"] = nil }
    #expect(
      message(of: file).hasPrefix("error[missing-array] in tiny.npz: there is no array \"W2\""))
  }

  private func message(of file: NumpyFile) -> String {
    do {
      _ = try BenchmarkSample(reference: file.url)
      return "no error"
    } catch {
      return "\(error)"
    }
  }
}

/// An npz file of a model with all weights zero.
private func referenceFile(
  changing change: (inout [String: NumpyFile.Array]) -> Void = { _ in }
) throws -> NumpyFile {
  var arrays: [String: NumpyFile.Array] = [
    "X": ([6, 3], (0..<18).map { Double($0 % 5) - 2 }),
    "y": ([2, 6], [0.5, -2, 1, 0, 3, -1] + [1, 0, 1, 0, 1, 0]),
    "batches": ([2, 2], [0, 1, 4, 5]),
  ]
  for (name, shape) in [
    ("W0", [2, 3]), ("b0", [2]), ("W1", [2, 2, 2]), ("b1", [2, 2]), ("W2", [2, 2, 2]),
    ("b2", [2, 2]), ("W3", [2, 2]), ("b3", [2]),
  ] {
    arrays[name] = (shape, Array(repeating: 0, count: shape.reduce(1, *)))
  }
  change(&arrays)
  return try NumpyFile(arrays)
}
