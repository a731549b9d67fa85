import Foundation

extension OpDefinition {
  static let exp = OpDefinition(
    "exp", arity: 1,
    evaluate: { Foundation.exp($0[0]) },
    pullback: { _, y, dy in [dy * y] })

  static let log = OpDefinition(
    "log", arity: 1, sampling: 0.3...4,
    evaluate: { Foundation.log($0[0]) },
    pullback: { x, _, dy in [dy / x[0]] })

  static let squareRoot = OpDefinition(
    "sqrt", arity: 1, sampling: 0.3...4,
    evaluate: { $0[0].squareRoot() },
    pullback: { _, y, dy in [dy * 0.5 / y] })

  /// Logistic sigmoid σ(x) = 1/(1 + e⁻ˣ), with σ' = σ(1 − σ).
  static let sigmoid = OpDefinition(
    "sigmoid", arity: 1, sampling: -8...8,
    evaluate: { x in
      let e = Foundation.exp(-abs(x[0]))  // never overflows
      return x[0] >= 0 ? 1 / (1 + e) : e / (1 + e)
    },
    pullback: { _, y, dy in [dy * (y * (1 - y))] })

  static let tanh = OpDefinition(
    "tanh", arity: 1,
    evaluate: { Foundation.tanh($0[0]) },
    pullback: { _, y, dy in [dy * (1 - y * y)] })

  /// log(1 + eˣ), whose derivative is the sigmoid.
  static let softplus = OpDefinition(
    "softplus", arity: 1, sampling: -8...8,
    evaluate: { max($0[0], 0) + Foundation.log1p(Foundation.exp(-abs($0[0]))) },
    pullback: { x, _, dy in [dy * RankineGraph.sigmoid(x[0])] })
}
