import Foundation

/// The strengths of a path in multiples of λ_max, from the largest down.
enum StrengthGrid {
  /// For pairwise losses. The optimum is narrow: a factor of 2 between neighbours is too coarse.
  static let pairwise = [1.4, 1, 0.7, 0.5, 0.35, 0.25, 0.15, 0.08, 0.04]
  /// For pointwise losses.
  static let pointwise = [2.8, 2, 1.4, 1, 0.7, 0.5, 0.3, 0.15, 0.08]

  /// By how much larger the useful strengths are when Adam's step is elementwise: 130 to 500 times in
  /// simulations.
  static let elementwiseFactor = 250.0

  /// So many values, spread over the recommended ones: geometric interpolation at equal distances.
  static func multiples(count: Int, isPairwise: Bool) -> [Double] {
    let recommended = isPairwise ? pairwise : pointwise
    guard count != recommended.count else { return recommended }
    guard count > 1 else { return [recommended[recommended.count / 2]] }
    return (0..<count).map { index in
      let position = Double(index * (recommended.count - 1)) / Double(count - 1)
      let below = min(Int(position), recommended.count - 2)
      let share = position - Double(below)
      return recommended[below] * pow(recommended[below + 1] / recommended[below], share)
    }
  }
}
