import RankineGraph

/// Layers inside of layers.
extension LayerScope {
  /// Applies layers one after the other, each with parameters of its own.
  ///
  /// - Parameters:
  ///   - name: where the layers stand inside of this one: `expert`.
  ///   - copies: the leading axes of their parameters; those of this layer when nil.
  public func run(
    _ layers: [any Layer], named name: String, copies: [Int]? = nil, on input: Tensor
  ) -> Tensor {
    var value = input
    for (index, layer) in layers.enumerated() {
      value = layer.apply(to: value, in: nested("\(name).\(index)", copies: copies))
    }
    return value
  }

  /// The scope of a part of this layer.
  func nested(_ name: String, copies: [Int]? = nil) -> LayerScope {
    LayerScope(
      pass, path: "\(path).\(name)", taskCount: taskCount, copies: copies ?? self.copies,
      sharedOutputs: sharedOutputs)
  }
}

extension Tensor {
  /// An axis of length 1 at a position.
  func insertingAxis(at position: Int) -> Tensor {
    var shape = self.shape
    shape.dimensions.insert(1, at: position)
    return reshaped(to: shape)
  }

  /// The same with two axes exchanged.
  func exchanging(_ a: Int, _ b: Int) -> Tensor {
    var axes = Array(shape.dimensions.indices)
    axes.swapAt(a, b)
    return transposed(axes)
  }

  /// eˣ over its sum along an axis, without overflow.
  func softmax(over axis: Int) -> Tensor {
    exp(self - logSumExp(over: axis).insertingAxis(at: axis))
  }
}
