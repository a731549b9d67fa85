import Foundation

/// A seeded stream of random numbers in which the draw at a position depends on nothing but the
/// seed, the stream and the position, so that results do not depend on threads or on order.
///
/// The draw is the SplitMix64 finalizer of a Weyl sequence started at a hash of seed and stream.
///
/// - Source: Steele, Lea & Flood, OOPSLA 2014, section 4.
public struct CounterRandom: RandomNumberGenerator, Sendable {
  private let base: UInt64
  /// How many draws were taken.
  public private(set) var position: UInt64

  public init(seed: UInt64, stream: UInt64 = 0) {
    base = Self.mix(seed &+ Self.weyl &* (Self.mix(stream &+ Self.weyl) | 1))
    position = 0
  }

  /// The seed and stream as a string, so that named parts of a run never share a stream.
  public init(seed: UInt64, named name: String) {
    var hash: UInt64 = 0xcbf2_9ce4_8422_2325
    for byte in name.utf8 { hash = (hash ^ UInt64(byte)) &* 0x100_0000_01b3 }
    self.init(seed: seed, stream: hash)
  }

  public mutating func next() -> UInt64 {
    position &+= 1
    return Self.mix(base &+ position &* Self.weyl)
  }

  /// The draw at a position of a stream, uniform on [0, 1), without going through those before it.
  public static func uniform(seed: UInt64, stream: UInt64, position: UInt64) -> Double {
    var random = CounterRandom(seed: seed, stream: stream)
    random.position = position
    return random.uniform()
  }

  /// Uniform on [0, 1), a multiple of 2⁻⁵³.
  public mutating func uniform() -> Double {
    Double(next() >> 11) * 0x1p-53
  }

  /// Standard normal, by the polar form of Box and Muller without a rejection: two uniforms a draw.
  public mutating func normal() -> Double {
    let radius = (-2 * Foundation.log(1 - uniform())).squareRoot()
    return radius * Foundation.cos(2 * Double.pi * uniform())
  }

  /// A seeded permutation of 0..<count (Fisher and Yates).
  public mutating func permutation(_ count: Int) -> [Int] {
    var order = Array(0..<count)
    for i in stride(from: count - 1, to: 0, by: -1) {
      order.swapAt(i, Int(uniform() * Double(i + 1)))
    }
    return order
  }

  private static let weyl: UInt64 = 0x9e37_79b9_7f4a_7c15

  private static func mix(_ value: UInt64) -> UInt64 {
    var z = value
    z = (z ^ (z >> 30)) &* 0xbf58_476d_1ce4_e5b9
    z = (z ^ (z >> 27)) &* 0x94d0_49bb_1331_11eb
    return z ^ (z >> 31)
  }
}
