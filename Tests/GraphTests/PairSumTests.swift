import Foundation
import Testing

@testable import RankineGraph

/// Sums over all pairs and the expressions they sum.
struct PairSumTests {
  let body = Graph()
  let graph = Graph()

  private func sum(
    _ value: Tensor, _ sum: PairReduction.Sum, rows: [Tensor], columns: [Tensor],
    of rowValues: [Tensor], _ columnValues: [Tensor]
  ) -> Tensor {
    pairReduce(
      of: value, sum, rows: rows, columns: columns, scalars: [],
      over: PairOperands(rows: rowValues, columns: columnValues, scalars: []))
  }

  @Test func theThreeSumsOfAProductFactor() throws {
    let r = body.input("r", []), c = body.input("c", [])
    let f = graph.input("f", [.batch]), g = graph.input("g", [3])
    let bindings = Bindings(
      ["f": NumericArray([2], [1, 10]), "g": NumericArray([3], [1, 2, 4])], extents: ["batch": 2])
    let sums = [PairReduction.Sum.all, .rows, .columns].map {
      sum(r * c, $0, rows: [r], columns: [c], of: [f], [g])
    }
    let results = try Interpreter(bindings).evaluate(sums)
    #expect(results.map(\.values) == [[77], [7, 70], [11, 22, 44]])
    #expect(results.map(\.extents) == [[], [2], [3]])
  }

  @Test func eachLeadingIndexIsSummedOnItsOwn() throws {
    let r = body.input("r", []), c = body.input("c", [])
    let f = graph.input("f", [2, 2]), g = graph.input("g", [2, 1])
    let bindings = Bindings([
      "f": NumericArray([2, 2], [1, 2, 3, 4]), "g": NumericArray([2, 1], [1, 10]),
    ])
    let total = sum(r * c, .all, rows: [r], columns: [c], of: [f], [g])
    #expect(try Interpreter(bindings).evaluate(total).values == [3, 70])
  }

  @Test func pairsWithTiedOrMissingKeysDoNotCount() throws {
    let r = body.input("r", []), c = body.input("c", [])
    let keys = NumericArray([4], [1, 2, 2, .nan])
    let x = graph.input("x", [4])
    let count = sum(greater(r, c), .rows, rows: [r], columns: [c], of: [x], [x])
    #expect(try Interpreter(Bindings(["x": keys])).evaluate(count).values == [0, 1, 1, 0])
  }

  @Test func noRowsSumToZero() throws {
    let r = body.input("r", []), c = body.input("c", [])
    let f = graph.input("f", [.batch]), g = graph.input("g", [2])
    let bindings = Bindings(
      ["f": NumericArray([0], []), "g": NumericArray([2], [1, 2])], extents: ["batch": 0])
    let sums = [PairReduction.Sum.all, .rows, .columns].map {
      sum(exp(r - c), $0, rows: [r], columns: [c], of: [f], [g])
    }
    #expect(try Interpreter(bindings).evaluate(sums).map(\.values) == [[0], [], [0, 0]])
  }

  @Test func theGradientOfTheSmoothedRankSumIsThatOfItsTerms() throws {
    // Σ 1{kᵢ > kⱼ} σ(fᵢ − fⱼ) with one comparable pair: ± σ'(f₁ − f₂) at the two rows.
    let r = [body.input("r", []), body.input("rk", [])]
    let c = [body.input("c", []), body.input("ck", [])]
    let f = graph.input("f", [2]), k = graph.input("k", [2])
    let value = greater(r[1], c[1]) * sigmoid(r[0] - c[0])
    let total = sum(value, .all, rows: r, columns: c, of: [f, k], [f, k])
    let bindings = Bindings(["f": NumericArray([2], [1, 0.5]), "k": NumericArray([2], [2, 1])])
    let gradients = try Interpreter(bindings).evaluate(total.gradients(of: [f, k]))
    let s = 1 / (1 + Foundation.exp(-0.5))
    #expect(abs(gradients[0].values[0] - s * (1 - s)) < 1e-15)
    #expect(abs(gradients[0].values[1] + s * (1 - s)) < 1e-15)
    #expect(gradients[1].values == [0, 0])
  }

