/// Σᵢ aᵢ bᵢ over n numbers, in eight interleaved sums that are added at the end.
@inline(__always)
func dot(_ a: UnsafePointer<Double>, _ b: UnsafePointer<Double>, _ n: Int) -> Double {
  let (first, second) = (UnsafeRawPointer(a), UnsafeRawPointer(b))
  func four(_ source: UnsafeRawPointer, _ place: Int) -> SIMD4<Double> {
    source.loadUnaligned(fromByteOffset: 8 * place, as: SIMD4<Double>.self)
  }
  var (even, odd) = (SIMD4<Double>(), SIMD4<Double>())
  var i = 0
  while i + 8 <= n {
    even += four(first, i) * four(second, i)
    odd += four(first, i + 4) * four(second, i + 4)
    i += 8
  }
  var rest = 0.0
  while i < n {
    rest += a[i] * b[i]
    i += 1
  }
  return (even + odd).sum() + rest
}

/// y ← y + a x over n numbers.
@inline(__always)
func addMultiple(
  _ a: Double, _ x: UnsafePointer<Double>, to y: UnsafeMutablePointer<Double>, _ n: Int
) {
  for i in 0..<n { y[i] += a * x[i] }
}

/// Σᵢ aᵢ bᵢ of two lists of equal length.
func dot(_ a: [Double], _ b: [Double]) -> Double {
  precondition(a.count == b.count, "lists of equal length")
  return a.withUnsafeBufferPointer { a in
    b.withUnsafeBufferPointer { b in
      guard let first = a.baseAddress, let second = b.baseAddress else { return 0 }
      return dot(first, second, a.count)
    }
  }
}

/// Positions of the largest values that are above a floor, at most `count`, ascending; of equal
/// values the first.
func largest(_ count: Int, of values: [Double], above floor: Double) -> [Int] {
  guard count > 0 else { return [] }
  var kept: [Int] = []
  kept.reserveCapacity(count + 1)
  for (position, value) in values.enumerated() where value > floor {
    if kept.count == count {
      guard let last = kept.last, value > values[last] else { continue }
      kept.removeLast()
    }
    var place = kept.count
    while place > 0, values[kept[place - 1]] < value { place -= 1 }
    kept.insert(position, at: place)
  }
  return kept.sorted()
}
