/// Relative to the smaller value, absolute below 1; never true for NaN or infinity.
package func isClose(_ a: Double, _ b: Double, within tolerance: Double = 1e-7) -> Bool {
  abs(a - b) <= tolerance * max(1, min(abs(a), abs(b)))
}
