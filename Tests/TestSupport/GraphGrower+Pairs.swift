import RankineGraph

/// Sums over all pairs, with bodies grown at random on a scalar graph of their own.
extension GraphGrower {
  /// A random body over one to three row and column variables, masked by an order of keys, or the
  /// masked sigmoid of a rank loss; summed one way or all three ways.
  mutating func growPairSum() {
    let lead = pick([[], [1], [2], [3, 2]] as [[Dimension]])
    let sizes: [Dimension] = [.batch, .sample, 3, 1]
    let rowShape = Shape(lead + [pick(sizes)]), columnShape = Shape(lead + [pick(sizes)])
    let rows = pairValues(rowShape), columns = pairValues(columnShape)
    let scalars = chance(0.5) ? [value(Shape(lead)) { $0 == Shape(lead) }] : []
    let keys = [
      declare("rowKey", rowShape, .key), declare("columnKey", columnShape, .key),
      declare("rowLow", rowShape, .key), declare("columnLow", columnShape, .key),
    ]
    let body = PairBodyGrower(
      rows: rows.map(\.bound), columns: columns.map(\.bound), scalars: scalars.map(\.bound))
    let value: Grown
    switch below(3) {
    case 0: value = body.rankLoss
    case 1: value = body.grown(seed: UInt64(below(1 << 30)), isSmooth: isSmooth)
    default:
      let inner = body.grown(seed: UInt64(below(1 << 30)), isSmooth: isSmooth)
      value = Grown(tensor: body.mask * inner.tensor, bound: inner.bound)
    }
    let sums: [PairReduction.Sum] = [.all, .rows, .columns]
    for sum in chance(0.3) ? sums : [pick(sums)] {
      let total = pairReduce(
        of: value.tensor, sum, rows: body.rows, columns: body.columns, scalars: body.scalars,
        over: PairOperands(
          rows: rows.map(\.tensor) + [keys[0], keys[2]],
          columns: columns.map(\.tensor) + [keys[1], keys[3]], scalars: scalars.map(\.tensor)))
      let pairs = Self.size([rowShape[lead.count], columnShape[lead.count]])
      keep(total, below: value.bound * Double(pairs))
    }
  }

  private mutating func pairValues(_ shape: Shape) -> [Grown] {
    (0...below(3)).map { _ in
      chance(0.5) ? leaf(shape, isTied: !isSmooth) : value(shape) { $0 == shape }
    }
  }
}

/// The scalar graph of a pair body: value variables, then two keys on each side.
private struct PairBodyGrower {
  let rows: [Tensor]
  let columns: [Tensor]
  let scalars: [Tensor]
  private let pool: [GraphGrower.Grown]

  /// - Parameters: the bounds of the value variables.
  init(rows: [Double], columns: [Double], scalars: [Double]) {
    let graph = Graph()
    func variables(_ name: String, _ count: Int) -> [Tensor] {
      (0..<count).map { graph.input("\(name)\($0)", .scalar) }
    }
    self.rows = variables("row", rows.count + 2)
    self.columns = variables("column", columns.count + 2)
    self.scalars = variables("scalar", scalars.count)
    pool =
      zip(self.rows, rows).map(GraphGrower.Grown.init)
      + zip(self.columns, columns).map(GraphGrower.Grown.init)
      + zip(self.scalars, scalars).map(GraphGrower.Grown.init)
  }

  /// 1 where the row ranks above the column; missing keys rank nowhere.
  var mask: Tensor { greater(rows[rows.count - 2], columns[columns.count - 2]) }

  var rankLoss: GraphGrower.Grown {
    let difference: Tensor = rows[0] - columns[0]
    let back: Tensor = columns[0] - rows[0]
    let above: Tensor = greater(rows[rows.count - 2], columns[columns.count - 1])
    let under: Tensor = greater(columns[columns.count - 2], rows[rows.count - 1])
    return GraphGrower.Grown(
      tensor: above * sigmoid(difference) + under * sigmoid(back), bound: 2)
  }

  /// Six to eleven elementwise steps, then the product of the last two values and all variables.
  func grown(seed: UInt64, isSmooth: Bool) -> GraphGrower.Grown {
    var grower = GraphGrower(
      graph: rows[0].graph, seed: seed, isSmooth: isSmooth, pool: pool, canDeclare: false)
    let choices = Op.allCases.filter {
      ($0.isElementwise || $0 == .constant) && (!isSmooth || GraphGrower.isSmooth($0))
    }
    for _ in 0..<(6 + grower.below(6)) { grower.grow(grower.pick(choices)) }
    let all = grower.pool.suffix(2).map(\.tensor) + pool.map(\.tensor)
    let product = all.dropFirst().reduce(all[0]) { $0 * sigmoid($1) }
    return GraphGrower.Grown(tensor: product, bound: 4)
  }
}
