import CRankineKernels

extension Executable {
  /// Runs the tape and looks at every result: for finding out where numbers went wrong, not for speed.
  ///
  /// - Returns: the line of the first instruction that made a number that is not finite out of finite
  ///   ones, or nil. Copies are passed over, as data may hold infinities and NaN on purpose.
  package func runTracing() -> String? {
    var found: String?
    for position in 0..<instructionCount {
      let isSuspect = found == nil && makesNumbers(position) && operandsAreFinite(position)
      run(at: position)
      if isSuspect, !resultsAreFinite(position) { found = listing[position] }
    }
    return found
  }

  private func makesNumbers(_ position: Int) -> Bool {
    switch tape.instructions[position] {
    case .loop(let loop): !loop.code.isEmpty
    case .gather, .scatterAdd: false
    case .product, .uniform, .pairSums, .rankSums: true
    }
  }

  private func operandsAreFinite(_ position: Int) -> Bool {
    var buffers = tape.instructions[position].operands
    if case .rankSums(let sums) = tape.instructions[position] {
      // Of scores and keys only the scores must be finite.
      buffers = [sums.rowInputs[0], sums.columnInputs[0]]
    }
    return buffers.allSatisfy(isFinite)
  }

  private func resultsAreFinite(_ position: Int) -> Bool {
    tape.instructions[position].results.allSatisfy(isFinite)
  }

  private func isFinite(_ buffer: Int) -> Bool {
    if case .indices = tape.buffers[tape.root(buffer)].home { return true }
    // Rows that are read where they lie are as good as the array that they are taken from.
    let (base, count) = contents(of: gatheredFrom[buffer] ?? buffer)
    return rk_first_non_finite(Scalar.kernelType, base, count) < 0
  }
}
