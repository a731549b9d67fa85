import RankineGraph

extension OperationTrial {
  /// Every transposition, with equal, stretched and missing leading axes.
  static var products: [OperationTrial] {
    [(false, false), (false, true), (true, false), (true, true)].flatMap { ta, tb in
      let a: [Dimension] = ta ? [3, .batch] : [.batch, 3]
      let b: [Dimension] = tb ? [2, 3] : [3, 2]
      let leads: [(a: [Dimension], b: [Dimension])] = [
        ([], []), ([2], [2]), ([2], []), ([2, 1], [.sample]),
      ]
      return leads.map { lead in
        OperationTrial(
          .matmul, "\(ta ? "T" : "N")\(tb ? "T" : "N") \(Shape(lead.a)) \(Shape(lead.b))",
          on: [Shape(lead.a + a), Shape(lead.b + b)]
        ) { matmul($0[0], $0[1], transposeA: ta, transposeB: tb) }
      }
    }
  }

  static func reductions(_ op: Op) -> [OperationTrial] {
    [[0], [1], [0, 2], [0, 1, 2]].map { (axes: [Int]) in
      OperationTrial(op, "\(axes)", on: [[2, .batch, 3]]) { x in
        op == .sum ? x[0].sum(over: axes) : x[0].largest(over: axes)
      }
    }
  }

  /// Three ways of summing, over bodies that read rows, columns and scalars, or only one of them; the
  /// first two also with a leading axis.
  static var pairSums: [OperationTrial] {
    let bodies: [(name: String, body: (PairVariables) -> Tensor)] = [
      ("sigmoid", { sigmoid(($0.rows[0] - $0.columns[0]) / (1 + square($0.scalar))) }),
      ("product", { $0.rows[0] * $0.rows[1] * $0.columns[0] * $0.columns[1] * $0.scalar }),
      ("masked", { greater($0.rows[1], $0.columns[1]) * exp(0.3 * ($0.rows[0] * $0.columns[0])) }),
      ("ratio", { $0.rows[0] / (1 + square($0.columns[1] * $0.scalar)) }),
      ("rows", { $0.rows[0] * tanh($0.rows[1]) }), ("columns", { exp($0.columns[1] * 0.5) }),
      ("scalar", { $0.scalar * $0.scalar }), ("constant", { $0.scalar.graph.constant(2) }),
    ]
    return bodies.flatMap { name, body in
      [PairReduction.Sum.all, .rows, .columns].flatMap { (sum) -> [OperationTrial] in
        let leads: [[Dimension]] = name == "sigmoid" || name == "product" ? [[], [2]] : [[]]
        return leads.map { lead in
          let row = Shape(lead + [.batch]), column = Shape(lead + [.sample])
          return OperationTrial(
            .pairReduce, "\(name), \(sum), \(Shape(lead))",
            on: [row, row, column, column, Shape(lead)]
          ) { x in
            let variables = PairVariables()
            return RankineGraph.pairReduce(
              of: body(variables), sum, rows: variables.rows, columns: variables.columns,
              scalars: [variables.scalar],
              over: PairOperands(rows: [x[0], x[1]], columns: [x[2], x[3]], scalars: [x[4]]))
          }
        }
      }
    }
  }
}

/// Two row variables, two column variables and a scalar on a scalar graph.
struct PairVariables {
  let rows: [Tensor]
  let columns: [Tensor]
  let scalar: Tensor

  init() {
    let graph = Graph()
    rows = (0..<2).map { graph.input("r\($0)", .scalar) }
    columns = (0..<2).map { graph.input("c\($0)", .scalar) }
    scalar = graph.input("u", .scalar)
  }
}
