extension OpDefinition {
  static let add = OpDefinition(
    "add", arity: 2, isCommutative: true,
    evaluate: { $0[0] + $0[1] },
    pullback: { _, _, dy in [dy, dy] })

  static let subtract = OpDefinition(
    "subtract", arity: 2,
    evaluate: { $0[0] - $0[1] },
    pullback: { _, _, dy in [dy, -dy] })

  static let multiply = OpDefinition(
    "multiply", arity: 2, isCommutative: true,
    evaluate: { $0[0] * $0[1] },
    pullback: { x, _, dy in [dy * x[1], dy * x[0]] })

  /// x/y, with ∂ = dy/y and −dy·(x/y)/y.
  static let divide = OpDefinition(
    "divide", arity: 2, sampling: 0.5...3,
    evaluate: { $0[0] / $0[1] },
    pullback: { x, y, dy in
      let toNumerator: Tensor = dy / x[1]
      return [toNumerator, -(toNumerator * y)]
    })

  static let negate = OpDefinition(
    "negate", arity: 1,
    evaluate: { -$0[0] },
    pullback: { _, _, dy in [-dy] })

  /// The larger of two, the second where either is NaN (so the order of operands matters); at a tie
  /// each gets half of the cotangent.
  static let maximum = OpDefinition(
    "maximum", arity: 2,
    evaluate: { $0[0] > $0[1] ? $0[0] : $0[1] },
    pullback: { x, _, dy in
      let half: Tensor = 0.5 * RankineGraph.equal(x[0], x[1])
      let first: Tensor = RankineGraph.greater(x[0], x[1]) + half
      let second: Tensor = RankineGraph.greater(x[1], x[0]) + half
      return [dy * first, dy * second]
    })

  /// The smaller of two, the second where either is NaN (so the order of operands matters); at a tie
  /// each gets half of the cotangent.
  static let minimum = OpDefinition(
    "minimum", arity: 2,
    evaluate: { $0[0] < $0[1] ? $0[0] : $0[1] },
    pullback: { x, _, dy in
      let half: Tensor = 0.5 * RankineGraph.equal(x[0], x[1])
      let first: Tensor = RankineGraph.greater(x[1], x[0]) + half
      let second: Tensor = RankineGraph.greater(x[0], x[1]) + half
      return [dy * first, dy * second]
    })

  /// 1 where the first is larger, else 0; comparisons with NaN are false. No derivative.
  static let greater = OpDefinition(
    "greater", arity: 2,
    evaluate: { $0[0] > $0[1] ? 1 : 0 },
    pullback: nil)

  /// 1 where both are equal, else 0. No derivative.
  static let equal = OpDefinition(
    "equal", arity: 2, isCommutative: true,
    evaluate: { $0[0] == $0[1] ? 1 : 0 },
    pullback: nil)

  /// The second operand where the first is not 0, else the third.
  static let select = OpDefinition(
    "select", arity: 3, sampling: 0.5...2,
    evaluate: { $0[0] != 0 ? $0[1] : $0[2] },
    pullback: { x, _, dy in
      let zero = dy.zeros
      return [nil, RankineGraph.select(x[0], dy, zero), RankineGraph.select(x[0], zero, dy)]
    })

  /// |x|, with subgradient 0 at 0.
  static let absolute = OpDefinition(
    "abs", arity: 1, sampling: 0.1...3,
    evaluate: { abs($0[0]) },
    pullback: { x, _, dy in [dy * RankineGraph.sign(x[0])] })

  /// −1, 0 or 1. No derivative.
  static let sign = OpDefinition(
    "sign", arity: 1, sampling: 0.1...3,
    evaluate: { $0[0] > 0 ? 1 : $0[0] < 0 ? -1 : $0[0] },
    pullback: nil)

  /// The value itself, through which no derivative passes.
  static let detach = OpDefinition(
    "detach", arity: 1,
    evaluate: { $0[0] },
    pullback: nil)
}
