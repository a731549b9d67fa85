import RankineGraph

/// The pair bodies of the smoothed rank criterion and its slopes, as the compiler's own derivative
/// and simplification write them; equal bodies run in the kernel made for them.
///
/// Rows and columns are a score, a high key and a low key each, in this order.
struct RankTemplate: Sendable {
  enum Role: Sendable {
    case value, rowSlope, columnSlope
  }

  static let shared = RankTemplate()

  private let roles: [PairReduction: Role]

  init() {
    let graph = Graph()
    let rows = ["score", "high", "low"].map { graph.input("row." + $0, [.batch]) }
    let columns = ["score", "high", "low"].map { graph.input("column." + $0, [.sample]) }
    let criterion = Self.criterion(rows: rows, columns: columns)
    let slopes = criterion.gradients(of: [rows[0], columns[0]])
    let program = Program(
      "rank", graph: graph,
      outputs: [("value", criterion), ("row", slopes[0]), ("column", slopes[1])])
    guard let simplest = try? Simplification().run(program) else {
      preconditionFailure("the rank criterion does not simplify")
    }
    var roles: [PairReduction: Role] = [:]
    for (output, role) in zip(simplest.outputs, [Role.value, .rowSlope, .columnSlope]) {
      guard case .pair(let pair) = output.value.node.attribute else {
        preconditionFailure("the \(output.name) of the rank criterion is no pair sum")
      }
      roles[pair] = role
    }
    self.roles = roles
  }

  func role(of pair: PairReduction) -> Role? {
    roles[pair]
  }

  /// Σᵢⱼ 1{highᵢ > lowⱼ} σ(sᵢ − tⱼ) + 1{highⱼ > lowᵢ} σ(tⱼ − sᵢ).
  private static func criterion(rows: [Tensor], columns: [Tensor]) -> Tensor {
    let body = Graph()
    let r = ["score", "high", "low"].map { body.input("row." + $0, .scalar) }
    let c = ["score", "high", "low"].map { body.input("column." + $0, .scalar) }
    let above = greater(r[1], c[2]) * sigmoid(r[0] - c[0])
    let below = greater(c[1], r[2]) * sigmoid(c[0] - r[0])
    return pairReduce(
      of: above + below, .all, rows: r, columns: c, scalars: [],
      over: PairOperands(rows: rows, columns: columns, scalars: []))
  }
}
