import RankineSupport

/// Relative to the smaller value, absolute below 1; never true for NaN or infinity.
func isClose(_ a: Double, _ b: Double, within tolerance: Double = 1e-12) -> Bool {
  abs(a - b) <= tolerance * max(1, min(abs(a), abs(b)))
}

func isClose(_ a: [Double], _ b: [Double], within tolerance: Double = 1e-12) -> Bool {
  a.count == b.count && zip(a, b).allSatisfy { isClose($0, $1, within: tolerance) }
}

extension CounterRandom {
  /// Draws from 0..<limit.
  mutating func below(_ limit: Int) -> Int { Int(uniform() * Double(limit)) }

  /// Numbers 0..<limit, so that ties are frequent.
  mutating func levels(_ count: Int, below limit: Int) -> [Double] {
    (0..<count).map { _ in Double(below(limit)) }
  }
}