  @Test func derivativesDropTheVariablesTheyDoNotRead() {
    let r = [body.input("r", []), body.input("s", [])], c = body.input("c", [])
    let f = graph.input("f", [4]), h = graph.input("h", [4]), g = graph.input("g", [3])
    let total = sum(r[0] + exp(r[1] * c), .all, rows: r, columns: [c], of: [f, h], [g])
    #expect(
      Printer([("gradient", total.gradient(of: h))], of: graph).text.contains(
        "rows: multiply(multiply(1.0, exp(multiply(row0, column0))), column0)) %0 %1 : [4]"))
  }

  @Test func aBodyIsWrittenOnOneLineWithItsSharedParts() throws {
    let r = body.input("r", []), c = body.input("c", []), u = body.input("u", [])
    let shared = sigmoid(r - c)
    let value = shared * (2 - shared) * u
    let pair = try PairBody(value, rows: [r], columns: [c], scalars: [u])
    #expect(
      "\(pair)" == "t4 = sigmoid(subtract(row0, column0)); "
        + "multiply(multiply(t4, subtract(2.0, t4)), scalar0)")
    #expect(pair.variables == [.row(0), .column(0), .scalar(0)])
    #expect(pair.evaluate(rows: [1], columns: [1], scalars: [4]) == 3)
  }

  @Test func aBodyOpenedAndReadAgainIsTheSame() throws {
    let r = [body.input("a", []), body.input("b", [])], c = body.input("c", [])
    let value = select(greater(r[0], c), tanh(r[1]), 3 * c)
    let pair = try PairBody(value, rows: r, columns: [c])
    let opened = OpenedBody(pair)
    let again = try PairBody(
      opened.value, rows: opened.rows, columns: opened.columns, scalars: opened.scalars)
    #expect(pair.evaluate(rows: [2, 0.5], columns: [1], scalars: []) == Foundation.tanh(0.5))
    #expect(again.evaluate(rows: [0, 0.5], columns: [1], scalars: []) == 3)
    #expect("\(OpenedBody(again).value.node.op)" == "select")
    #expect(again.variables == pair.variables)
  }

  @Test func aBodyTakesNothingButElementwiseFunctionsOfItsVariables() {
    let r = body.input("r", []), c = body.input("c", []), stranger = body.input("z", [])
    func message(_ value: Tensor) -> String? {
      do {
        _ = try PairBody(value, rows: [r], columns: [c])
        return nil
      } catch {
        return error.description
      }
    }
    let hint = "hint: use the two sides' values, numbers and elementwise functions only"
    #expect(
      message(r * stranger) == """
        error[bad-pair-body]: leaf [] inside a pairwise expression
          \(hint)
        """)
    #expect(
      message(r * body.input("w", [3]).sum()) == """
        error[bad-pair-body]: leaf [3] inside a pairwise expression
          \(hint)
        """)
  }

  @Test func operandsOfOtherShapesAreNamed() {
    let r = body.input("r", []), c = body.input("c", [])
    graph.scope = "objective"
    _ = sum(
      r * c, .all, rows: [r], columns: [c], of: [graph.input("f", [2, .batch])],
      [graph.input("g", [3, .sample])])
    #expect(
      graph.error?.description == """
        error[shape-mismatch] in objective: pair sum of rows [[2, batch]], columns [[3, sample]], \
        scalars []
          hint: rows are [tasks…, batch], columns [tasks…, sample], scalars [tasks…]
        """)
  }

  @Test func aPairSumOfTooFewOperandsIsNamed() throws {
    let r = body.input("r", []), c = body.input("c", [])
    let pair = PairReduction(body: try PairBody(r * c, rows: [r], columns: [c]), sum: .all)
    _ = graph.append(.pairReduce, [graph.input("f", [3])], .pair(pair))
    #expect(
      graph.error?.description == "error[bad-pair-sum]: a body of 2 variables was given 1")
  }
}
