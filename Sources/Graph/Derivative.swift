/// Derivatives as graph: of any order, because what they build can be differentiated again.
extension Tensor {
  /// ∂(this)/∂(each), for a scalar: reverse accumulation.
  ///
  /// - Returns: for each tensor its gradient, of its shape; zeros where this does not depend on it.
  /// - Cost: a small multiple of the value's own.
  public func gradients(of parameters: [Tensor]) -> [Tensor] {
    guard isScalar(for: "gradient") else { return parameters.map(\.zeros) }
    return cotangents(of: parameters, given: graph.constant(1))
  }

  /// ∂(this)/∂(parameter), for a scalar; see `gradients(of:)`.
  public func gradient(of parameter: Tensor) -> Tensor {
    gradients(of: [parameter])[0]
  }

  /// Vector-Jacobian product: Σᵢ ȳᵢ ∂yᵢ/∂(each), y being this.
  ///
  /// - Parameters:
  ///   - parameters: leaves, or any values this was computed from.
  ///   - cotangent: ȳ, of the shape of this; another shape is a misfit (`shape-mismatch`).
  /// - Returns: for each parameter a tensor of its shape; zeros where this does not depend on it.
  public func cotangents(of parameters: [Tensor], given cotangent: Tensor) -> [Tensor] {
    guard fits(cotangent, to: self, as: "cotangent") else { return parameters.map(\.zeros) }
    return zip(parameters, reverse([(self, cotangent)], to: parameters)).map { $1 ?? $0.zeros }
  }

  /// Jacobian-vector product: Σ ∂y/∂(each)·tangent, y being this: forward derivative.
  ///
  /// The cotangent map ȳ ↦ x̄ is linear in ȳ, and its own cotangent map is the forward derivative, so
  /// every operation has one without a second rule.
  ///
  /// - Parameter directions: values this was computed from, each with a tangent of its shape.
  /// - Returns: a tensor of the shape of this.
  public func tangent(along directions: [(of: Tensor, tangent: Tensor)]) -> Tensor {
    guard fit(directions) else { return zeros }
    let probe = graph.input("probe \(id)", shape)
    let backward = reverse([(self, probe)], to: directions.map(\.of))
    let outputs = zip(backward, directions).compactMap { back, direction in
      back.map { ($0, direction.tangent) }
    }
    return reverse(outputs, to: [probe])[0] ?? zeros
  }

  /// Hessian-vector product of a scalar: Σⱼ ∂²(this)/∂xᵢ∂xⱼ·vⱼ for each parameter xᵢ.
  ///
  /// - Parameter directions: the parameters xᵢ, each with its vⱼ of the same shape.
  /// - Returns: for each parameter a tensor of its shape.
  /// - Cost: a small multiple of the gradient's own; the matrix is never formed.
  public func hessianVectorProduct(along directions: [(of: Tensor, tangent: Tensor)]) -> [Tensor] {
    let parameters = directions.map(\.of)
    guard isScalar(for: "Hessian product"), fit(directions) else { return parameters.map(\.zeros) }
    let slopes = reverse([(self, graph.constant(1))], to: parameters)
    let outputs = zip(slopes, directions).compactMap { slope, direction in
      slope.map { ($0, direction.tangent) }
    }
    return zip(parameters, reverse(outputs, to: parameters)).map { $1 ?? $0.zeros }
  }

  private func isScalar(for derivative: String) -> Bool {
    if shape == .scalar { return true }
    graph.report(
      GraphError(
        "not-a-scalar", "\(derivative) of \(shape)", hint: "sum it, or give a cotangent"))
    return false
  }

  private func fit(_ directions: [(of: Tensor, tangent: Tensor)]) -> Bool {
    directions.allSatisfy { fits($0.tangent, to: $0.of, as: "tangent") }
  }

  private func fits(_ given: Tensor, to value: Tensor, as role: String) -> Bool {
    if given.shape == value.shape { return true }
    graph.report(
      GraphError(
        "shape-mismatch", "\(role) \(given.shape) for \(value.shape)",
        hint: "the two shapes must be the same"))
    return false
  }
}

/// ∂value/∂(each) of a scalar expression; nil where it does not depend on it.
func derivatives(of value: Tensor, along variables: [Tensor]) -> [Tensor?] {
  reverse([(value, value.graph.constant(1))], to: variables)
}

/// Accumulates cotangents from the outputs back to the parameters.
private func reverse(
  _ outputs: [(value: Tensor, cotangent: Tensor)], to parameters: [Tensor]
) -> [Tensor?] {
  // A misfit left shapes behind that the rules cannot rely on; it is reported when lowered.
  guard let graph = outputs.first?.value.graph, graph.error == nil else {
    return parameters.map { _ in nil }
  }
  let last = outputs.map(\.value.id).max() ?? 0
  var depends = Array(repeating: false, count: last + 1)
  for parameter in parameters where parameter.id <= last { depends[parameter.id] = true }
  for id in 0...last where !depends[id] {
    depends[id] = graph.nodes[id].operands.contains { depends[$0] }
  }
  var cotangents: [Tensor?] = Array(repeating: nil, count: last + 1)
  func add(_ cotangent: Tensor, to id: Int) {
    cotangents[id] = cotangents[id].map { $0 + cotangent } ?? cotangent
  }
  for (value, cotangent) in outputs where depends[value.id] { add(cotangent, to: value.id) }
  let stops = Set(parameters.map(\.id))
  let scope = graph.scope
  defer { graph.scope = scope }
  for id in stride(from: last, through: 0, by: -1) {
    guard let cotangent = cotangents[id], let pullback = graph.nodes[id].op.definition.pullback
    else { continue }
    let operands = graph.nodes[id].operands
    guard operands.contains(where: { depends[$0] }) || !stops.contains(id) else { continue }
    graph.scope = gradientScope(of: graph.nodes[id].scope)
    let tensors = operands.map(graph.tensor)
    for (operand, contribution) in zip(operands, pullback(tensors, graph.tensor(id), cotangent)) {
      if depends[operand], let contribution { add(contribution, to: operand) }
    }
  }
  return parameters.map { $0.id <= last ? cotangents[$0.id] : nil }
}

/// Where a derivative belongs: to the declaration of what it is the derivative of.
private func gradientScope(of scope: String) -> String {
  let prefix = "gradient of "
  return scope.isEmpty || scope.hasPrefix(prefix) ? scope : prefix + scope
}
