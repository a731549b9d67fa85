import RankineGraph

extension Simplification {
  /// A factor that both terms of a sum or a difference have, moved out of it: a·f + (b·f)·c = (a + b·c)·f.
  ///
  /// Where the terms come from a derivative that factor is the slope from above, the latest of the
  /// factors, and what is left can be computed in the forward pass, as one array instead of several.
  /// What repeats along an axis stays, so that it is summed before it is repeated. Of numbers, such as
  /// those in a pair body, masks alone move, since a sum over pairs takes them over.
  static func commonFactorMovedOut(_ op: Op, _ terms: [Tensor], _ graph: Graph) -> Tensor? {
    let isNumber = terms[0].shape == .scalar
    guard isNumber || op == .add, terms.allSatisfy({ $0.node.op == .multiply }) else { return nil }
    let common = Set(terms[0].properFactors.map(\.id))
      .intersection(terms[1].properFactors.map(\.id)).map { graph.tensor($0) }
      .filter { !isNumber || $0.node.op == .greater }
    let full = common.filter { $0.stretchedFrom == nil }
    guard let factor = (full.isEmpty ? common : full).max(by: { $0.id < $1.id }) else { return nil }
    let left = terms.map { rest(of: $0, without: factor, graph) }
    let sum = simplifiedElementwise(op, left, graph)
    return simplifiedElementwise(.multiply, [sum, factor], graph)
  }

  /// The product without one occurrence of a factor.
  private static func rest(of product: Tensor, without factor: Tensor, _ graph: Graph) -> Tensor {
    let parts = product.node.operands.map { graph.tensor($0) }
    if let place = parts.firstIndex(of: factor) { return parts[1 - place] }
    let place = parts.firstIndex { $0.directFactors.contains(factor) } ?? 0
    let left = rest(of: parts[place], without: factor, graph)
    return simplifiedElementwise(.multiply, [left, parts[1 - place]], graph)
  }
}

extension Tensor {
  fileprivate var directFactors: [Tensor] {
    node.op == .multiply ? node.operands.map { graph.tensor($0) } : []
  }

  /// The factors of a product, and their own.
  fileprivate var properFactors: [Tensor] {
    directFactors + directFactors.flatMap(\.directFactors)
  }
}
