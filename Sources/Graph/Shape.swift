/// The axes of a tensor, outermost first; a scalar has none.
public struct Shape: Hashable, Sendable, ExpressibleByArrayLiteral, CustomStringConvertible {
  /// The size of each axis.
  public var dimensions: [Dimension]

  /// No axes: one number.
  public static let scalar: Shape = []

  /// A shape of the given axes.
  public init(_ dimensions: [Dimension]) {
    self.dimensions = dimensions
  }

  /// A shape written as a list: `[.batch, 64]`.
  public init(arrayLiteral elements: Dimension...) {
    dimensions = elements
  }

  /// How many axes there are.
  public var rank: Int { dimensions.count }

  /// The size of one axis, which must exist.
  public subscript(axis: Int) -> Dimension { dimensions[axis] }

  /// The axes in brackets: `[batch, 64]`.
  public var description: String {
    "[" + dimensions.map(\.description).joined(separator: ", ") + "]"
  }

  /// The numbers under a binding of the named dimensions.
  package func resolved(_ extents: [String: Int]) throws(GraphError) -> [Int] {
    var counts: [Int] = []
    for dimension in dimensions { counts.append(try dimension.resolved(extents)) }
    return counts
  }

  /// The shape without the given axes.
  package func removing(_ axes: [Int]) -> Shape {
    Shape(dimensions.indices.filter { !axes.contains($0) }.map { dimensions[$0] })
  }

  /// The shape with the given axes shrunk to one.
  package func collapsing(_ axes: [Int]) -> Shape {
    Shape(dimensions.indices.map { axes.contains($0) ? 1 : dimensions[$0] })
  }

  /// The common shape of an elementwise operation: axes are aligned at the right, and an axis of
  /// size one, or a missing one, stretches. Nil where two sizes differ.
  package static func broadcast(_ a: Shape, _ b: Shape) -> Shape? {
    let rank = max(a.rank, b.rank)
    var result: [Dimension] = []
    for axis in 0..<rank {
      let i = axis - (rank - a.rank), j = axis - (rank - b.rank)
      let x: Dimension = i < 0 ? 1 : a[i]
      let y: Dimension = j < 0 ? 1 : b[j]
      guard x == y || x == 1 || y == 1 else { return nil }
      result.append(x == 1 ? y : x)
    }
    return Shape(result)
  }

  /// Whether both hold the same number of elements under every binding: the same named dimensions
  /// and the same product of the fixed ones.
  package func hasSameCount(as other: Shape) -> Bool {
    func split(_ shape: Shape) -> (product: Int, names: [String]) {
      var product = 1, names: [String] = []
      for dimension in shape.dimensions {
        switch dimension {
        case .fixed(let count): product *= count
        case .named(let name): names.append(name)
        case .multiple(let factor, let name):
          product *= factor
          names.append(name)
        }
      }
      return (product, names.sorted())
    }
    return split(self) == split(other)
  }
}
