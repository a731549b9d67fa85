import RankineGraph

/// Moves the parts of a pair body that vary along rows only, or along columns only, out of the sweep:
/// B + n evaluations instead of B·n.
///
/// A body that the rank kernel knows is left as it is.
struct PairInvariants: Pass {
  static let name = "pair-invariants"

  func run(_ program: Program) throws(GraphError) -> Program {
    try rebuild(program) { node, operands, graph throws(GraphError) in
      guard case .pair(let pair) = node.attribute, RankTemplate.shared.role(of: pair) == nil else {
        return graph.append(node.op, operands, node.attribute)
      }
      return try Self.hoisted(pair, PairOperands(operands, pair.body), graph)
    }
  }

  /// Along what a part of a body varies.
  private enum Variation {
    case nothing, rows, columns, pairs

    func joined(_ other: Variation) -> Variation {
      switch (self, other) {
      case (.nothing, let x), (let x, .nothing): x
      case (.rows, .rows): .rows
      case (.columns, .columns): .columns
      default: .pairs
      }
    }
  }

  private static func hoisted(
    _ pair: PairReduction, _ operands: PairOperands<Tensor>, _ graph: Graph
  ) throws(GraphError) -> Tensor {
    let bodyGraph = Graph()
    var rows: [(leaf: Tensor, value: Tensor)] = [], columns = rows, scalars = rows
    var inner: [Tensor] = [], outer: [Tensor?] = [], variations: [Variation] = []

    /// The leaf that stands in the new body for a value computed outside.
    func leaf(for value: Tensor, _ variation: Variation) -> Tensor {
      switch variation {
      case .rows: rows.append((bodyGraph.input("row\(rows.count)", .scalar), value))
      case .columns: columns.append((bodyGraph.input("column\(columns.count)", .scalar), value))
      case .nothing, .pairs:
        scalars.append((bodyGraph.input("scalar\(scalars.count)", .scalar), value))
      }
      return (variation == .rows ? rows : variation == .columns ? columns : scalars).last!.leaf
    }
    let rowShape = operands.rows[0].shape, columnShape = operands.columns[0].shape
    func stretched(_ value: Tensor, _ variation: Variation) -> Tensor {
      switch variation {
      case .rows where value.shape != rowShape: value.appendingAxis(of: rowShape)
      case .columns where value.shape != columnShape: value.appendingAxis(of: columnShape)
      default: value
      }
    }

    for instruction in pair.body.instructions {
      switch instruction {
      case .variable(.row(let i)):
        outer.append(operands.rows[i])
        variations.append(.rows)
      case .variable(.column(let i)):
        outer.append(operands.columns[i])
        variations.append(.columns)
      case .variable(.scalar(let i)):
        outer.append(operands.scalars[i])
        variations.append(.nothing)
      case .constant(let bits):
        outer.append(graph.append(.constant, [], .constant(bits)))
        variations.append(.nothing)
      case .apply(let op, let arguments):
        let variation = arguments.map { variations[$0] }.reduce(Variation.nothing) { $0.joined($1) }
        variations.append(variation)
        if variation == .pairs {
          outer.append(nil)
        } else {
          var values = arguments.compactMap { outer[$0] }.map { stretched($0, variation) }
          if variation == .nothing, let lead = values.first(where: { $0.constantValue == nil }) {
            values = values.map { $0.broadcast(to: lead.shape) }
          }
          outer.append(graph.append(op, values))
        }
      }
    }
    // Leaves are made only for what the remaining body reads.
    var leaves: [Int: Tensor] = [:]
    func inside(_ position: Int) -> Tensor {
      if variations[position] == .pairs { return inner[position] }
      if let constant = outer[position]?.constantValue { return bodyGraph.constant(constant) }
      if let known = leaves[position] { return known }
      guard let value = outer[position] else { return bodyGraph.constant(.nan) }
      let made = leaf(for: value, variations[position])
      leaves[position] = made
      return made
    }
    for (position, instruction) in pair.body.instructions.enumerated() {
      if variations[position] == .pairs, case .apply(let op, let arguments) = instruction {
        inner.append(bodyGraph.append(op, arguments.map(inside)))
      } else {
        inner.append(bodyGraph.constant(.nan))
      }
    }
    let value = inside(pair.body.instructions.count - 1)
    if rows.isEmpty { _ = leaf(for: operands.rows[0], .rows) }
    if columns.isEmpty { _ = leaf(for: operands.columns[0], .columns) }
    return pairReduce(
      of: value, pair.sum, rows: rows.map(\.leaf), columns: columns.map(\.leaf),
      scalars: scalars.map(\.leaf),
      over: PairOperands(
        rows: rows.map(\.value), columns: columns.map(\.value), scalars: scalars.map(\.value)))
  }
}

extension Tensor {
  /// A tensor of the leading axes, repeated along the last axis of `shape`.
  func appendingAxis(of shape: Shape) -> Tensor {
    let lead = Shape(Array(shape.dimensions.dropLast()))
    let column = broadcast(to: lead)
    return column.reshaped(to: Shape(lead.dimensions + [1])).broadcast(to: shape)
  }
}
