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
    let file = try ReferenceFile()
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
    let file = try ReferenceFile {
      $0[name] = (shape, Array(repeating: 0, count: shape.reduce(1, *)))
    }
    #expect(message(of: file).hasPrefix(text), "\(message(of: file))")
  }

  @Test func rowNumbersOutsideTheSampleAreRefused() throws {
    let file = try ReferenceFile { $0["batches"] = ([1, 2], [0, 6]) }
    #expect(
      message(of: file).hasPrefix(
        "error[bad-reference] in tiny.npz: \"batches\" must hold row numbers from 0 to 5"))
  }

  @Test func aMissingArrayIsNamed() throws {
    let file = try ReferenceFile { $0["W2"] = nil }
    #expect(
      message(of: file).hasPrefix("error[missing-array] in tiny.npz: there is no array \"W2\""))
  }

  private func message(of file: ReferenceFile) -> String {
    do {
      _ = try BenchmarkSample(reference: file.url)
      return "no error"
    } catch {
      return "\(error)"
    }
  }
}

/// An npz file of a model with all weights zero, in a folder of its own.
private final class ReferenceFile {
  let url: URL

  init(changing change: (inout [String: (shape: [Int], values: [Double])]) -> Void = { _ in })
    throws
  {
    var arrays: [String: (shape: [Int], values: [Double])] = [
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
    let folder = FileManager.default.temporaryDirectory
      .appendingPathComponent("rankine-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    url = folder.appendingPathComponent("tiny.npz")
    try writeAtomically(Self.archive(arrays), to: url)
  }

  deinit { try? FileManager.default.removeItem(at: url.deletingLastPathComponent()) }

  /// A zip archive of stored npy files; readers find entries through the directory at its end.
  private static func archive(_ arrays: [String: (shape: [Int], values: [Double])]) -> Data {
    var files = Data(), directory = Data()
    for (name, array) in arrays.sorted(by: { $0.key < $1.key }) {
      let shape = array.shape.map { "\($0)," }.joined()
      let header = "{'descr': '<f8', 'fortran_order': False, 'shape': (\(shape)), }\n"
      var content = Data([0x93] + Array("NUMPY".utf8) + [1, 0])
      content += bytes(header.utf8.count, 2) + Data(header.utf8)
      for value in array.values { content += bytes(Int(bitPattern: UInt(value.bitPattern)), 8) }
      let file = Data((name + ".npy").utf8)
      let sizes = bytes(content.count, 4) + bytes(content.count, 4) + bytes(file.count, 2)
      directory += bytes(0x0201_4b50, 4) + Data(count: 16) + sizes + Data(count: 12)
      directory += bytes(files.count, 4) + file
      files += bytes(0x0403_4b50, 4) + Data(count: 14) + sizes + Data(count: 2) + file + content
    }
    let count = bytes(arrays.count, 2)
    return files + directory + bytes(0x0605_4b50, 4) + Data(count: 4) + count + count
      + bytes(directory.count, 4) + bytes(files.count, 4) + Data(count: 2)
  }

  private static func bytes(_ number: Int, _ width: Int) -> Data {
    Data((0..<width).map { UInt8(truncatingIfNeeded: number >> (8 * $0)) })
  }
}
