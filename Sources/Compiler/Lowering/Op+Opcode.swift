import CRankineKernels
import RankineGraph

extension Op {
  /// The kernels' name of an elementwise operation.
  var opcode: rk_opcode? {
    switch self {
    case .add: RK_ADD
    case .subtract: RK_SUBTRACT
    case .multiply: RK_MULTIPLY
    case .divide: RK_DIVIDE
    case .maximum: RK_MAXIMUM
    case .minimum: RK_MINIMUM
    case .greater: RK_GREATER
    case .equal: RK_EQUAL
    case .select: RK_SELECT
    case .negate: RK_NEGATE
    case .exp: RK_EXP
    case .log: RK_LOG
    case .squareRoot: RK_SQRT
    case .sigmoid: RK_SIGMOID
    case .tanh: RK_TANH
    case .softplus: RK_SOFTPLUS
    case .absolute: RK_ABS
    case .sign: RK_SIGN
    case .leaf, .constant, .extent, .uniform, .detach, .matmul, .sum, .largest, .broadcast,
      .reshape, .transpose, .slice, .concatenate, .gather, .scatterAdd, .pairReduce:
      nil
    }
  }
}
