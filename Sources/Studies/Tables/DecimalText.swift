import Foundation

/// A finite number with fixed digits after the point; in powers of ten from 10⁷ on; never "-0.000".
func decimalText(_ value: Double, digits: Int) -> String {
  let text =
    abs(value) < 1e7
    ? String(format: "%.\(digits)f", value) : String(format: "%.\(digits)e", value)
  return text.hasPrefix("-") && Double(text) == 0 ? String(text.dropFirst()) : text
}
