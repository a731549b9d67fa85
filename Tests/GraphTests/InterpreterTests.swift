import Foundation
import RankineGraph
import RankineSupport
import RankineTestSupport
import Testing

/// What the operations mean, by hand-worked numbers and at the edges.
struct InterpreterTests {
  let graph = Graph()

  private func list(_ values: [Double]) -> Tensor {
    concatenate(values.map { graph.constant($0).reshaped(to: [1]) }, along: 0)
  }

  private func values(_ tensor: Tensor, at bindings: Bindings = Bindings()) throws -> [Double] {
    try Interpreter(bindings).evaluate(tensor).values
  }

  @Test func comparisonsWithNaNAreFalse() throws {
    let a = list([.nan, 1, .nan, 2]), b = list([1, .nan, .nan, 1])
    #expect(try values(greater(a, b)) == [0, 0, 0, 1])
    #expect(try values(greater(b, a)) == [0, 0, 0, 0])
    #expect(try values(equal(a, b)) == [0, 0, 0, 0])
  }

  @Test func aMaximumWithNaNGivesTheSecond() throws {
    #expect(try values(maximum(list([.nan]), list([1]))) == [1])
    #expect(try values(maximum(list([1]), list([.nan])))[0].isNaN)
    #expect(try values(minimum(list([.nan]), list([1]))) == [1])
  }

  @Test func selectDoesNotLookAtTheOtherArm() throws {
    let chosen = select(list([1, 0, -3]), list([5, .nan, 6]), list([.nan, 7, .infinity]))
    #expect(try values(chosen) == [5, 7, 6])
  }

  @Test func saturatedFunctionsNeitherOverflowNorLoseTheirSlope() throws {
    let x = list([-1000, 0, 1000])
    #expect(try values(sigmoid(x)) == [0, 0.5, 1])
    #expect(try values(softplus(x)) == [0, Foundation.log(2), 1000])
    #expect(try values(tanh(x)) == [-1, 0, 1])
    let slopes = [sigmoid(x), softplus(x)].map { $0.sum().gradient(of: x) }
    #expect(try values(slopes[0]) == [0, 0.25, 0])
    #expect(try values(slopes[1]) == [0, 0.5, 1])
    // Where 1 + e⁻ˣ rounds to 1 the sigmoid keeps its tail: e⁻⁴⁰.
    #expect(isClose(try values(sigmoid(list([-40])))[0] / Foundation.exp(-40), 1, within: 1e-15))
  }

  @Test func functionsHaveTheirValues() throws {
    let x = list([-2, 0.5])
    #expect(try values(abs(x)) == [2, 0.5])
    #expect(try values(sign(list([-2, 0, 3]))) == [-1, 0, 1])
    #expect(try values(relu(x)) == [0, 0.5])
    #expect(try values(square(x)) == [4, 0.25])
    #expect(try values(sqrt(list([9, 0]))) == [3, 0])
    #expect(try values(silu(list([0]))) == [0])
    #expect(try values(log(exp(list([1])))) == [1])
    #expect(try values(2 / x - 1) == [-2, 3])
  }

  @Test func reductionsWorkByHand() throws {
    let x = graph.input("x", [2, 3])
    let bindings = Bindings(["x": NumericArray([2, 3], [1, 2, 3, 4, 5, 9])])
    #expect(try values(x.sum(over: [0]), at: bindings) == [5, 7, 12])
    #expect(try values(x.sum(over: [1]), at: bindings) == [6, 18])
    #expect(try values(x.sum(), at: bindings) == [24])
    #expect(try values(x.mean(), at: bindings) == [4])
    #expect(try values(x.mean(over: [1]), at: bindings) == [2, 6])
    #expect(try values(x.largest(over: [0]), at: bindings) == [4, 5, 9])
    #expect(try values(stack([x, x]).norm(over: [0, 2]), at: bindings)[0] == 28.0.squareRoot())
  }

