import Foundation

/// Renders a computation as formulas: values used more than once get a line and a letter.
package struct LatexPrinter {
  private let graph: Graph
  private let outputs: [(name: String, value: Tensor)]

  package init(_ outputs: [(name: String, value: Tensor)], of graph: Graph) {
    (self.graph, self.outputs) = (graph, outputs)
  }

  /// An `aligned` environment, a line per shared value and per output.
  package var text: String {
    let needed = graph.ancestors(of: outputs.map(\.value))
    var uses = Array(repeating: 0, count: graph.nodes.count)
    for (id, node) in graph.nodes.enumerated() where needed[id] {
      for operand in node.operands { uses[operand] += 1 }
    }
    var formula = Array(repeating: "", count: graph.nodes.count)
    var lines: [String] = []
    for (id, node) in graph.nodes.enumerated() where needed[id] {
      formula[id] = self.formula(node, node.operands.map { formula[$0] })
      if uses[id] > 1, !node.operands.isEmpty, !Self.showsItsOperand(node.op) {
        lines.append("t_{\(lines.count + 1)} &= \(formula[id])")
        formula[id] = "t_{\(lines.count)}"
      }
    }
    lines += outputs.map { "\(Self.symbol($0.name)) &= \(formula[$0.value.id])" }
    return "\\begin{aligned}\n" + lines.joined(separator: " \\\\\n") + "\n\\end{aligned}"
  }

  private func formula(_ node: Graph.Node, _ x: [String]) -> String {
    switch node.op {
    case .leaf:
      if case .leaf(let leaf) = node.attribute { return Self.symbol(leaf.name) }
      return ""
    case .constant: return node.attribute.constantValue.map { "\($0)" } ?? ""
    case .extent: return "|\\mathrm{\(node.attribute.label.dropFirst().dropLast())}|"
    case .add: return "(\(x[0]) + \(x[1]))"
    case .subtract: return "(\(x[0]) - \(x[1]))"
    case .multiply: return "\(Self.factor(x[0])) \\odot \(Self.factor(x[1]))"
    case .divide: return "\\frac{\(x[0])}{\(x[1])}"
    case .negate: return "-\(Self.factor(x[0]))"
    case .squareRoot: return "\\sqrt{\(x[0])}"
    case .sigmoid: return "\\sigma\\!\\left(\(x[0])\\right)"
    case .greater: return "\\mathbf{1}\\{\(x[0]) > \(x[1])\\}"
    case .equal: return "\\mathbf{1}\\{\(x[0]) = \(x[1])\\}"
    case .absolute: return "\\left|\(x[0])\\right|"
    case .matmul:
      let label = node.attribute.label
      let a = label.hasPrefix("(T") ? "^{\\top}" : ""
      let b = label.hasSuffix("T)") ? "^{\\top}" : ""
      return "\(Self.factor(x[0]))\(a) \(Self.factor(x[1]))\(b)"
    case .sum: return "\\sum_{\(node.attribute.label.dropFirst().dropLast())} \(x[0])"
    case .pairReduce:
      if case .pair(let pair) = node.attribute { return sum(over: pair, x) }
      return ""
    case .slice: return "\(Self.factor(x[0]))_{[\(node.attribute.label.dropFirst().dropLast())]}"
    case .broadcast, .reshape, .detach: return x[0]
    default:
      let name = node.op.definition.name
      return "\\operatorname{\(name)}\\!\\left(\(x.joined(separator: ", "))\\right)"
    }
  }

  /// Σ of the body with its variables as operands with an index: i for rows, j for columns.
  private func sum(over pair: PairReduction, _ x: [String]) -> String {
    let operands = PairOperands(x.map(Self.factor), pair.body)
    let body = OpenedBody(pair.body)
    var names: [Int: String] = [:]
    for (leaf, operand) in zip(body.rows, operands.rows) { names[leaf.id] = operand + "_{i}" }
    for (leaf, operand) in zip(body.columns, operands.columns) { names[leaf.id] = operand + "_{j}" }
    for (leaf, operand) in zip(body.scalars, operands.scalars) { names[leaf.id] = operand }
    var formula: [String] = []
    for (id, node) in body.value.graph.nodes.enumerated() {
      formula.append(names[id] ?? self.formula(node, node.operands.map { formula[$0] }))
    }
    let indices =
      switch pair.sum {
      case .all: "i,j"
      case .rows: "j"
      case .columns: "i"
      }
    return "\\sum_{\(indices)} \(Self.factor(formula[body.value.id]))"
  }

  /// Whether an operation is written as its operand, with or without a mark.
  private static func showsItsOperand(_ op: Op) -> Bool {
    op == .broadcast || op == .reshape || op == .detach
  }

  /// An expression as a factor: bracketed where something stands beside something else, or a sign in
  /// front.
  private static func factor(_ text: String) -> String {
    var depth = 0
    var isComposite = text.hasPrefix("-") || text.hasPrefix("\\sum")
    for character in text {
      if "({[".contains(character) { depth += 1 }
      if ")}]".contains(character) { depth -= 1 }
      if character == " ", depth == 0 { isComposite = true }
    }
    return isComposite ? "\\left(\(text)\\right)" : text
  }

  private static func symbol(_ name: String) -> String {
    let escaped = name.map { "_#%&$ ".contains($0) ? "\\\($0)" : "\($0)" }
    return "\\mathit{" + escaped.joined() + "}"
  }
}
