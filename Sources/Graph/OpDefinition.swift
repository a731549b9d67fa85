/// All that is particular to one operation: printer, verifier, derivatives, interpreter and tests
/// ask here and nowhere else.
package struct OpDefinition: Sendable {
  package typealias InferShape =
    @Sendable (_ operands: [Graph.Node], Attribute) throws(GraphError) -> Shape
  package typealias Pullback =
    @Sendable (_ operands: [Tensor], _ result: Tensor, _ cotangent: Tensor) -> [Tensor?]
  package typealias Interpret =
    @Sendable (_ operands: [NumericArray], InterpretedNode) throws(GraphError) -> NumericArray

  package let name: String
  /// How many operands; nil for any number.
  package let arity: Int?
  package let isCommutative: Bool
  /// Where tests draw operands from: kinks and poles excluded.
  package let sampling: ClosedRange<Double>
  package let inferShape: InferShape
  /// The value at scalar operands, for an elementwise operation.
  package let evaluate: (@Sendable ([Double]) -> Double)?
  /// The value of any other operation.
  package let interpret: Interpret?
  /// For each operand the cotangent that reaches it, as graph; nil where none does. An operation
  /// without one passes no derivative on.
  package let pullback: Pullback?

  /// An elementwise operation on operands of one shape.
  package init(
    _ name: String, arity: Int, isCommutative: Bool = false,
    sampling: ClosedRange<Double> = -3...3,
    evaluate: @escaping @Sendable ([Double]) -> Double, pullback: Pullback?
  ) {
    self.name = name
    self.arity = arity
    self.isCommutative = isCommutative
    self.sampling = sampling
    self.inferShape = { operands, _ throws(GraphError) in try equalShape(of: operands, in: name) }
    self.evaluate = evaluate
    self.interpret = nil
    self.pullback = pullback
  }

  /// Any other operation.
  package init(
    _ name: String, arity: Int?, inferShape: @escaping InferShape, interpret: @escaping Interpret,
    pullback: Pullback?
  ) {
    self.name = name
    self.arity = arity
    self.isCommutative = false
    self.sampling = -3...3
    self.inferShape = inferShape
    self.evaluate = nil
    self.interpret = interpret
    self.pullback = pullback
  }
}

/// What an interpretation may ask about its instruction and its run.
package struct InterpretedNode {
  package let attribute: Attribute
  package let extents: [Int]
  package let bindings: Bindings
}

private func equalShape(
  of operands: [Graph.Node], in name: String
) throws(GraphError) -> Shape {
  guard let first = operands.first?.shape else { return .scalar }
  for other in operands where other.shape != first {
    throw GraphError(
      "shape-mismatch", "\(name) of \(first) and \(other.shape)",
      hint: "axes are aligned at the right and only an axis of size 1 stretches")
  }
  return first
}