  @Test func logSumExpDoesNotOverflowAndItsSlopeIsTheSoftmax() throws {
    let x = list([1000, 1000]).reshaped(to: [1, 2])
    let value = x.logSumExp(over: 1)
    #expect(try values(value) == [1000 + Foundation.log(2)])
    #expect(try values(value.sum().gradient(of: x)) == [0.5, 0.5])
  }

  @Test func rearrangementsMoveWhatTheySay() throws {
    let x = graph.input("x", [2, 3])
    let bindings = Bindings([
      "x": NumericArray([2, 3], [1, 2, 3, 4, 5, 6]), "rows": NumericArray([3], [1, 1, 0]),
    ])
    let rows = graph.indices("rows", [3])
    #expect(try values(x.transposed([1, 0]), at: bindings) == [1, 4, 2, 5, 3, 6])
    #expect(try values(x.sliced(1, from: 1, count: 2), at: bindings) == [2, 3, 5, 6])
    #expect(try values(x.element(1), at: bindings) == [4, 5, 6])
    #expect(
      try values(concatenate([x, x.sliced(1, from: 0, count: 1)], along: 1), at: bindings)
        == [1, 2, 3, 1, 4, 5, 6, 4])
    #expect(try values(x.gathered(by: rows), at: bindings) == [4, 5, 6, 4, 5, 6, 1, 2, 3])
    #expect(
      try values(x.scatteredAdd(by: rows, along: 1, extent: 4), at: bindings)
        == [3, 3, 0, 0, 6, 9, 0, 0])
    #expect(
      try values(x.sum(over: [1]).reshaped(to: [2, 1]).broadcast(to: [2, 2]), at: bindings)
        == [6, 6, 15, 15])
  }

  @Test func productsStretchTheirLeadingAxes() throws {
    let a = graph.input("a", [2, 1, 2]), b = graph.input("b", [2, 1])
    let bindings = Bindings([
      "a": NumericArray([2, 1, 2], [1, 2, 3, 4]), "b": NumericArray([2, 1], [10, 1]),
    ])
    #expect(try values(matmul(a, b), at: bindings) == [12, 34])
    let outer = try Interpreter(bindings).evaluate(matmul(a, b, transposeA: true, transposeB: true))
    #expect(outer.extents == [2, 2, 2])
    #expect(outer.values == [10, 1, 20, 2, 30, 3, 40, 4])
  }

  @Test func nothingSumsToZeroAndHasEmptyGradients() throws {
    let x = graph.input("x", [.batch, 2]), w = graph.input("w", [3, 2])
    let value = square(matmul(x, w, transposeB: true)).sum()
    let bindings = Bindings(
      ["x": NumericArray([0, 2], []), "w": NumericArray([3, 2], [1, 2, 3, 4, 5, 6])],
      extents: ["batch": 0])
    let results = try Interpreter(bindings).evaluate([value] + value.gradients(of: [x, w]))
    #expect(results[0] == NumericArray(0))
    #expect(results[1] == NumericArray([0, 2], []))
    #expect(results[2] == NumericArray(repeating: 0, [3, 2]))
    #expect(try values(x.largest(over: [0]), at: bindings) == [-.infinity, -.infinity])
  }

  @Test func drawsAreThoseOfTheStreamFromTheCountersPositionOn() throws {
    let counter = graph.input("step", [])
    let draws = graph.uniform([2, 3], stream: 9, counter: counter)
    func drawn(step: Double, seed: UInt64 = 5) throws -> [Double] {
      try values(draws, at: Bindings(["step": NumericArray(step)], seed: seed))
    }
    var random = CounterRandom(seed: 5, stream: 9)
    let sequence = (0..<12).map { _ in random.uniform() }
    #expect(try drawn(step: 0) + drawn(step: 1) == sequence)
    #expect(try drawn(step: 0, seed: 6) != drawn(step: 0))
    #expect(sequence.allSatisfy { $0 >= 0 && $0 < 1 })
  }
}
