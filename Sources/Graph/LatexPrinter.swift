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
      if uses[id] > 1, !node.operands.isEmpty {
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
    case .multiply: return "\(x[0]) \\odot \(x[1])"
    case .divide: return "\\frac{\(x[0])}{\(x[1])}"
    case .negate: return "-\(x[0])"
    case .squareRoot: return "\\sqrt{\(x[0])}"
    case .sigmoid: return "\\sigma\\!\\left(\(x[0])\\right)"
    case .greater: return "\\mathbf{1}\\{\(x[0]) > \(x[1])\\}"
    case .equal: return "\\mathbf{1}\\{\(x[0]) = \(x[1])\\}"
    case .absolute: return "\\left|\(x[0])\\right|"
    case .matmul:
      let label = node.attribute.label
      let a = label.hasPrefix("(T") ? "^{\\top}" : ""
      let b = label.hasSuffix("T)") ? "^{\\top}" : ""
      return "\(x[0])\(a) \(x[1])\(b)"
    case .sum: return "\\sum_{\(node.attribute.label.dropFirst().dropLast())} \(x[0])"
    case .pairReduce: return "\\sum_{i,j} b\\left(\(x.joined(separator: ", "))\\right)"
    case .broadcast, .reshape, .detach: return x[0]
    default:
      let name = node.op.definition.name
      return "\\operatorname{\(name)}\\!\\left(\(x.joined(separator: ", "))\\right)"
    }
  }

  private static func symbol(_ name: String) -> String {
    let escaped = name.map { "_#%&$ ".contains($0) ? "\\\($0)" : "\($0)" }
    return "\\mathit{" + escaped.joined() + "}"
  }
}
