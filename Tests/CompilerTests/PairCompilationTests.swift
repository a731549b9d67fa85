import CRankineKernels
import Foundation
import RankineRuntime
import Testing

@testable import RankineCompiler
@testable import RankineGraph

/// What becomes of sums over pairs.
struct PairCompilationTests {
  /// Scores, high and low keys of rows and columns, and a sum over their pairs.
  private struct Pairs {
    let graph = Graph()
    let rows: [Tensor]
    let columns: [Tensor]

    init() {
      let graph = graph
      rows = ["f", "fHigh", "fLow"].map { graph.input($0, [2, .batch]) }
      columns = ["g", "gHigh", "gLow"].map { graph.input($0, [2, .sample]) }
    }

    func sum(_ body: (_ row: [Tensor], _ column: [Tensor]) -> Tensor) -> Tensor {
      let scalars = Graph()
      let r = (0..<3).map { scalars.input("r\($0)", .scalar) }
      let c = (0..<3).map { scalars.input("c\($0)", .scalar) }
      return pairReduce(
        of: body(r, c), .all, rows: r, columns: c, scalars: [],
        over: PairOperands(rows: rows, columns: columns, scalars: []))
    }

    var rank: Tensor {
      sum { r, c in
        greater(r[1], c[2]) * sigmoid(r[0] - c[0]) + greater(c[1], r[2]) * sigmoid(c[0] - r[0])
      }
    }
  }

  private func lines(_ outputs: [(name: String, value: Tensor)]) throws -> [String] {
    let compiled = try compile(Program("pairs", graph: outputs[0].value.graph, outputs: outputs))
    return compiled.tape.listing.split(separator: "\n").map(String.init)
  }

  @Test func theRankCriterionAndItsSlopesAreOneSweepOfItsKernel() throws {
    let pairs = Pairs()
    let total = pairs.rank.sum()
    let slopes = total.gradients(of: [pairs.rows[0], pairs.columns[0]])
    let sweeps = try lines([("value", total), ("row", slopes[0]), ("column", slopes[1])])
      .filter { $0.contains("×sample]") && !$0.contains("loop") }
    #expect(sweeps.count == 1)
    #expect(sweeps.first?.contains("rank[2×batch×sample]") == true)
  }

  @Test func aBodyOfOnesOwnIsOneSweepWithItsSlope() throws {
    let pairs = Pairs()
    let hinge = pairs.sum { r, c in greater(r[1], c[2]) * relu(1 - (r[0] - c[0])) }.sum()
    let slope = hinge.gradient(of: pairs.rows[0])
    let sweeps = try lines([("value", hinge), ("slope", slope)]).filter { $0.contains("pairs[") }
    #expect(sweeps.count == 1)
  }

  /// Of the logistic loss and its slopes a logarithm and a reciprocal are left: the sums do the rest.
  @Test func theSumsTakeOverWhatComesLast() throws {
    let pairs = Pairs()
    let total = pairs.sum { r, c in
      greater(r[1], c[2]) * softplus(c[0] - r[0]) + greater(c[1], r[2]) * softplus(r[0] - c[0])
    }
    let slopes = total.sum().gradients(of: [pairs.rows[0], pairs.columns[0]])
    let sweeps = try lines([("value", total), ("row", slopes[0]), ("column", slopes[1])])
      .filter { $0.contains("pairs[") }
    #expect(sweeps.count == 1 && sweeps[0].contains("×sample] 2 ops"), "\(sweeps)")
  }

