/// Which units of a fusion plan read which, directly or through others: a row of bits a unit, so that a
/// question costs a bit and not a walk.
struct UnitAncestry {
  private let wordCount: Int
  private var bits: [UInt64] = []

  /// - Parameter capacity: the most units there will be.
  init(capacity: Int) {
    wordCount = (capacity + 63) / 64
  }

  /// Adds the next unit, which reads the given ones.
  mutating func append(reading units: Set<Int>) {
    bits.append(contentsOf: repeatElement(0, count: wordCount))
    add(units, to: bits.count / max(1, wordCount) - 1)
  }

  /// Whether a unit reads another, directly or through others.
  func reads(_ unit: Int, _ other: Int) -> Bool {
    bits[unit * wordCount + other / 64] >> UInt64(other % 64) & 1 != 0
  }

  /// Makes one unit of several; what read one of them reads what they all read.
  ///
  /// - Parameters:
  ///   - joined: the units, none of which reads itself through a unit that is not among them.
  ///   - home: the one of them whose number stays.
  ///   - operands: the units that they and what is added to them read, without themselves.
  mutating func join(_ joined: [Int], into home: Int, reading operands: Set<Int>) {
    for word in 0..<wordCount { bits[home * wordCount + word] = 0 }
    add(operands, to: home)
    for unit in 0..<bits.count / max(1, wordCount)
    where unit != home && joined.contains(where: { reads(unit, $0) }) {
      add([home], to: unit)
    }
  }

  private mutating func add(_ units: Set<Int>, to row: Int) {
    for unit in units {
      bits[row * wordCount + unit / 64] |= 1 << UInt64(unit % 64)
      for word in 0..<wordCount { bits[row * wordCount + word] |= bits[unit * wordCount + word] }
    }
  }
}
