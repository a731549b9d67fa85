import CRankineKernels
import RankineRuntime

extension Tape {
  /// Lets a product end with the one loop that reads it: bias and activation of a layer, the slope of
  /// an activation with its sums over the batch. The loop then finds each tile of the product in the
  /// nearest cache, and the product itself is not stored, unless sums of it have to wait for others.
  ///
  /// A loop that writes parameters stays apart: optimizers walk over several arrays of the product's
  /// size, and do so faster from end to end than tile by tile.
  mutating func closeProducts() {
    var position = 0
    while position < instructions.count {
      if case .product(let product) = instructions[position], product.closing == nil,
        let (reader, input) = loop(closing: product, at: position),
        case .loop(let loop) = instructions[reader]
      {
        var closed = product
        closed.closing = TapeProduct.Closing(loop: loop, input: input)
        closed.result = place(forSumsOf: product, in: loop)
        replace(at: reader, by: .product(closed), label: labels[position])
        remove(at: position)
      } else {
        position += 1
      }
    }
  }

  /// Steps of a loop that a tile is worth: each passes over it once.
  private static let longestClosing = 8

  /// The only reader of a product, if it is a loop that can take it tile by tile, and which of the
  /// loop's inputs is the product.
  private func loop(
    closing product: TapeProduct, at position: Int
  ) -> (reader: Int, input: Int)? {
    let result = root(product.result)
    guard case .workspace = buffers[result].home,
      !outputs.values.contains(where: { root($0) == result })
    else { return nil }
    let readers = instructions.indices.filter {
      instructions[$0].operands.map(root).contains(result)
    }
    guard readers.count == 1, let reader = readers.first, reader > position,
      case .loop(let loop) = instructions[reader], fits(loop, product)
    else { return nil }
    let inputs = loop.inputs.indices.filter { root(loop.inputs[$0].buffer) == result }
    guard inputs.count == 1, let input = inputs.first, loop.inputs[input].isWhole,
      buffers[loop.inputs[input].buffer].shape == loop.extents
    else { return nil }
    // The product moves to where the loop is: what it reads must still be there.
    let factors = [root(product.a.buffer), root(product.b.buffer)]
    let isDisturbed = instructions[(position + 1)...reader].contains { instruction in
      instruction.written.map(root).contains(where: factors.contains)
    }
    return isDisturbed ? nil : (reader, input)
  }

  private func fits(_ loop: TapeLoop, _ product: TapeProduct) -> Bool {
    let shape = (product.sumsLead ? [] : product.lead) + [product.m, product.n]
    return loop.extents == shape && shape.count <= 3 && product.n != .fixed(1)
      && (1...Self.longestClosing).contains(loop.stepCount)
      && loop.outputs.allSatisfy { canMake($0, loop) }
  }

  /// Whether a closing can make an output: a value stored in the workspace, or a sum over the rows.
  private func canMake(_ output: TapeLoop.Output, _ loop: TapeLoop) -> Bool {
    guard case .workspace = buffers[root(output.to.buffer)].home else { return false }
    guard output.combine != RK_STORE else {
      return output.value >= loop.inputs.count + loop.constants.count
    }
    let kept = output.to.axes.dropLast(2) + output.to.axes.suffix(1)
    return output.combine != RK_LARGEST && output.to.axes.dropLast().last == .some(nil)
      && kept == (0..<output.to.starts.count).map { $0 }[...]
  }

  /// Sums that wait for others do so in a result of the loop, where one has their shape and the loop
  /// does not read what lies there.
  private func place(forSumsOf product: TapeProduct, in loop: TapeLoop) -> Int {
    let read = Set(loop.inputs.map { root($0.buffer) })
    let result = loop.outputs.first { output in
      let buffer = output.to.buffer
      guard case .workspace = buffers[buffer].home else { return false }
      return output.to.isWhole && buffers[buffer].shape == loop.extents && !read.contains(buffer)
    }
    return result?.to.buffer ?? product.result
  }
}
