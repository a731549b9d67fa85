import RankineCompiler
import RankineGraph

/// The formula of a model's scores as data, so that a stored run is scored without its declaration.
package struct StoredGraph: Codable, Sendable, Equatable {
  /// In the order of dependency; the last one is the scores [tasks, rows].
  package let instructions: [StoredInstruction]

  /// - Throws: `GraphError` for an instruction that depends on the training step.
  init(_ scores: Tensor) throws(GraphError) {
    let graph = scores.graph
    let isUsed = graph.ancestors(of: [scores])
    var renamed: [Int: Int] = [:]
    var instructions: [StoredInstruction] = []
    for (id, node) in graph.nodes.enumerated() where isUsed[id] {
      renamed[id] = instructions.count
      instructions.append(
        try StoredInstruction(node, operands: node.operands.compactMap { renamed[$0] }))
    }
    self.instructions = instructions
  }

  /// Builds the formula in a new graph.
  ///
  /// - Throws: `TrainingError` (`bad-run`) or `GraphError` when the data are no such formula.
  package func build() throws -> Tensor {
    let graph = Graph()
    var values: [Tensor] = []
    for instruction in instructions {
      values.append(try instruction.append(to: graph, given: values))
      try graph.check()
    }
    guard let scores = values.last else { throw StoredInstruction.damaged("it is empty") }
    return scores
  }
}

/// One instruction of a stored formula.
package struct StoredInstruction: Codable, Sendable, Equatable {
  let op: String
  let operands: [Int]?
  /// Which kind of attribute it has; nil for none.
  let kind: String?
  let name: String?
  let value: Double?
  let numbers: [Int]?
  let shape: [String]?

  init(_ node: Graph.Node, operands: [Int]) throws(GraphError) {
    op = node.op.definition.name
    self.operands = operands.isEmpty ? nil : operands
    var (kind, name): (String?, String?) = (nil, nil)
    var value: Double?
    var (numbers, shape): ([Int]?, [String]?) = (nil, nil)
    switch node.attribute {
    case .none: break
    case .constant(let bits): (kind, value) = ("constant", Double(bitPattern: bits))
    case .leaf(let leaf):
      (kind, name) = ("leaf", leaf.name)
      shape = leaf.shape.dimensions.map(\.description)
    case .extent(let dimension): (kind, shape) = ("extent", [dimension.description])
    case .axes(let axes): (kind, numbers) = ("axes", axes)
    case .axis(let axis): (kind, numbers) = ("axis", [axis])
    case .shape(let to): (kind, shape) = ("shape", to.dimensions.map(\.description))
    case .slice(let axis, let start, let count): (kind, numbers) = ("slice", [axis, start, count])
    case .transposition(let a, let b): (kind, numbers) = ("transposition", [a ? 1 : 0, b ? 1 : 0])
    case .scatter, .draws, .pair:
      throw GraphError(
        "unstorable-score", at: node.scope, "a score may not use \(node.op.definition.name)",
        hint: "let random layers act in training steps alone")
    }
    (self.kind, self.name, self.value) = (kind, name, value)
    (self.numbers, self.shape) = (numbers, shape)
  }

  func append(to graph: Graph, given values: [Tensor]) throws -> Tensor {
    guard let op = Op.allCases.first(where: { $0.definition.name == op }) else {
      throw Self.damaged("there is no operation \"\(op)\"")
    }
    let operands = operands ?? []
    let arity = op.definition.arity ?? max(1, operands.count)
    guard operands.count == arity, operands.allSatisfy(values.indices.contains) else {
      throw Self.damaged("the operands of \(op) are \(operands)")
    }
    let result = graph.append(op, operands.map { values[$0] }, try attribute())
    guard result.shape.isOfReasonableSize else { throw Self.damaged("\(op) is \(result.shape)") }
    return result
  }

  private func attribute() throws -> Attribute {
    let numbers = numbers ?? []
    let dimensions = try (shape ?? []).map(Self.dimension)
    switch (kind, numbers.count, dimensions.count) {
    case (nil, _, _): return .none
    case ("constant", _, _): if let value { return .constant(value.bitPattern) }
    case ("leaf", _, _):
      if let name { return .leaf(Leaf(name: name, shape: Shape(dimensions))) }
    case ("extent", _, 1): return .extent(dimensions[0])
    case ("axes", _, _): return .axes(numbers)
    case ("axis", 1, _): return .axis(numbers[0])
    case ("shape", _, _): return .shape(Shape(dimensions))
    case ("slice", 3, _): return .slice(axis: numbers[0], start: numbers[1], count: numbers[2])
    case ("transposition", 2, _): return .transposition(a: numbers[0] == 1, b: numbers[1] == 1)
    default: break
    }
    throw Self.damaged("the attribute of \(op) is incomplete")
  }

  private static func dimension(_ text: String) throws -> Dimension {
    guard let count = Int(text) else { return .named(text) }
    guard count >= 1, count <= 1 << 28 else { throw damaged("an axis has length \(text)") }
    return .fixed(count)
  }

  static func damaged(_ reason: String) -> TrainingError {
    TrainingError(
      "bad-run", at: "the stored formula", reason,
      hint: "the file is damaged or was written by another version")
  }
}

extension Shape {
  /// Whether the fixed axes hold at most 2²⁸ numbers.
  fileprivate var isOfReasonableSize: Bool {
    var size = 1
    for count in dimensions.compactMap(\.count) {
      let (product, hasOverflown) = size.multipliedReportingOverflow(by: count)
      guard !hasOverflown, product <= 1 << 28 else { return false }
      size = product
    }
    return true
  }
}
