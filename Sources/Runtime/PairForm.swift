/// How a sum over pairs was swept in the last run; the compiled program is the same for all.
package enum PairForm: String, Sendable {
  /// Exponentials per row and per column, none per pair.
  case factored
  /// Every function of a pair computed for the pair.
  case direct
  /// Factored over pairs of near scores; other pairs are saturated, and those in order are counted.
  case band
}

extension Executable {
  /// The form of each sweep over pairs, in the order of the tape; before the first run `direct`.
  package var pairForms: [PairForm] {
    instructions.compactMap { instruction in
      switch instruction {
      case .rankSums(let sums): sums.pointee.form
      case .pairSums(let sums): sums.pointee.form
      default: nil
      }
    }
  }
}
