import RankineGraph
import RankineSupport
import RankineTestSupport

/// One operation on leaves of its own, with data inside its sampling domain.
struct OperationTrial: CustomStringConvertible {
  let operation: Op
  let note: String
  /// What the derivative is taken along.
  let operands: [Tensor]
  let result: Tensor
  let bindings: Bindings

  var graph: Graph { result.graph }
  var description: String { note.isEmpty ? "\(operation)" : "\(operation), \(note)" }

  /// The operation with each of the attributes that its rules tell apart.
  ///
  /// Exhaustive, so that tomorrow's operation is tried too.
  static func trials(of op: Op) -> [OperationTrial] {
    switch op {
    case .leaf: [OperationTrial(op, on: [[2, .batch]]) { $0[0] }]
    case .constant: [OperationTrial(op, on: [[3]]) { $0[0].graph.constant(2.5) }]
    case .extent: [OperationTrial(op, on: [[3]]) { $0[0].graph.extent(.batch) }]
    case .uniform:
      [OperationTrial(op, on: [[]]) { $0[0].graph.uniform([3], stream: 1, counter: 0 * $0[0]) }]
    case .select:
      [
        OperationTrial(op, on: [[2, 3], [2, 3]]) { x in
          select(greater(x[0], x[0].graph.constant(1.2)), x[0], x[1])
        }
      ]
    case .matmul: products
    case .sum, .largest: reductions(op)
    case .broadcast:
      [
        OperationTrial(op, "new axes", on: [[.batch]]) { $0[0].broadcast(to: [2, 3, .batch]) },
        OperationTrial(op, "inner axis", on: [[2, 1, 3]]) { $0[0].broadcast(to: [2, .batch, 3]) },
        OperationTrial(op, "scalar", on: [[]]) { $0[0].broadcast(to: [2, .sample]) },
      ]
    case .reshape:
      [OperationTrial(op, on: [[2, .batch, 3]]) { $0[0].reshaped(to: [.batch, 6, 1]) }]
    case .transpose: [OperationTrial(op, on: [[2, .batch, 3]]) { $0[0].transposed([2, 0, 1]) }]
    case .slice:
      [
        OperationTrial(op, "inside", on: [[2, 5]]) { $0[0].sliced(1, from: 1, count: 3) },
        OperationTrial(op, "end", on: [[4, .batch]]) { $0[0].sliced(0, from: 3, count: 1) },
      ]
    case .concatenate:
      [
        OperationTrial(op, on: [[.batch, 2], [.batch, 1], [.batch, 3]]) {
          concatenate([$0[0], $0[1], $0[0], $0[2]], along: 1)
        }
      ]
    case .gather:
      [
        OperationTrial(op, on: [[2, 5]], indices: [4, 0, 4]) { x, rows in
          x[0].gathered(by: rows, along: 1)
        }
      ]
    case .scatterAdd:
      [
        OperationTrial(op, on: [[2, 3]], indices: [4, 0, 4]) { x, rows in
          x[0].scatteredAdd(by: rows, along: 1, extent: 5)
        }
      ]
    case .pairReduce: pairSums
    // Element by element.
    default:
      [
        OperationTrial(op, on: Array(repeating: [2, 3], count: op.definition.arity ?? 0)) { x in
          x[0].graph.append(op, x)
        }
      ]
    }
  }

  init(
    _ operation: Op, _ note: String = "", on shapes: [Shape], indices: [Double] = [],
    _ build: (_ operands: [Tensor], _ rows: Tensor) -> Tensor
  ) {
    let graph = Graph()
    let sampling = operation.definition.sampling
    var random = CounterRandom(seed: 11, named: "\(operation) \(note)")
    var leaves: [String: NumericArray] = ["rows": NumericArray([indices.count], indices)]
    let extents = ["batch": 2, "sample": 3]
    operands = shapes.enumerated().map { i, shape in
      let counts = shape.dimensions.map { $0.count ?? extents["\($0)"] ?? 1 }
      leaves["x\(i)"] = NumericArray(counts) { _ in
        sampling.lowerBound + random.uniform() * (sampling.upperBound - sampling.lowerBound)
      }
      return graph.input("x\(i)", shape)
    }
    (self.operation, self.note) = (operation, note)
    result = build(operands, graph.indices("rows", [.fixed(indices.count)]))
    bindings = Bindings(leaves, extents: extents)
  }

  init(
    _ operation: Op, _ note: String = "", on shapes: [Shape],
    _ build: (_ operands: [Tensor]) -> Tensor
  ) {
    self.init(operation, note, on: shapes) { x, _ in build(x) }
  }
}
