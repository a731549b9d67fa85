import CRankineKernels

/// What is asked for of a pair program: a value, or the sum or difference of at most two terms that count
/// where a gate is open. The kernel opens the gates, and computes simple terms, as it takes the sums.
struct PairResult: Equatable {
  typealias Value = PairCode.Value

  /// A value of some form where `above` is greater than `below`.
  struct Term: Equatable {
    var form = RK_PAIR_VALUE
    /// The value, or the three numbers that the form takes.
    var operands: [Value]
    var above: Value
    var below: Value
  }

  /// Where there are no terms.
  var value: Value
  /// Whether the negated total is wanted.
  var isNegated = false
  var terms: [Term] = []
  var isSecondSubtracted = false

  init(value: Value) {
    self.value = value
  }

  /// All that it reads.
  var values: [Value] {
    terms.isEmpty ? [value] : terms.flatMap { $0.operands + [$0.above, $0.below] }
  }

  // MARK: Gates

  /// Takes over the steps at the end that are a gate, or a gate added to another, and that no other step
  /// reads.
  mutating func openGates(of code: PairFusion) {
    let readers = code.results.count { $0.value == value }
    guard let step = code.step(value), code.useCount(value) == readers else { return }
    let x = step.operands
    switch step.op {
    case RK_GATE.rawValue:
      terms = [Term(operands: [x[2]], above: x[0], below: x[1])]
    case RK_GATE_ADD.rawValue, RK_GATE_SUBTRACT.rawValue:
      guard code.isFree(x[3]), let first = code.operands(x[3], of: RK_GATE) else { return }
      terms = [
        Term(operands: [first[2]], above: first[0], below: first[1]),
        Term(operands: [x[2]], above: x[0], below: x[1]),
      ]
      isSecondSubtracted = step.op == RK_GATE_SUBTRACT.rawValue
      putRowFirst()
    default: break
    }
  }

  /// Lets the term come first that counts where the row's key is above.
  private mutating func putRowFirst() {
    guard terms[0].above.isOfColumn, terms[1].above.isOfRow else { return }
    terms.swapAt(0, 1)
    if isSecondSubtracted { isNegated.toggle() }
  }

  // MARK: Forms

  /// Takes over the steps that make the values of both terms, where the kernel knows their forms together.
  mutating func takeForms(of code: PairFusion) {
    guard terms.count == 2 else { return }
    let formed = terms.map { $0.formed(by: code) }
    let ramps = formed.map { $0.form == RK_PAIR_RAMP || $0.form == RK_PAIR_SQUARE }
    if formed[0].form == formed[1].form || !ramps.contains(true) { terms = formed }
  }
}

extension PairResult.Term {
  /// The term with its last step in it, where that is of a known form and only results read it.
  fileprivate func formed(by code: PairFusion) -> Self {
    let readers = code.results.reduce(0) { count, result in
      count + result.values.count { $0 == operands[0] }
    }
    guard form == RK_PAIR_VALUE, let step = code.step(operands[0]),
      code.useCount(operands[0]) == readers
    else { return self }
    let x = step.operands
    var term = self
    switch step.op {
    case RK_MULTIPLY.rawValue where x[0].isOfRow && x[1].isOfColumn:
      (term.form, term.operands) = (RK_PAIR_PRODUCT, x + [.constant((1.0).bitPattern)])
    case RK_MULTIPLY.rawValue where x[0] == x[1]:
      guard let ramp = code.operands(x[0], of: RK_RAMP_ADD), ramp[2] == .constant(0),
        isDifference(ramp)
      else { return self }
      (term.form, term.operands) = (RK_PAIR_SQUARE, ramp[..<2] + [.constant((1.0).bitPattern)])
    case RK_MULTIPLY_TWICE.rawValue where x[0].isOfRow && x[1].isOfColumn:
      (term.form, term.operands) = (RK_PAIR_PRODUCT, x)
    case RK_RAMP_ADD.rawValue where isDifference(x):
      (term.form, term.operands) = (RK_PAIR_RAMP, x)
    default: break
    }
    return term
  }

  /// Whether the first two of the numbers are a row's and a column's.
  private func isDifference(_ x: [PairResult.Value]) -> Bool {
    x[0].isOfRow && x[1].isOfColumn || x[0].isOfColumn && x[1].isOfRow
  }
}

extension ScalarCode.Value where Input == PairCode.Input {
  fileprivate var isOfRow: Bool {
    switch self {
    case .input(.row), .input(.rowFactor): true
    default: false
    }
  }

  fileprivate var isOfColumn: Bool {
    switch self {
    case .input(.column), .input(.columnFactor): true
    default: false
    }
  }
}
