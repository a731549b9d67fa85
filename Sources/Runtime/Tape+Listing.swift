extension Tape {
  /// The tape as text, one line an instruction.
  package var listing: String { lines.joined(separator: "\n") }

  var lines: [String] {
    zip(instructions, labels).enumerated().map { position, step in
      "\(position): \(line(step.0))" + (step.1.isEmpty ? "" : "  — \(step.1)")
    }
  }

  private func line(_ instruction: TapeInstruction) -> String {
    let results = instruction.results.map(name).joined(separator: ", ")
    let operands = instruction.operands.map(name).joined(separator: ", ")
    return "\(results) = \(what(instruction)) \(operands)"
  }

  private func what(_ instruction: TapeInstruction) -> String {
    switch instruction {
    case .loop(let loop):
      "loop[\(text(loop.extents))] \(loop.stepCount) ops"
    case .product(let product):
      "matmul\(product.transposeA ? "T" : "N")\(product.transposeB ? "T" : "N")"
        + "[\(text(product.lead + [product.m, product.n, product.k]))]"
        + (product.sumsLead ? " summed" : "")
        + (product.closing.map { " + \($0.loop.stepCount) ops" } ?? "")
    case .gather: "gather"
    case .scatterAdd: "scatter-add"
    case .uniform: "uniform"
    case .pairSums(let sums):
      "pairs[\(text(sums.lead + [sums.rows, sums.columns]))] \((sums.factored ?? sums.direct).code.count) ops"
    case .rankSums(let sums): "rank[\(text(sums.lead + [sums.rows, sums.columns]))]"
    }
  }

  private func name(_ buffer: Int) -> String {
    switch buffers[buffer].home {
    case .workspace: "b\(buffer)[\(text(buffers[buffer].shape))]"
    case .storage(let name), .indices(let name): name
    case .alias(let other): "\(name(other))→[\(text(buffers[buffer].shape))]"
    }
  }

  private func text(_ extents: [TapeExtent]) -> String {
    extents
      .map { extent in
        switch extent {
        case .fixed(let count): "\(count)"
        case .named(let name): name
        case .multiple(let factor, let name): "\(factor)·\(name)"
        }
      }
      .joined(separator: "×")
  }
}
