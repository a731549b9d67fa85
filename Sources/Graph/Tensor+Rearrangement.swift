extension Tensor {
  /// Zeros of this shape.
  package var zeros: Tensor { graph.constant(0).broadcast(to: shape) }

  /// Repeats along missing axes and axes of size one. A misfit (`shape-mismatch`) where another axis
  /// would have to change.
  public func broadcast(to shape: Shape) -> Tensor {
    shape == self.shape ? self : graph.append(.broadcast, [self], .shape(shape))
  }

  /// The same elements, row-major, under another shape, which has the same named dimensions and the
  /// same product of the fixed ones; else a misfit (`shape-mismatch`).
  public func reshaped(to shape: Shape) -> Tensor {
    shape == self.shape ? self : graph.append(.reshape, [self], .shape(shape))
  }

  /// Axis i of the result is axis `axes[i]` of this; a misfit (`bad-axis`) unless `axes` is a
  /// permutation of all axes.
  public func transposed(_ axes: [Int]) -> Tensor {
    axes == Array(axes.indices) ? self : graph.append(.transpose, [self], .axes(axes))
  }

  /// `count` positions along an axis of fixed size, from `start` on; a misfit (`bad-slice`) where they
  /// are not all there.
  public func sliced(_ axis: Int, from start: Int, count: Int) -> Tensor {
    start == 0 && shape.dimensions.indices.contains(axis) && shape[axis] == .fixed(count)
      ? self : graph.append(.slice, [self], .slice(axis: axis, start: start, count: count))
  }

  /// One position along an axis, which disappears.
  public func element(_ position: Int, along axis: Int = 0) -> Tensor {
    let part = sliced(axis, from: position, count: 1)
    return part.shape.rank == shape.rank ? part.reshaped(to: part.shape.removing([axis])) : part
  }

  /// The positions along an axis that a list of row numbers names.
  package func gathered(by indices: Tensor, along axis: Int = 0) -> Tensor {
    graph.append(.gather, [self, indices], .axis(axis))
  }

  /// Adds position i along an axis to position `indices[i]` of a result of the given extent: the
  /// transpose of `gathered`. Positions named twice add up, those not named are 0.
  package func scatteredAdd(by indices: Tensor, along axis: Int, extent: Dimension) -> Tensor {
    graph.append(.scatterAdd, [self, indices], .scatter(axis: axis, extent: extent))
  }

  /// The value itself, through which no derivative passes.
  public var detached: Tensor { graph.append(.detach, [self]) }

  /// Undoes a reduction's loss of axes by repeating along them.
  func restoringAxes(removedFrom shape: Shape, by axes: [Int]) -> Tensor {
    reshaped(to: shape.collapsing(axes)).broadcast(to: shape)
  }

  /// Undoes a stretch: sums over the axes along which `shape` would repeat.
  func summed(to shape: Shape) -> Tensor {
    let extra = self.shape.rank - shape.rank
    let axes = self.shape.dimensions.indices.filter {
      $0 < extra || shape[$0 - extra] != self.shape[$0]
    }
    return sum(over: axes).reshaped(to: shape)
  }

  /// Gives a tensor of the leading axes of `shape` the axes it lacks, and repeats along them.
  func appendingAxes(of shape: Shape) -> Tensor {
    let ones = Array(repeating: Dimension.fixed(1), count: shape.rank - self.shape.rank)
    return reshaped(to: Shape(self.shape.dimensions + ones)).broadcast(to: shape)
  }
}

/// Joins along an axis of fixed size.
public func concatenate(_ parts: [Tensor], along axis: Int) -> Tensor {
  precondition(!parts.isEmpty, "nothing to join")
  return parts.count == 1 ? parts[0] : parts[0].graph.append(.concatenate, parts, .axis(axis))
}

/// Stacks tensors of one shape along a new first axis.
public func stack(_ parts: [Tensor]) -> Tensor {
  concatenate(parts.map { $0.reshaped(to: Shape([1] + $0.shape.dimensions)) }, along: 0)
}
