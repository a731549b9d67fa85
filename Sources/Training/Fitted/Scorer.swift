import RankineCompiler
import RankineData
import RankineGraph
import RankineRuntime

/// Scores rows with the weights of a fit, from nothing but a stored formula and arrays.
package struct Scorer: Sendable {
  package let formula: StoredGraph
  package let weights: ParameterSet
  package let extents: [String: [Int]]
  package let precision: Precision
  package let featureCount: Int
  package let taskCount: Int
  private let scoring: CompiledProgram
  private let sensitivity: CompiledProgram

  /// Rows are scored in pieces of at most this many, so that memory does not grow with their number.
  private static let pieceSize = 1024

  /// - Parameter weights: by the names without the ending of averages.
  /// - Throws: `TrainingError` (`bad-run`) or `GraphError` when formula and weights do not make up a
  ///   model.
  package init(
    _ formula: StoredGraph, weights: ParameterSet, extents: [String: [Int]], precision: Precision
  ) throws {
    (self.formula, self.weights) = (formula, weights)
    (self.extents, self.precision) = (extents, precision)
    let scores = try formula.build()
    let graph = scores.graph
    let rows: Dimension = .named(TrainingPrograms.heldDimension)
    let features = graph.nodes.first { $0.attribute.leafName == TrainingPrograms.heldFeatures }
    guard let shape = features?.shape, shape.rank == 2, shape[0] == rows,
      let featureCount = shape[1].count, scores.shape.rank == 2, scores.shape[1] == rows,
      let taskCount = scores.shape[0].count
    else { throw StoredInstruction.damaged("it does not lead from features to scores") }
    (self.featureCount, self.taskCount) = (featureCount, taskCount)
    scoring = try compile(Program("scores", graph: graph, outputs: [("scores", scores)]))
    let x = graph.input(TrainingPrograms.heldFeatures, shape)
    let squares = (0..<taskCount).map { task in
      square(scores.element(task).sum().gradient(of: x)).sum(over: [0])
    }
    sensitivity = try compile(
      Program("sensitivity", graph: graph, outputs: [("squares", stack(squares))]))
    _ = try self.scores(
      of: FeatureMatrix(names: [], rowCount: 0, values: [], precision: precision))
  }

  /// Of the network that some programs train, with given weights.
  init(_ programs: TrainingPrograms, _ weights: ParameterSet, precision: Precision) throws {
    let parameters = programs.parameters.filter(\.isOfNetwork)
    try self.init(
      programs.scorer, weights: weights,
      extents: Dictionary(uniqueKeysWithValues: parameters.map { ($0.name, $0.extents) }),
      precision: precision)
  }

  /// The scores of some rows of a matrix, one list a task.
  ///
  /// - Parameter rows: all rows when nil.
  package func scores(of features: FeatureMatrix, rows: [Int]? = nil) throws -> [[Double]] {
    let rows = rows ?? Array(0..<features.rowCount)
    // Rows that lie one behind the other in memory are read there.
    let order = rows.indices.sorted { features.place(of: rows[$0]) < features.place(of: rows[$1]) }
    var scores = Array(repeating: Array(repeating: 0.0, count: rows.count), count: taskCount)
    try forEachPiece(
      of: FeatureRows(features, rows: order.map { rows[$0] }), size: Self.pieceSize, scoring,
      "scores"
    ) { values, piece in
      for task in 0..<taskCount {
        for position in piece {
          scores[task][order[position]] =
            values[task * piece.count + position - piece.lowerBound]
        }
      }
    }
    return scores
  }

  /// The root mean square over rows of ∂fₖ/∂xⱼ, one list of features a task.
  package func relevance(of features: FeatureMatrix, rows: [Int]) throws -> [[Double]] {
    var sums = Array(repeating: Array(repeating: 0.0, count: featureCount), count: taskCount)
    let size = max(1, min(Self.pieceSize, 2_000_000 / max(1, featureCount)))
    try forEachPiece(
      of: FeatureRows(features, rows: rows), size: size, sensitivity, "squares"
    ) { values, _ in
      for task in 0..<taskCount {
        for feature in 0..<featureCount {
          sums[task][feature] += values[task * featureCount + feature]
        }
      }
    }
    return sums.map { $0.map { ($0 / Double(max(1, rows.count))).squareRoot() } }
  }

  private func forEachPiece(
    of features: FeatureRows, size: Int, _ program: CompiledProgram, _ output: String,
    _ body: ([Double], _ piece: Range<Int>) -> Void
  ) throws {
    switch precision {
    case .float: try run(Float.self, features, size, program, output, body)
    case .double: try run(Double.self, features, size, program, output, body)
    }
  }

  private func run<Scalar: KernelScalar>(
    _: Scalar.Type, _ features: FeatureRows, _ size: Int, _ program: CompiledProgram,
    _ output: String, _ body: ([Double], _ piece: Range<Int>) -> Void
  ) throws {
    let storage = Storage<Scalar>()
    for (name, extents) in extents {
      let values = weights[name]
      guard values.count == extents.reduce(1, *) else {
        throw StoredInstruction.damaged("\"\(name)\" has \(values.count) numbers for \(extents)")
      }
      storage.set(
        name + TrainingPrograms.averageSuffix, values.map { Scalar($0) }, extents: extents)
    }
    let pool = ThreadPool(threads: 1)
    func bound(_ rows: Int) throws -> Executable<Scalar> {
      try program.bind([TrainingPrograms.heldDimension: rows], storage: storage, pool: pool)
    }
    let rowCount = features.rows.count
    precondition(rowCount == 0 || features.matrix.columnCount == featureCount, "other features")
    if rowCount == 0 {
      // Bound even when there is no row, so that misfits are found.
      storage.declare(TrainingPrograms.heldFeatures, extents: [1, featureCount])
      _ = try bound(1)
    }
    for start in stride(from: 0, to: rowCount, by: size) {
      let piece = start..<min(start + size, rowCount)
      let rows = FeatureRows(features.matrix, rows: Array(features.rows[piece]))
      storage.lend(
        TrainingPrograms.heldFeatures, rows.values(as: Scalar.self), [piece.count, featureCount])
      let executable = try bound(piece.count)
      executable.run()
      body(executable.output(output).map { Double($0) }, piece)
    }
  }
}
