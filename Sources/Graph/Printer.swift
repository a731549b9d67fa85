import Foundation

/// Renders the instructions that some outputs need as text that is the same for the same graph.
package struct Printer {
  private let graph: Graph
  private let outputs: [(name: String, value: Tensor)]
  private let ids: [Int]
  private let number: [Int: Int]

  package init(_ outputs: [(name: String, value: Tensor)], of graph: Graph) {
    self.graph = graph
    self.outputs = outputs
    let needed = graph.ancestors(of: outputs.map(\.value))
    ids = graph.nodes.indices.filter { needed[$0] }
    number = Dictionary(uniqueKeysWithValues: zip(ids, ids.indices))
  }

  /// One line an instruction: `%3 = add %1 %2 : [batch, 64]`.
  package var text: String {
    var lines = ids.map { id in
      let node = graph.nodes[id]
      let words = [node.op.definition.name + node.attribute.label] + node.operands.map(name)
      return "\(name(id)) = \(words.joined(separator: " ")) : \(node.shape)"
    }
    lines += outputs.map { "return \($0.name) = \(name($0.value.id))" }
    return lines.joined(separator: "\n")
  }

  /// A drawing for Graphviz.
  package var dot: String {
    var lines = ["digraph rankine {", "  rankdir=BT; node [shape=box, fontname=\"monospace\"];"]
    for id in ids {
      let node = graph.nodes[id]
      let label = Self.quoted("\(node.op.definition.name)\(node.attribute.label)\n\(node.shape)")
      lines.append("  n\(index(id)) [label=\(label)];")
      lines += node.operands.map { "  n\(index($0)) -> n\(index(id));" }
    }
    for (position, output) in outputs.enumerated() {
      lines.append("  out\(position) [label=\(Self.quoted(output.name)), shape=ellipse];")
      lines.append("  n\(index(output.value.id)) -> out\(position);")
    }
    return (lines + ["}"]).joined(separator: "\n")
  }

  /// A string of the drawing language.
  private static func quoted(_ text: String) -> String {
    let escaped = text.replacingOccurrences(of: "\\", with: "\\\\")
      .replacingOccurrences(of: "\"", with: "\\\"").replacingOccurrences(of: "\n", with: "\\n")
    return "\"\(escaped)\""
  }

  private func index(_ id: Int) -> Int { number[id] ?? id }
  private func name(_ id: Int) -> String { "%\(index(id))" }
}

extension Attribute {
  /// The attribute as the printers show it, in parentheses.
  package var label: String {
    switch self {
    case .none: ""
    case .constant(let bits): "(\(Double(bitPattern: bits)))"
    case .leaf(let leaf): leaf.element == .index ? "(\(leaf.name), index)" : "(\(leaf.name))"
    case .extent(let dimension): "(\(dimension))"
    case .axes(let axes): "(\(axes.map(String.init).joined(separator: ",")))"
    case .axis(let axis): "(\(axis))"
    case .shape: ""
    case .slice(let axis, let start, let count): "(\(axis): \(start)..<\(start + count))"
    case .transposition(let a, let b): a || b ? "(\(a ? "T" : "N")\(b ? "T" : "N"))" : ""
    case .scatter(let axis, _): "(\(axis))"
    case .draws(let stream, _): "(\(stream))"
    case .pair(let pair): "(\(pair.sum): \(pair.body))"
    }
  }
}

extension PairBody: CustomStringConvertible {
  /// The expression on one line, shared parts written out where they are used once.
  package var description: String {
    var uses = Array(repeating: 0, count: instructions.count)
    for case .apply(_, let operands) in instructions {
      for operand in operands { uses[operand] += 1 }
    }
    var words: [String] = [], definitions: [String] = []
    for (i, instruction) in instructions.enumerated() {
      switch instruction {
      case .variable(.row(let k)): words.append("row\(k)")
      case .variable(.column(let k)): words.append("column\(k)")
      case .variable(.scalar(let k)): words.append("scalar\(k)")
      case .constant(let bits): words.append("\(Double(bitPattern: bits))")
      case .apply(let op, let operands):
        let arguments = operands.map { words[$0] }.joined(separator: ", ")
        let call = "\(op.definition.name)(\(arguments))"
        if uses[i] > 1 {
          definitions.append("t\(i) = \(call)")
          words.append("t\(i)")
        } else {
          words.append(call)
        }
      }
    }
    return (definitions + [words[words.count - 1]]).joined(separator: "; ")
  }
}
