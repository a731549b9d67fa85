import RankineSupport

/// An append-only list of instructions in which equal instructions are one.
///
/// Operands come before their users, so a walk by index is a walk in dependency order. Operations on
/// `Tensor` append here; the first misfit is kept in `error` and reported when the graph is lowered,
/// so that formulas need no `try`.
public final class Graph {
  /// The instructions, operands before their users.
  package private(set) var nodes: [Node] = []
  /// The first misfit met, nil while everything fits.
  package private(set) var error: GraphError?
  /// Where in the user's declaration the next instructions belong: `"shared[0]"`.
  package var scope: String = ""
  private var numbers: [NodeKey: Int] = [:]
  private var leaves: [String: Leaf] = [:]

  /// A graph without instructions.
  public init() {}

  /// One instruction: what is done, to what, and the shape of its result.
  package struct Node: Sendable {
    package let op: Op
    package let operands: [Int]
    package let attribute: Attribute
    package let shape: Shape
    package let element: Element
    /// The declaration it came from, for messages; no part of its identity.
    package let scope: String
  }

  private struct NodeKey: Hashable {
    let op: Op
    let operands: [Int]
    let attribute: Attribute
  }

  /// Adds an instruction, or finds the equal one.
  package func append(
    _ op: Op, _ operands: [Tensor] = [], _ attribute: Attribute = .none
  ) -> Tensor {
    precondition(operands.allSatisfy { $0.graph === self }, "operand of another graph")
    let key = NodeKey(op: op, operands: operands.map(\.id), attribute: attribute)
    if let id = numbers[key] { return Tensor(graph: self, id: id) }
    var shape = operands.first?.shape ?? .scalar
    do {
      shape = try op.definition.inferShape(operands.map { nodes[$0.id] }, attribute)
    } catch {
      report(error)
    }
    if let misfit = misuse(of: operands, by: op) { report(misfit) }
    let element: Element = if case .leaf(let leaf) = attribute { leaf.element } else { .real }
    nodes.append(
      Node(
        op: op, operands: key.operands, attribute: attribute, shape: shape, element: element,
        scope: scope))
    numbers[key] = nodes.count - 1
    return Tensor(graph: self, id: nodes.count - 1)
  }

  /// Row numbers are for gathering and scattering by, and no values to compute with.
  private func misuse(of operands: [Tensor], by op: Op) -> GraphError? {
    let isMisused = operands.enumerated().contains { position, operand in
      operand.node.element == .index && !(position == 1 && (op == .gather || op == .scatterAdd))
    }
    guard isMisused else { return nil }
    return GraphError(
      "index-as-number", "\(op.definition.name) of row numbers",
      hint: "row numbers can only be gathered or scattered by")
  }

  /// Keeps the first misfit, placed in the current scope unless it names a place itself.
  package func report(_ failure: GraphError) {
    guard error == nil else { return }
    error = failure
    if failure.place.isEmpty { error?.place = scope }
  }

  /// - Throws: the first misfit met while the graph was built.
  package func check() throws(GraphError) {
    if let error { throw error }
  }

  /// The value of instruction number `id`.
  package func tensor(_ id: Int) -> Tensor {
    Tensor(graph: self, id: id)
  }

  /// A named value given from outside. Asking again for the same name and shape gives the same one;
  /// the same name with another shape is a misfit (`name-taken`).
  public func input(_ name: String, _ shape: Shape) -> Tensor {
    declare(Leaf(name: name, shape: shape))
  }

  /// Named row numbers given from outside, to gather by.
  package func indices(_ name: String, _ shape: Shape) -> Tensor {
    declare(Leaf(name: name, shape: shape, element: .index))
  }

  private func declare(_ leaf: Leaf) -> Tensor {
    let first = leaves[leaf.name, default: leaf]
    leaves[leaf.name] = first
    if first != leaf {
      report(
        GraphError(
          "name-taken",
          "input \"\(leaf.name)\" is \(leaf.element) \(leaf.shape) here and "
            + "\(first.element) \(first.shape) elsewhere",
          hint: "give one of them another name"))
    }
    return append(.leaf, [], .leaf(leaf))
  }

  /// One number, of no axes.
  public func constant(_ value: Double) -> Tensor {
    append(.constant, [], .constant(value.bitPattern))
  }

  /// The number of elements along a dimension, as a scalar.
  public func extent(_ dimension: Dimension) -> Tensor {
    if let count = dimension.count { return constant(Double(count)) }
    return append(.extent, [], .extent(dimension))
  }

  /// Seeded draws, uniform on [0, 1). They depend on the seed of the run, the stream and the counter.
  ///
  /// - Parameters:
  ///   - stream: tells this use of random numbers from every other.
  ///   - counter: a whole number that changes from step to step.
  package func uniform(_ shape: Shape, stream: Int, counter: Tensor) -> Tensor {
    append(.uniform, [counter], .draws(stream: stream, shape: shape))
  }
}

extension Attribute {
  /// The number of a constant.
  package var constantValue: Double? {
    if case .constant(let bits) = self { Double(bitPattern: bits) } else { nil }
  }
}
