/// What an instruction needs besides its operands.
package enum Attribute: Hashable, Sendable {
  case none
  /// A number, by its bits, so that 0 and −0 stay two constants and NaN is one.
  case constant(UInt64)
  case leaf(Leaf)
  case extent(Dimension)
  case axes([Int])
  case axis(Int)
  case shape(Shape)
  case slice(axis: Int, start: Int, count: Int)
  case transposition(a: Bool, b: Bool)
  case scatter(axis: Int, extent: Dimension)
  case draws(stream: Int, shape: Shape)
  case pair(PairReduction)
}

/// A value that comes from outside: a parameter, data, or state kept between runs.
package struct Leaf: Hashable, Sendable {
  package var name: String
  package var shape: Shape
  package var element: Element

  package init(name: String, shape: Shape, element: Element = .real) {
    (self.name, self.shape, self.element) = (name, shape, element)
  }
}

/// What the elements are: numbers to compute with, or row numbers to gather by.
package enum Element: Hashable, Sendable {
  case real
  case index
}
