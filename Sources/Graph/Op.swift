/// The primitive operations. Everything else is a formula over them.
package enum Op: UInt8, CaseIterable, Sendable {
  // Values from outside.
  case leaf, constant, extent, uniform
  // Element by element.
  case add, subtract, multiply, divide, maximum, minimum, greater, equal, select
  case negate, exp, log, squareRoot, sigmoid, tanh, softplus, absolute, sign
  case detach
  // Products and reductions.
  case matmul, sum, largest
  // Rearrangement.
  case broadcast, reshape, transpose, slice, concatenate, gather, scatterAdd
  // All pairs.
  case pairReduce

  /// Exhaustive on purpose: a new case does not build until it has a definition.
  package var definition: OpDefinition {
    switch self {
    case .leaf: .leaf
    case .constant: .constant
    case .extent: .extent
    case .uniform: .uniform
    case .add: .add
    case .subtract: .subtract
    case .multiply: .multiply
    case .divide: .divide
    case .maximum: .maximum
    case .minimum: .minimum
    case .greater: .greater
    case .equal: .equal
    case .select: .select
    case .negate: .negate
    case .exp: .exp
    case .log: .log
    case .squareRoot: .squareRoot
    case .sigmoid: .sigmoid
    case .tanh: .tanh
    case .softplus: .softplus
    case .absolute: .absolute
    case .sign: .sign
    case .detach: .detach
    case .matmul: .matmul
    case .sum: .sum
    case .largest: .largest
    case .broadcast: .broadcast
    case .reshape: .reshape
    case .transpose: .transpose
    case .slice: .slice
    case .concatenate: .concatenate
    case .gather: .gather
    case .scatterAdd: .scatterAdd
    case .pairReduce: .pairReduce
    }
  }

  package var isElementwise: Bool { definition.evaluate != nil }
}
