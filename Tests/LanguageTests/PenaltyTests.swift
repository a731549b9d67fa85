import RankineGraph
import RankineSupport
import Testing

@testable import RankineLanguage

/// The proximal map at a strength and a step size.
func prox(
  _ penalty: any Penalty, _ weight: NumericArray, _ strength: Double, step: Double = 1,
  columns: [Double]? = nil
) throws -> [Double] {
  let (leaf, bindings) = bind(weight, columns)
  let graph = leaf.graph
  let factors = columns.map { graph.input("columns", [.fixed($0.count)]) }
  let moved = penalty.prox(
    leaf, strength: graph.constant(strength), step: graph.constant(step), columnWeights: factors)
  return try Interpreter(bindings).evaluate(moved).values
}

/// The penalty of a weight.
func value(
  _ penalty: any Penalty, _ weight: NumericArray, _ strength: Double, columns: [Double]? = nil
) throws -> Double {
  let (leaf, bindings) = bind(weight, columns)
  let graph = leaf.graph
  let factors = columns.map { graph.input("columns", [.fixed($0.count)]) }
  let sum = penalty.value(leaf, strength: graph.constant(strength), columnWeights: factors)
  return try Interpreter(bindings).evaluate(sum).values[0]
}

private func bind(_ weight: NumericArray, _ columns: [Double]?) -> (Tensor, Bindings) {
  var leaves = ["weight": weight]
  if let columns { leaves["columns"] = NumericArray([columns.count], columns) }
  let shape = Shape(weight.extents.map { .fixed($0) })
  return (Graph().input("weight", shape), Bindings(leaves))
}

private let column = NumericArray([2, 1], [3, 4])

@Test func aGroupShrinksAsAWholeAndThenIsExactlyZero() throws {
  #expect(isClose(try prox(GroupLasso(), column, 1), [2.4, 3.2]))
  #expect(try prox(GroupLasso(), column, 5) == [0, 0])
  #expect(try prox(GroupLasso(), column, 7) == [0, 0])
  #expect(try value(GroupLasso(), column, 2) == 10)
}

@Test func theSparseGroupProxIsASoftThresholdAndThenAGroupThreshold() throws {
  let moved = try prox(SparseGroupLasso(mix: 0.5), column, 2)
  #expect(isClose(moved, [1.445_299_8, 2.167_949_7], within: 1e-7))
}

@Test func rowsAreGroupsWhenUnitsArePenalized() throws {
  let weight = NumericArray([2, 2], [3, 4, 0, 0.5])
  #expect(isClose(try prox(GroupLasso(over: .units), weight, 1), [2.4, 3.2, 0, 0]))
}

@Test func everyTaskHasGroupsOfItsOwn() throws {
  let weight = NumericArray([2, 2, 1], [3, 4, 0.3, 0.4])
  #expect(isClose(try prox(GroupLasso(), weight, 1), [2.4, 3.2, 0, 0]))
  #expect(isClose(try value(GroupLasso(), weight, 1), 5.5))
}

@Test func columnWeightsScaleTheThresholdOfTheirColumn() throws {
  let weight = NumericArray([2, 2], [3, 3, 4, 4])
  #expect(isClose(try prox(GroupLasso(), weight, 1, columns: [1, 2]), [2.4, 1.8, 3.2, 2.4]))
  #expect(isClose(try value(GroupLasso(), weight, 1, columns: [1, 2]), 15))
}

@Test(arguments: Catalog.penalties.indices)
func aZeroThresholdLeavesTheWeightAndZeroStaysZero(_ index: Int) throws {
  let penalty = Catalog.penalties[index]
  let weight = NumericArray([2, 2, 1], [1, 0, -2, 0])
  #expect(isClose(try prox(penalty, weight, 0), weight.values))
  #expect(try prox(penalty, NumericArray(repeating: 0, [2, 2, 1]), 3) == [0, 0, 0, 0])
  #expect(isClose(try value(penalty, NumericArray(repeating: 0, [2, 2, 1]), 1), 0))
}

/// prox(W) minimizes ½‖V − W‖² + s λ Ω(V): no other point, near or far, has less. The larger step is one
/// at which some penalties are concave.
@Test(arguments: Catalog.penalties.indices, [1, 5])
func theProximalMapIsTheMinimizer(_ index: Int, step: Double) throws {
  let penalty = Catalog.penalties[index], strength = 0.7 / step.squareRoot()
  let columns = [0.5, 1, 2]
  var random = CounterRandom(seed: 4)
  for _ in 0..<10 {
    let weight = NumericArray([2, 2, 3]) { _ in 1.5 * random.normal() }
    func cost(_ v: [Double]) throws -> Double {
      let distance = zip(v, weight.values).map { ($0 - $1) * ($0 - $1) / 2 }.reduce(0, +)
      return try distance
        + step * value(penalty, NumericArray(weight.extents, v), strength, columns: columns)
    }
    let best = try prox(penalty, weight, strength, step: step, columns: columns)
    let least = try cost(best)
    for size in [1e-3, 1e-2, 0.1, 1] {
      for _ in 0..<5 {
        let other = best.map { $0 + size * random.normal() }
        #expect(try cost(other) > least - 1e-13, "\(penalty.summary)")
      }
      #expect(try cost(weight.values) >= least - 1e-13, "\(penalty.summary)")
      let zeroed = best.enumerated().map { $0.offset % 3 == 0 ? 0 : $0.element }
      #expect(try cost(zeroed) >= least - 1e-13, "\(penalty.summary)")
    }
  }
}
