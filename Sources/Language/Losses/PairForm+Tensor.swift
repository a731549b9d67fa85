import RankineData
import RankineGraph

extension PairForm {
  /// The weight of a pair as a formula, from the numbers of its upper and its lower row.
  func weight(_ upper: [Tensor], _ lower: [Tensor]) -> Tensor {
    switch self {
    case .product: return upper[0] * lower[0]
    case .gap: return upper[0] - lower[0]
    case .harmonic: return upper[0] * lower[0] / (upper[0] + lower[0])
    case .window:
      let apart: Tensor = abs(upper[0] - lower[0])
      return 1 - greater(apart, 1 + apart.zeros)
    case .inverseCensoring: return lower[0]
    case .entered: return greater(lower[1], upper[0])
    case .clustered:
      return select(equal(upper[0], lower[0]), upper[2], upper[1] * lower[1])
    case .clusteredInTime:
      let apart: Tensor = upper[3] - lower[3]
      let nearness: Tensor = exp(-0.5 * square(apart))
      return select(equal(upper[0], lower[0]), upper[2], upper[1] * lower[1] * nearness)
    }
  }
}

extension [PairForm] {
  /// How many numbers of a row the forms read.
  var numberCount: Int { reduce(0) { $0 + $1.numberCount } }

  /// The product of the forms' weights; nil where there is none.
  func weight(_ upper: [Tensor], _ lower: [Tensor]) -> Tensor? {
    var weight: Tensor?
    var start = 0
    for form in self {
      let range = start..<(start + form.numberCount)
      let factor = form.weight([Tensor](upper[range]), [Tensor](lower[range]))
      weight = weight.map { $0 * factor } ?? factor
      start = range.upperBound
    }
    return weight
  }
}