  /// Steps of the program that computes a body with its slopes, as the kernels count them.
  private func stepCount(_ body: @escaping (Tensor) -> Tensor) throws -> String? {
    let pairs = Pairs()
    let total = pairs.sum { r, c in
      greater(r[1], c[2]) * body(r[0] - c[0]) + greater(c[1], r[2]) * body(c[0] - r[0])
    }
    let slopes = total.sum().gradients(of: [pairs.rows[0], pairs.columns[0]])
    return try lines([("value", total), ("row", slopes[0]), ("column", slopes[1])])
      .first { $0.contains("pairs[") }?.firstMatch(of: /×sample\] ([0-9]+) ops/)
      .map { String($0.1) }
  }

  /// A squared ramp and its slope are forms of the sums; both functions of a mixture with their slopes are
  /// a step each, of three instructions, one a result.
  @Test func squaresAndMixturesOfSigmoidsAreFewSteps() throws {
    #expect(try stepCount { square(relu(1 - $0)) } == "0")
    #expect(try stepCount { 0.3 * sigmoid(-2 * $0) + 0.7 * sigmoid(-$0) } == "6")
    #expect(try stepCount { 1 - tanh($0) } == "5")
  }

  @Test func whatVariesAlongRowsOnlyLeavesTheSweep() throws {
    let pairs = Pairs()
    let total = pairs.sum { r, c in exp(r[0]) * exp(c[0]) * greater(r[1], c[1]) }
    let program = try Simplification().run(
      Program("test", graph: pairs.graph, outputs: [("y", total)]))
    let result = try PairInvariants().run(program)
    #expect(
      Printer(result.outputs, of: result.graph).text == """
        %0 = leaf(f) : [2, batch]
        %1 = leaf(fHigh) : [2, batch]
        %2 = leaf(g) : [2, sample]
        %3 = leaf(gHigh) : [2, sample]
        %4 = exp %0 : [2, batch]
        %5 = exp %2 : [2, sample]
        %6 = pair-reduce(all: multiply(multiply(row0, column0), greater(row1, column1))) \
        %4 %1 %5 %3 : [2]
        return y = %6
        """)
  }

  /// 41 values alive at once do not fit the kernel's slots; two shorter sums do.
  @Test func aBodyWithTooManyLiveValuesSaysSo() {
    let pairs = Pairs()
    let total = pairs.sum { r, c in
      let parts = (1...45).map { tanh(r[0] * Double($0) - c[0]) }
      let sum = parts.reduce(r[0]) { $0 + $1 }
      return parts.reversed().reduce(sum) { $0 * $1 }
    }
    #expect {
      try compile(Program("long", graph: pairs.graph, outputs: [("y", total)]))
    } throws: { error in
      "\(error)".contains("pair-body-too-long") && "\(error)".contains("holds more than 40 values")
    }
  }

  @Test func pairSumsNeverHoldAllPairs() throws {
    let pairs = Pairs()
    let hinge = pairs.sum { r, c in square(r[0] - c[0]) * greater(r[1], c[2]) }.sum()
    let slopes = hinge.gradients(of: [pairs.rows[0], pairs.columns[0]])
    let compiled = try compile(
      Program(
        "hinge", graph: pairs.graph, outputs: [("y", hinge), ("r", slopes[0]), ("c", slopes[1])]))
    let storage = Storage<Float>()
    let (batch, sample) = (2000, 3000)
    for name in ["f", "fHigh", "fLow"] { storage.declare(name, extents: [2, batch]) }
    for name in ["g", "gHigh", "gLow"] { storage.declare(name, extents: [2, sample]) }
    let executable = try compiled.bind(
      ["batch": batch, "sample": sample], storage: storage, pool: ThreadPool(threads: 1))
    #expect(executable.workspaceByteCount < 40 * 2 * (batch + sample))
    executable.run()
    #expect(executable.output("y") == [0])
  }

  /// A body, and its value and slope written out.
  private struct Case: Sendable, CustomTestStringConvertible {
    let testDescription: String
    let body: @Sendable (Tensor) -> Tensor
    let value: @Sendable (Double) -> Double
    let slope: @Sendable (Double) -> Double
  }

  private static let cases = [
    Case(
      testDescription: "logistic", body: { softplus(-$0 / 2) },
      value: { max(-$0 / 2, 0) + log1p(exp(-abs($0) / 2)) }, slope: { -0.5 / (1 + exp($0 / 2)) }),
    Case(
      testDescription: "exponential", body: { exp(-$0 / 3) }, value: { exp(-$0 / 3) },
      slope: { -exp(-$0 / 3) / 3 }),
    Case(
      testDescription: "hinge", body: { relu(1 - $0) }, value: { max(0, 1 - $0) },
      slope: { $0 < 1 ? -1 : 0 }),
    Case(
      testDescription: "squared hinge", body: { square(relu(1 - $0)) },
      value: { pow(max(0, 1 - $0), 2) }, slope: { -2 * max(0, 1 - $0) }),
    Case(
      testDescription: "tanh", body: { 1 - tanh($0) }, value: { 1 - tanh($0) },
      slope: { -1 / pow(cosh($0), 2) }),
    Case(
      testDescription: "weighted sigmoids", body: { 0.3 * sigmoid(-2 * $0) + 0.7 * sigmoid(-$0) },
      value: { 0.3 / (1 + exp(2 * $0)) + 0.7 / (1 + exp($0)) },
      slope: { -0.6 / pow(2 * cosh($0), 2) - 0.7 / pow(2 * cosh($0 / 2), 2) }),
  ]

  /// At the wide spread exponentials of scores would overflow, so they are not factored.
  @Test(arguments: cases, [1.0, 1050])
  private func bodiesOfOnesOwnAgreeWithTheirFormulas(_ test: Case, _ spread: Double) throws {
    let before = rk_current_level()
    defer { rk_set_level(before) }
    for level in 0...rk_best_level().rawValue {
      rk_set_level(rk_level(level))
      try expectAgreement(test, spread, as: Double.self, tolerance: 1e-11)
      if spread == 1 { try expectAgreement(test, spread, as: Float.self, tolerance: 1e-5) }
    }
  }

  private func expectAgreement<Scalar: KernelScalar>(
    _ test: Case, _ spread: Double, as type: Scalar.Type, tolerance: Double
  ) throws {
    let pairs = Pairs()
    let total = pairs.sum { r, c in
      greater(r[1], c[2]) * test.body(r[0] - c[0]) + greater(c[1], r[2]) * test.body(c[0] - r[0])
    }
    let slopes = total.sum().gradients(of: [pairs.rows[0], pairs.columns[0]])
    let compiled = try compile(
      Program(
        "own", graph: pairs.graph, outputs: [("y", total), ("r", slopes[0]), ("c", slopes[1])]))
    let storage = Storage<Scalar>()
    let (batch, sample) = (9, 21)
    func score(_ i: Int) -> Double { Double(Float(spread * sin(Double(i * i + 1)))) }
    func key(_ i: Int) -> Double { i % 5 == 4 ? .nan : Double(i * 7 % 6) }
    for (names, count) in [(["f", "fHigh", "fLow"], batch), (["g", "gHigh", "gLow"], sample)] {
      let scores = (0..<2 * count).map { Scalar(score($0 + count)) }
      storage.set(names[0], scores, extents: [2, count])
      for name in names[1...] {
        let keys = (0..<2 * count).map { Scalar(key($0 + count)) }
        storage.set(name, keys, extents: [2, count])
      }
    }
    let executable = try compiled.bind(
      ["batch": batch, "sample": sample], storage: storage, pool: ThreadPool(threads: 1))
    executable.run()
    var value = [0.0, 0], row = Array(repeating: 0.0, count: 2 * batch)
    var column = Array(repeating: 0.0, count: 2 * sample)
    for lead in 0..<2 {
      for i in lead * batch..<(lead + 1) * batch {
        for j in lead * sample..<(lead + 1) * sample {
          let d = score(i + batch) - score(j + sample)
          let wins = key(i + batch) > key(j + sample), loses = key(j + sample) > key(i + batch)
          value[lead] += (wins ? test.value(d) : 0) + (loses ? test.value(-d) : 0)
          let slope = (wins ? test.slope(d) : 0) - (loses ? test.slope(-d) : 0)
          row[i] += slope
          column[j] -= slope
        }
      }
    }
    for (name, wanted) in [("y", value), ("r", row), ("c", column)] {
      let scale = max(1, wanted.map { abs($0) }.max() ?? 0)
      let got = executable.output(name).map { Double($0) }
      #expect(zip(got, wanted).allSatisfy { abs($0 - $1) <= tolerance * scale }, "\(name)")
    }
    let isSmooth = !test.testDescription.contains("hinge")
    #expect(executable.pairForms == [isSmooth && spread == 1 ? .factored : .direct])
  }
}
