import Foundation
import RankineData
import RankineSupport

/// What a benchmark trains on: drawn data, or the arrays of a file that another program trains on too.
package struct BenchmarkSample: Sendable {
  package let shape: BenchmarkShape
  let features: FeatureMatrix
  let outcomes: [OutcomeValues]
  /// First weights by the name of their leaf; drawn where there are none.
  let weights: [String: [Double]]
  /// The rows of the first steps, where another program's losses are to be met.
  package let batches: [[Int32]]

  /// Standard normal features; a task's outcome is the sum of ten of them and as much noise as one,
  /// or its sign.
  package init(drawing shape: BenchmarkShape) {
    var random = CounterRandom(seed: 1, named: "benchmark")
    let (n, p) = (shape.n, shape.p)
    let features = FeatureMatrix(
      names: Self.names(p), rowCount: n, precision: .float
    ) { writer in
      for row in 0..<n {
        for column in 0..<p { writer.set(random.normal(), row: row, column: column) }
      }
    }
    let values = (0..<shape.tasks).map { task in
      (0..<n).map { row -> Double in
        let score = (0..<10).map { features[row, (5 * task + $0) % p] }.reduce(0, +)
        let noisy = score + random.normal()
        return shape.isBinary(task: task) ? (noisy > 0 ? 1 : 0) : noisy
      }
    }
    self.init(shape, features, values: values, weights: [:], batches: [])
  }

  /// The arrays of an npz file: `X` [n, p], `y` [tasks, n], `W0` [h, p], `b0`, and stacked over tasks
  /// `W1` [tasks, m, h], `b1`, `W2` [tasks, m, m], `b2`, `W3` [tasks, m], `b3`, and `batches`
  /// [steps, batch], the row numbers of the first steps.
  ///
  /// - Throws: `DataError` for a file that is damaged or lacks an array, `StudyError`
  ///   (`bad-reference`) for arrays that do not fit together.
  package init(reference url: URL) throws {
    let archive = try NumpyArchive(contentsOf: url)
    let file = url.lastPathComponent
    let y = try Self.array("y", rank: 2, of: archive, file)
    let w0 = try Self.array("W0", rank: 2, of: archive, file)
    let w1 = try Self.array("W1", rank: 3, of: archive, file)
    let rows = try Self.array("batches", rank: 2, of: archive, file)
    let shape = BenchmarkShape(
      n: y.shape[1], p: w0.shape[1], h: w0.shape[0], m: w1.shape[1], batch: rows.shape[1],
      tasks: y.shape[0])
    let (n, p, h, m, k) = (shape.n, shape.p, shape.h, shape.m, shape.tasks)
    guard [n, p, h, m, k, shape.batch].allSatisfy({ $0 > 0 }), shape.batch <= n,
      let numbers = rows.integers, numbers.allSatisfy({ (0..<n).contains($0) })
    else {
      throw StudyError.reference(
        file, "\"batches\" must hold row numbers from 0 to \(n - 1), got shape \(rows.shape)")
    }
    var weights: [String: [Double]] = [:]
    for (name, leaf, extents) in [
      ("W0", "shared.0.weight", [h, p]), ("b0", "shared.0.bias", [h]),
      ("W1", "task.0.weight", [k, m, h]), ("b1", "task.0.bias", [k, m]),
      ("W2", "task.1.weight", [k, m, m]), ("b2", "task.1.bias", [k, m]),
      ("W3", "task.2.weight", [k, m]), ("b3", "task.2.bias", [k]),
    ] {
      weights[leaf] = try Self.values(name, extents, of: archive, file)
    }
    let features = FeatureMatrix(
      names: Self.names(p), rowCount: n,
      values: try Self.values("X", [n, p], of: archive, file), precision: .float)
    self.init(
      shape, features, values: (0..<k).map { Array(y.values[($0 * n)..<(($0 + 1) * n)]) },
      weights: weights,
      batches: stride(from: 0, to: numbers.count, by: shape.batch).map { start in
        numbers[start..<(start + shape.batch)].map { Int32($0) }
      })
  }

  private init(
    _ shape: BenchmarkShape, _ features: FeatureMatrix, values: [[Double]],
    weights: [String: [Double]], batches: [[Int32]]
  ) {
    (self.shape, self.features) = (shape, features)
    (self.weights, self.batches) = (weights, batches)
    outcomes = values.enumerated().map { task, values in
      shape.isBinary(task: task)
        ? OutcomeValues(
          name: "y\(task)", type: BinaryOutcome(), values: values, levels: ["0", "1"])
        : OutcomeValues(name: "y\(task)", type: ContinuousOutcome(), values: values)
    }
  }

  private static func names(_ count: Int) -> [String] { (0..<count).map { "x\($0)" } }

  private static func array(
    _ name: String, rank: Int, of archive: NumpyArchive, _ file: String
  ) throws -> NumpyArray {
    let array = try archive.array(name)
    guard array.shape.count == rank else {
      throw StudyError.reference(
        file, "\"\(name)\" must have \(rank) dimensions, got shape \(array.shape)")
    }
    return array
  }

  private static func values(
    _ name: String, _ extents: [Int], of archive: NumpyArchive, _ file: String
  ) throws -> [Double] {
    let array = try archive.array(name)
    guard array.shape == extents, array.values.allSatisfy(\.isFinite) else {
      throw StudyError.reference(
        file, "\"\(name)\" must be finite numbers of shape \(extents), got shape \(array.shape)")
    }
    return array.values
  }
}

extension StudyError {
  fileprivate static func reference(_ file: String, _ message: String) -> StudyError {
    StudyError(
      "bad-reference", in: file, message,
      hint: "write X, y, W0 to b3 and batches as Tests/Peers/README.md says")
  }
}
