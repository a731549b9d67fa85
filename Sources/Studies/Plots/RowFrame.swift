/// A figure of named rows over a common horizontal axis: bars, boxes.
struct RowFrame {
  let axis: PlotAxis
  private(set) var canvas: SVGCanvas
  private let left: Double
  private let right: Double = 610
  private let top: Double = 44
  private let step: Double

  /// - Parameters:
  ///   - names: from the top to the bottom.
  ///   - step: pixels from row to row.
  init(title: String, valueLabel: String, names: [String], axis: PlotAxis, step: Double) {
    self.axis = axis
    self.step = step
    let labels = names.map { shortened($0, to: 32) }
    left = 28 + labels.map { estimatedWidth($0) }.reduce(60, max)
    let bottom = top + step * Double(max(names.count, 2)) + 4
    canvas = SVGCanvas(width: 640, height: bottom + 48)
    canvas.text(shortened(title, to: 78), 16, 24, style: "title")
    for tick in axis.ticks {
      canvas.line(x(tick), top - 4, x(tick), bottom, "class=\"grid\"")
      canvas.text(axis.label(tick), x(tick), bottom + 17, anchor: .middle)
    }
    for (row, label) in labels.enumerated() {
      canvas.text(label, left - 8, middle(of: row) + 4, anchor: .end, style: "name")
    }
    canvas.line(left, bottom, right, bottom, "class=\"axis\"")
    canvas.text(valueLabel, (left + right) / 2, bottom + 37, anchor: .middle)
  }

  func x(_ value: Double) -> Double { left + axis.position(value) * (right - left) }
  /// The vertical centre of a row.
  func middle(of row: Int) -> Double { top + step * (Double(row) + 0.5) }

  mutating func draw(_ body: (inout SVGCanvas) -> Void) { body(&canvas) }

  /// Says in the middle that there is nothing to draw.
  mutating func markEmpty() {
    canvas.text("no data", (left + right) / 2, top + step, anchor: .middle)
  }
}
