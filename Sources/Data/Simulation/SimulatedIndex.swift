import Foundation

/// The true function g of one simulated task: linear or nonlinear in standardized indices.
struct SimulatedIndex: Sendable {
  /// The coefficients, each block divided by its index's standard deviation.
  private let blocks: [[Double]]

  init(beta: [Double], isNonlinear: Bool) {
    let size = isNonlinear ? beta.count / 3 : beta.count
    blocks = stride(from: 0, to: isNonlinear ? 3 * size : size, by: max(1, size)).map { start in
      let block = Array(beta[start..<(start + size)])
      let deviation = SimulatedIndex.deviation(block)
      return block.map { $0 / deviation }
    }
  }

  /// √(b′Σb) for Σᵢⱼ = ρ^|i−j|, in one pass: b′Σb = Σᵢ bᵢ (bᵢ + 2rᵢ), rᵢ = ρ (rᵢ₋₁ + bᵢ₋₁).
  static func deviation(_ block: [Double]) -> Double {
    var variance = 0.0
    var before = 0.0
    for coefficient in block {
      variance += coefficient * (coefficient + 2 * before)
      before = Simulation.correlation * (before + coefficient)
    }
    return variance.squareRoot()
  }

  /// Each block's index u, with mean 0 and variance 1.
  func indices(_ predictors: ArraySlice<Double>) -> [Double] {
    var position = predictors.startIndex
    return blocks.map { block in
      var index = 0.0
      for coefficient in block {
        index += coefficient * predictors[position]
        position += 1
      }
      return index
    }
  }

  /// g of one row's important predictors.
  func signal(_ predictors: ArraySlice<Double>) -> Double {
    let u = indices(predictors)
    guard u.count == 3 else { return 3 * u[0] }
    let wave = 2 * sin(Double.pi * u[0] / 2)
    let bowl = u[1] * u[1] - 1
    let saturation = 2 * u[2] / (1 + abs(u[2]))
    return wave + bowl + saturation + u[0] * u[2]
  }
}
