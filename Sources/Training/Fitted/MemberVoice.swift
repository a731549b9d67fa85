/// What one network says of one task.
struct MemberVoice {
  /// The number of the network in the model's plan.
  let network: Int
  /// Which member of the average the network is of.
  let member: Int
  /// Of all rows.
  let scores: [Double]
  /// As in `MemberFitter.Outcome`; nil without folds.
  let crossFitted: [Double]?
  /// Of all features.
  let norms: [Double]
  /// Of the task's own encoder; nil without.
  let ownNorms: [Double]?
  let relevance: [Double]
  let unit: ScoreUnit
  /// What it counts, to be divided by the sum over the task's voices.
  var weight = 1.0
}

/// The networks of one task together; a single one is taken as it is.
extension [MemberVoice] {
  /// The mean of the standardized scores.
  var scores: [Double] { mean { $0.scores } }

  /// As `scores`; nil where any network was judged by the validation rows.
  var crossFitted: [Double]? {
    contains { $0.crossFitted == nil } ? nil : mean { $0.crossFitted ?? [] }
  }

  /// The root mean square of the norms, each network's in units of its own.
  var norms: [Double] { together(map(\.norms)) }

  /// The same of the task's own encoders; nil where a network has none.
  var ownNorms: [Double]? {
    let own = compactMap(\.ownNorms)
    return own.count == count && !own.isEmpty ? together(own) : nil
  }

  private func together(_ norms: [[Double]]) -> [Double] {
    guard count > 1 else { return norms.first ?? [] }
    return rootMeanSquare(
      norms.map { own in
        let whole = own.reduce(0) { $0 + $1 * $1 }.squareRoot()
        return whole > 0 ? own.map { $0 / whole } : own
      }, weights: map(\.weight))
  }

  /// The root mean square of the relevances, in standard deviations of the score.
  var relevance: [Double] {
    guard count > 1 else { return first?.relevance ?? [] }
    return rootMeanSquare(
      map { voice in voice.relevance.map { $0 / voice.unit.deviation } }, weights: map(\.weight))
  }

  private func mean(_ values: (MemberVoice) -> [Double]) -> [Double] {
    guard count > 1 else { return first.map(values) ?? [] }
    var (sum, whole) = ([Double](), 0.0)
    for voice in self {
      sum.add(voice.unit.standardized(values(voice)), weight: voice.weight)
      whole += voice.weight
    }
    return sum.map { $0 / whole }
  }
}

extension [Double] {
  /// Adds values times a weight; to an empty list as to zeros.
  mutating func add(_ values: [Double], weight: Double) {
    let part = weight == 1 ? values : values.map { weight * $0 }
    self = isEmpty ? part : zip(self, part).map { $0 + $1 }
  }
}
