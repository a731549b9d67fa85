/// Horizontal bars with names: feature importances, scores of models.
public struct BarChart: SVGPlot, Equatable {
  /// One bar; bars that are not highlighted are grey.
  public struct Bar: Equatable, Sendable {
    public let label: String
    public let value: Double
    public let isHighlighted: Bool

    public init(_ label: String, _ value: Double, isHighlighted: Bool = true) {
      self.label = label
      self.value = value
      self.isHighlighted = isHighlighted
    }
  }

  public let title: String
  public let valueLabel: String
  public let bars: [Bar]

  /// - Parameter bars: from the top to the bottom.
  public init(title: String, valueLabel: String, bars: [Bar]) {
    self.title = title
    self.valueLabel = valueLabel
    self.bars = bars
  }

  public func svg(isStandalone: Bool) -> String {
    let shown = bars.filter { PlotAxis.canShow($0.value, on: .linear) }
    let labels = shown.map { shortened($0.label, to: 32) }
    let axis = PlotAxis(covering: shown.map(\.value), includesZero: true)
    let left = 28 + labels.map { estimatedWidth($0) }.reduce(60, max)
    let step = 20.0
    let bottom = 44 + step * Double(max(shown.count, 3))
    var canvas = SVGCanvas(width: 640, height: bottom + 48)
    let place = { (value: Double) in left + axis.position(value) * (610 - left) }
    canvas.text(shortened(title, to: 78), 16, 24, style: "title")
    for tick in axis.ticks {
      canvas.line(place(tick), 40, place(tick), bottom, "class=\"grid\"")
      canvas.text(axis.label(tick), place(tick), bottom + 17, anchor: .middle)
    }
    for (index, bar) in shown.enumerated() {
      let top = 44 + step * Double(index)
      let (start, end) = (min(place(0), place(bar.value)), max(place(0), place(bar.value)))
      canvas.text(labels[index], left - 8, top + 13, anchor: .end, style: "name")
      canvas.rectangle(
        x: start, y: top + 2, width: end - start, height: step - 5,
        style: "class=\"\(bar.isHighlighted ? PlotStyle.fill(0) : "dimmed")\" rx=\"2\"",
        tip: "\(bar.label): \(bar.value)")
    }
    if shown.isEmpty { canvas.text("no data", (left + 610) / 2, 80, anchor: .middle) }
    canvas.line(place(0), 40, place(0), bottom, "class=\"axis\"")
    canvas.text(valueLabel, (left + 610) / 2, bottom + 37, anchor: .middle)
    return canvas.svg(title: title, isStandalone: isStandalone)
  }
}
