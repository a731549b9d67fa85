import RankineGraph
import RankineSupport

/// A leaf of a random graph and the kind of data that it takes.
struct RandomLeaf {
  enum Kind {
    /// Numbers between −2 and 2.
    case value
    /// Multiples of ½ between −2 and 2, with ties.
    case tied
    /// Small whole numbers with ties, sometimes NaN: an order to compare by.
    case key
    /// Row numbers below a size.
    case index(below: Dimension)
    /// A whole number that counts steps.
    case counter
  }

  let tensor: Tensor
  let kind: Kind

  var isParameter: Bool {
    switch kind {
    case .value, .tied: true
    case .key, .index, .counter: false
    }
  }

  /// The data at the given sizes; they depend on the seed and the name of the leaf alone.
  func draw(at extents: [String: Int], seed: UInt64) -> NumericArray {
    var random = CounterRandom(seed: seed, named: tensor.leafName)
    let counts = tensor.shape.dimensions.map { $0.size(in: extents) }
    return NumericArray(counts) { _ in
      switch kind {
      case .value: return 4 * random.uniform() - 2
      case .tied: return (8 * random.uniform()).rounded() / 2 - 2
      case .key: return random.uniform() < 0.15 ? .nan : (4 * random.uniform()).rounded()
      case .index(let limit):
        return (random.uniform() * Double(limit.size(in: extents))).rounded(.down)
      case .counter: return (100 * random.uniform()).rounded()
      }
    }
  }
}

extension Dimension {
  /// The number under a binding, 1 for a name without one.
  func size(in extents: [String: Int]) -> Int {
    switch self {
    case .fixed(let count): count
    case .named(let name): extents[name] ?? 1
    case .multiple(let factor, let name): factor * (extents[name] ?? 1)
    }
  }
}
