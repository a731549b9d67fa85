import Foundation
import RankineCompiler
import RankineGraph
import RankineRuntime
import RankineSupport

/// Times sums over all pairs of B rows and n columns, with their slopes along both sides, on drawn
/// scores and keys: the built-in rank criterion, or losses written as a user writes them.
///
/// Both are declared as a body and compiled like any other program; nothing here knows a kernel.
package struct PairBenchmark: Sendable {
  /// What is summed over pairs, in scores f, g and the order of the pair.
  package enum Body: String, CaseIterable, Sendable {
    /// σ(f − g) for pairs in order, σ(g − f) for those in reverse: the smoothed rank criterion.
    case builtIn = "built-in"
    /// log(1 + e^−d) for pairs in order, d = f − g being the difference that should be large, and with the
    /// opposite d for those in reverse; the others likewise.
    case user
    /// e^−d.
    case exponential
    /// max(0, 1 − d), and its square.
    case hinge
    case squaredHinge = "squared-hinge"
    /// 1 − tanh d.
    case tanh
    /// 0.3 σ(−2d) + 0.7 σ(−d).
    case weightedSigmoids = "weighted-sigmoids"
  }

  package let rows: Int
  package let columns: Int
  package let body: Body
  package let threads: Int
  /// What scores are divided by, in units of their standard deviation; small ones saturate pairs.
  package let bandwidth: Double

  package init(rows: Int, columns: Int, body: Body, threads: Int, bandwidth: Double = 0.25) {
    (self.rows, self.columns, self.body) = (rows, columns, body)
    (self.threads, self.bandwidth) = (threads, bandwidth)
  }

  /// What was measured; one JSON line a case.
  package struct Result: Codable, Sendable {
    /// Rows × columns, as "64x600".
    package let pairs: String
    package let body: String
    package let threads: Int
    package let bandwidth: Double
    /// Median and minimum over the runs, in nanoseconds of elapsed time a pair.
    package let nanosecondsPerPair: Double
    package let minNanosecondsPerPair: Double
    /// Memory beyond the scores, the keys and the results.
    package let extraMegabytes: Double
    /// How the last run swept the pairs: `PairForm`.
    package let form: String
    package let value: Double

    enum CodingKeys: String, CodingKey {
      case pairs, body, threads, bandwidth, form, value
      case nanosecondsPerPair = "ns_per_pair"
      case minNanosecondsPerPair = "min_ns_per_pair"
      case extraMegabytes = "extra_mb"
    }
  }

  /// Runs the sweep once to warm up, then as often as asked for, and times each run.
  ///
  /// - Throws: `GraphError` or `RuntimeError`; neither can happen for positive sizes.
  package func run(times count: Int = 5) throws -> Result {
    let executable = try makeExecutable()
    executable.run()
    let clock = ContinuousClock()
    let times = (0..<max(1, count)).map { _ in clock.measure(executable.run) / .nanoseconds(1) }
      .sorted()
    let pairs = Double(rows) * Double(columns)
    return Result(
      pairs: "\(rows)x\(columns)", body: body.rawValue, threads: threads, bandwidth: bandwidth,
      nanosecondsPerPair: times[times.count / 2] / pairs, minNanosecondsPerPair: times[0] / pairs,
      extraMegabytes: Double(executable.workspaceByteCount + executable.scratchByteCount) / 1e6,
      form: executable.pairForms.map(\.rawValue).joined(separator: "+"),
      value: Double(executable.output("value")[0]))
  }

  /// Value and slopes, bound to drawn scores and to keys that agree with them in part.
  private func makeExecutable() throws -> Executable<Float> {
    let program = try compile(program)
    let storage = Storage<Float>()
    var random = CounterRandom(seed: 1, named: "pairs")
    for (side, count) in [("row", rows), ("column", columns)] {
      let scores = (0..<count).map { _ in random.normal() }
      let keys = scores.map { Float($0 + random.normal()) }
      storage.set("\(side).score", scores.map { Float($0 / bandwidth) }, extents: [count])
      storage.set("\(side).high", keys, extents: [count])
      storage.set("\(side).low", keys, extents: [count])
    }
    return try program.bind(
      ["batch": rows, "sample": columns], storage: storage, pool: ThreadPool(threads: threads))
  }

  private var program: Program {
    let graph = Graph(), pair = Graph()
    let names = ["score", "high", "low"]
    let rows = names.map { graph.input("row." + $0, [.batch]) }
    let columns = names.map { graph.input("column." + $0, [.sample]) }
    let r = names.map { pair.input("row." + $0, .scalar) }
    let c = names.map { pair.input("column." + $0, .scalar) }
    let inOrder: Tensor = greater(r[1], c[2]) * term(high: r[0], low: c[0])
    let reversed: Tensor = greater(c[1], r[2]) * term(high: c[0], low: r[0])
    let value = pairReduce(
      of: inOrder + reversed, .all, rows: r, columns: c, scalars: [],
      over: PairOperands(rows: rows, columns: columns, scalars: []))
    let slopes = value.gradients(of: [rows[0], columns[0]])
    return Program(
      "pairs", graph: graph,
      outputs: [("value", value), ("row slope", slopes[0]), ("column slope", slopes[1])])
  }

  private func term(high: Tensor, low: Tensor) -> Tensor {
    let difference: Tensor = high - low
    switch body {
    case .builtIn: return sigmoid(difference)
    case .user: return softplus(-difference)
    case .exponential: return exp(-difference)
    case .hinge: return relu(1 - difference)
    case .squaredHinge: return square(relu(1 - difference))
    case .tanh: return 1 - RankineGraph.tanh(difference)
    case .weightedSigmoids:
      let steep: Tensor = 0.3 * sigmoid(-2 * difference)
      return steep + 0.7 * sigmoid(-difference)
    }
  }
}
