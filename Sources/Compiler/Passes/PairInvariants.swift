import RankineGraph

/// Moves the parts of a pair body that vary along rows only, or along columns only, out of the sweep:
/// B + n evaluations instead of B·n.
///
/// What is a multiple of a row's value less a column's, through whatever sums and constant factors,
/// becomes one subtraction: −(f − g)/2 + 1 is g/2 − (f/2 − 1). So equal differences are one value, and
/// exponentials of a difference show as such.
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

  /// scale · (row − column).
  private struct Difference {
    var scale: Double
    var row: Tensor
    var column: Tensor
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
  /// For each instruction that varies along pairs how it is a difference, if it is one.
  private var differences: [Difference?] = []
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
      differences.append(variation == .pairs ? difference(instruction) : nil)
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

  // MARK: Differences

  private func difference(_ instruction: PairBody.Instruction) -> Difference? {
    guard case .apply(let op, let x) = instruction else { return nil }
    switch op {
    case .negate: return differences[x[0]].map { scaled($0, by: -1) }
    case .divide:
      guard let divisor = outside[x[1]]?.splat, divisor != 0 else { return nil }
      return differences[x[0]].map { scaled($0, by: 1 / divisor) }
    case .multiply:
      for (factor, other) in [(x[0], x[1]), (x[1], x[0])] {
        guard let known = differences[other], let value = outside[factor]?.splat, value != 0 else {
          continue
        }
        return scaled(known, by: value)
      }
      return nil
    case .add: return sum(x[0], x[1], sign: 1)
    case .subtract: return sum(x[0], x[1], sign: -1)
    default: return nil
    }
  }

  private func scaled(_ difference: Difference, by factor: Double) -> Difference {
    var scaled = difference
    scaled.scale *= factor
    return scaled
  }

  /// The difference that x + sign · y is.
  private func sum(_ x: Int, _ y: Int, sign: Double) -> Difference? {
    switch (variations[x], variations[y]) {
    case (.rows, .columns):
      guard sign < 0, let row = outside[x], let column = outside[y] else { return nil }
      return Difference(scale: 1, row: row, column: column)
    case (.columns, .rows):
      guard sign < 0, let row = outside[y], let column = outside[x] else { return nil }
      return Difference(scale: -1, row: row, column: column)
    case (.pairs, let other) where other != .pairs:
      return differences[x].flatMap { shifted($0, by: y, sign) }
    case (let other, .pairs) where other != .pairs:
      return differences[y].flatMap { shifted(scaled($0, by: sign), by: x, 1) }
    default: return nil
    }
  }

  /// scale · (row − column) + sign · term, for a term that does not vary along pairs.
  private func shifted(_ difference: Difference, by term: Int, _ sign: Double) -> Difference? {
    guard let value = outside[term] else { return nil }
    var shifted = difference
    let isColumn = variations[term] == .columns
    let side = isColumn ? difference.column : difference.row
    let factor = (isColumn ? -sign : sign) / difference.scale
    let moved = graph.append(
      .add, [side, multiplied(value.appendingAxis(of: side.shape), by: factor)])
    if isColumn { shifted.column = moved } else { shifted.row = moved }
    return shifted
  }

  private func multiplied(_ value: Tensor, by factor: Double) -> Tensor {
    factor == 1
      ? value
      : graph.append(.multiply, [graph.constant(factor).broadcast(to: value.shape), value])
  }

  /// One subtraction of variables.
  private mutating func made(_ difference: Difference) -> Tensor {
    let size = abs(difference.scale)
    let row = variable(for: multiplied(difference.row, by: size), .rows)
    let column = variable(for: multiplied(difference.column, by: size), .columns)
    return body.append(.subtract, difference.scale > 0 ? [row, column] : [column, row])
  }

  // MARK: Inside

  private mutating func insideValue(_ last: Int) -> Tensor {
    // Operands come before their users, so one walk finds all.
    for position in 0...last where variations[position] == .pairs {
      if let difference = differences[position] {
        inside[position] = made(difference)
        continue
      }
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
      if let known = variables.values.firstIndex(where: { $0.id == value.id }) {
        return variables.leaves[known]
      }
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
