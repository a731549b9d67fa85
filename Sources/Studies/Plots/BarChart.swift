/// Horizontal bars with names: feature importances, scores of models.
public struct BarChart: SVGPlot, Equatable {
  /// One bar; bars that are not highlighted are grey.
  public struct Bar: Equatable, Sendable {
    /// Stands left of the bar; long ones are cut.
    public let label: String
    /// The length of the bar; negative ones point left.
    public let value: Double
    /// Whether the bar is coloured, not grey.
    public let isHighlighted: Bool

    /// A bar of a length under a name.
    public init(_ label: String, _ value: Double, isHighlighted: Bool = true) {
      self.label = label
      self.value = value
      self.isHighlighted = isHighlighted
    }
  }

  /// What the figure shows.
  public let title: String
  /// The name of the horizontal axis.
  public let valueLabel: String
  /// From the top to the bottom.
  public let bars: [Bar]

  /// - Parameter bars: from the top to the bottom.
  public init(title: String, valueLabel: String, bars: [Bar]) {
    self.title = title
    self.valueLabel = valueLabel
    self.bars = bars
  }

  /// The `<svg>` element.
  public func svg(isStandalone: Bool) -> String {
    let shown = bars.filter { PlotAxis.canShow($0.value, on: .linear) }
    let step = 20.0
    var frame = RowFrame(
      title: title, valueLabel: valueLabel, names: shown.map(\.label),
      axis: PlotAxis(covering: shown.map(\.value), includesZero: true), step: step)
    if shown.isEmpty { frame.markEmpty() }
    let zero = frame.x(0)
    for (row, bar) in shown.enumerated() {
      let end = frame.x(bar.value)
      let middle = frame.middle(of: row)
      frame.draw { canvas in
        canvas.rectangle(
          x: min(zero, end), y: middle - 0.38 * step, width: abs(end - zero), height: 0.76 * step,
          style: "class=\"\(bar.isHighlighted ? PlotStyle.fill(0) : "dimmed")\" rx=\"2\"",
          tip: "\(bar.label): \(bar.value)")
      }
    }
    let (top, bottom) = (frame.middle(of: 0), frame.middle(of: max(shown.count, 2) - 1))
    frame.draw { $0.line(zero, top - 0.5 * step, zero, bottom + 0.5 * step, "class=\"axis\"") }
    return frame.canvas.svg(title: title, isStandalone: isStandalone)
  }
}
