import Foundation

/// How numbers are laid out along an axis.
public enum AxisScale: String, Codable, Sendable {
  case linear
  /// Powers of ten; numbers at or below zero cannot be shown and are skipped.
  case logarithmic
}

/// A range of numbers, round marks in it, and where each number lies.
struct PlotAxis {
  let scale: AxisScale
  /// Smallest and largest number shown.
  let bounds: ClosedRange<Double>
  let ticks: [Double]

  /// - Parameters:
  ///   - numbers: what must be visible; those the scale cannot show are ignored.
  ///   - includesZero: whether a linear axis starts or ends at zero at the least.
  ///   - isTight: whether the axis ends a little beyond the numbers instead of at round marks.
  init(
    covering numbers: [Double], scale: AxisScale = .linear, includesZero: Bool = false,
    isTight: Bool = false, tickCount: Int = 6
  ) {
    let shown = numbers.filter { Self.canShow($0, on: scale) } + (includesZero ? [0] : [])
    let low = shown.min() ?? (scale == .linear ? 0 : 1)
    let high = shown.max() ?? (scale == .linear ? 1 : 10)
    self.scale = scale
    let (round, marks) =
      scale == .linear ? Self.linear(low, high, tickCount) : Self.logarithmic(low, high)
    let tight = isTight ? Self.margined(low, high, within: round, on: scale) : round
    let inside = marks.filter { tight.contains($0) }
    (bounds, ticks) = inside.count > 1 ? (tight, inside) : (round, marks)
  }

  /// The range of the numbers with a fiftieth of it on both sides, cut at the round bounds.
  private static func margined(
    _ low: Double, _ high: Double, within round: ClosedRange<Double>, on scale: AxisScale
  ) -> ClosedRange<Double> {
    let padded: ClosedRange<Double>
    switch scale {
    case .linear:
      let margin = (high - low) / 50
      padded = (low - margin)...(high + margin)
    case .logarithmic:
      let factor = Foundation.pow(10, Foundation.log10(high / low) / 50)
      padded = (low / factor)...(high * factor)
    }
    return padded.clamped(to: round)
  }

  /// Whether a number has a place on an axis of this scale.
  static func canShow(_ number: Double, on scale: AxisScale) -> Bool {
    // Beyond these bounds differences overflow, and nothing could be read off anyway.
    scale == .linear ? abs(number) <= 1e300 : number >= 1e-300 && number <= 1e300
  }

  /// The place of a number along the axis, 0 at the lower end and 1 at the upper.
  func position(_ number: Double) -> Double {
    let low = warped(bounds.lowerBound)
    return (warped(number) - low) / (warped(bounds.upperBound) - low)
  }

  private func warped(_ number: Double) -> Double {
    scale == .linear ? number : Foundation.log10(number)
  }

  /// The text at a tick, with just the digits that tell neighbours apart.
  func label(_ tick: Double) -> String {
    if tick == 0 { return "0" }
    let size = abs(tick)
    let largest = ticks.map { abs($0) }.max() ?? size
    if largest >= 1e6 || largest < 1e-3 || (scale == .logarithmic && size < 1e-3) {
      return shortened(String(format: "%.2e", tick))
    }
    let step = scale == .linear && ticks.count > 1 ? ticks[1] - ticks[0] : size
    let digits = max(0, Int(-Foundation.floor(Foundation.log10(step) + 1e-9)))
    return String(format: "%.\(digits)f", tick)
  }

  private static func linear(
    _ low: Double, _ high: Double, _ count: Int
  ) -> (ClosedRange<Double>, [Double]) {
    let isFlat = high - low <= max(1e-12 * max(abs(low), abs(high)), 1e-290)
    let margin = isFlat ? max(abs(low), 1) * 0.5 : 0
    let (bottom, top) = (low - margin, high + margin)
    let rough = (top - bottom) / Double(max(1, count - 1))
    let magnitude = Foundation.pow(10, Foundation.floor(Foundation.log10(rough)))
    let step = ([1, 2, 5].map { $0 * magnitude }.first { $0 >= rough * 0.999 }) ?? 10 * magnitude
    let first = Foundation.floor(bottom / step + 1e-9)
    let last = Foundation.ceil(top / step - 1e-9)
    let ticks = (0...Int(last - first)).map { (first + Double($0)) * step }
    return (first * step...last * step, ticks)
  }

  private static func logarithmic(_ low: Double, _ high: Double) -> (ClosedRange<Double>, [Double])
  {
    let first = Foundation.floor(Foundation.log10(low) + 1e-9)
    let last = max(first + 1, Foundation.ceil(Foundation.log10(high) - 1e-9))
    // At most about eight marks, however many decades.
    let stride = max(1, Foundation.ceil((last - first) / 8))
    let factors: [Double] = high <= 300 * low || last - first <= 2 ? [1, 2, 5] : [1]
    let ticks = Swift.stride(from: first, through: last, by: stride)
      .flatMap { power in factors.map { $0 * Foundation.pow(10, power) } }
    let top = Foundation.pow(10, last)
    return (Foundation.pow(10, first)...top, ticks.filter { $0 <= top * 1.000001 })
  }
}

/// `1.50e-05` as `1.5e-5`.
private func shortened(_ text: String) -> String {
  let parts = text.split(separator: "e")
  guard parts.count == 2, let mantissa = Double(parts[0]), let power = Int(parts[1]) else {
    return text
  }
  let digits = mantissa == mantissa.rounded() ? "\(Int(mantissa))" : "\(mantissa)"
  return "\(digits)e\(power)"
}
