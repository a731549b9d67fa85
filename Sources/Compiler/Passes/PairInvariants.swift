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
      var split = PairBodySplit(pair.body, PairOperands(operands, pair.body), graph)
      return split.reduced(by: pair.sum)
    }
  }
}

/// A pair body taken apart: what varies along pairs stays in a new body, the rest is computed in the
/// graph and comes in through variables.
private struct PairBodySplit {
  /// Along what a part of the body varies.
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

  private struct Variables {
    var leaves: [Tensor] = []
    var values: [Tensor] = []
  }

  private let instructions: [PairBody.Instruction]
  private let operands: PairOperands<Tensor>
  private let graph: Graph
  private let body = Graph()
  private var variations: [Variation] = []
  /// For each instruction its value in the graph; nil for those that vary along pairs.
  private var outside: [Tensor?] = []
  /// For each instruction its value in the new body, made when first asked for.
  private var inside: [Int: Tensor] = [:]
  private var rows = Variables()
  private var columns = Variables()
  private var scalars = Variables()

  init(_ pairBody: PairBody, _ operands: PairOperands<Tensor>, _ graph: Graph) {
    (instructions, self.operands, self.graph) = (pairBody.instructions, operands, graph)
    for instruction in instructions {
      let (variation, value) = computedOutside(instruction)
      variations.append(variation)
      outside.append(value)
    }
  }

  /// The sum of what is left.
  mutating func reduced(by sum: PairReduction.Sum) -> Tensor {
    let value = insideValue(instructions.count - 1)
    if rows.leaves.isEmpty { _ = variable(for: operands.rows[0], .rows) }
    if columns.leaves.isEmpty { _ = variable(for: operands.columns[0], .columns) }
    return pairReduce(
      of: value, sum, rows: rows.leaves, columns: columns.leaves, scalars: scalars.leaves,
      over: PairOperands(rows: rows.values, columns: columns.values, scalars: scalars.values))
  }

  // MARK: Outside

  private func computedOutside(_ instruction: PairBody.Instruction) -> (Variation, Tensor?) {
    switch instruction {
    case .variable(.row(let i)): return (.rows, operands.rows[i])
    case .variable(.column(let i)): return (.columns, operands.columns[i])
    case .variable(.scalar(let i)): return (.nothing, operands.scalars[i])
    case .constant(let bits):
      return (.nothing, graph.append(.constant, [], .constant(bits)).broadcast(to: shape(.nothing)))
    case .apply(let op, let arguments):
      let variation = arguments.map { variations[$0] }
        .reduce(Variation.nothing) { $0.joined($1) }
      guard variation != .pairs else { return (.pairs, nil) }
      let values = arguments.compactMap { outside[$0]?.appendingAxis(of: shape(variation)) }
      return (variation, graph.append(op, values))
    }
  }

  /// The shape of what varies so: [lead…], [lead…, B] or [lead…, n].
  private func shape(_ variation: Variation) -> Shape {
    switch variation {
    case .rows: operands.rows[0].shape
    case .columns: operands.columns[0].shape
    case .nothing, .pairs: Shape(Array(operands.rows[0].shape.dimensions.dropLast()))
    }
  }

  // MARK: Inside

  private mutating func insideValue(_ last: Int) -> Tensor {
    // Operands come before their users, so one walk finds all.
    for position in 0...last where variations[position] == .pairs {
      guard case .apply(let op, let arguments) = instructions[position] else { continue }
      var values: [Tensor] = []
      for argument in arguments { values.append(operand(argument)) }
      inside[position] = body.append(op, values)
    }
    return operand(last)
  }

  private mutating func operand(_ position: Int) -> Tensor {
    if let known = inside[position] { return known }
    guard let value = outside[position] else { return body.constant(.nan) }
    let made =
      value.splat.map { body.constant($0) } ?? variable(for: value, variations[position])
    inside[position] = made
    return made
  }

  private mutating func variable(for value: Tensor, _ variation: Variation) -> Tensor {
    func added(to variables: inout Variables, _ name: String) -> Tensor {
      let leaf = body.input("\(name)\(variables.leaves.count)", .scalar)
      variables.leaves.append(leaf)
      variables.values.append(value)
      return leaf
    }
    switch variation {
    case .rows: return added(to: &rows, "row")
    case .columns: return added(to: &columns, "column")
    case .nothing, .pairs: return added(to: &scalars, "scalar")
    }
  }
}

extension Tensor {
  /// A tensor of this shape or of its leading axes, repeated along the last axis where that is
  /// missing.
  fileprivate func appendingAxis(of shape: Shape) -> Tensor {
    guard self.shape != shape else { return self }
    return reshaped(to: Shape(self.shape.dimensions + [1])).broadcast(to: shape)
  }
}
