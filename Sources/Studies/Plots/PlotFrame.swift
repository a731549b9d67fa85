/// The area between two axes: draws title, axes, grid and legend, and places data in pixels.
struct PlotFrame {
  let horizontal: PlotAxis
  let vertical: PlotAxis
  private(set) var canvas: SVGCanvas
  private let left: Double
  private let right: Double
  private let top: Double
  private let bottom: Double

  /// - Parameters:
  ///   - legend: names of the series in order; fewer than two need no legend.
  ///   - startsWithDots: whether the first series is drawn as dots, not as a line.
  init(
    title: String, xLabel: String, yLabel: String, horizontal: PlotAxis, vertical: PlotAxis,
    legend: [String] = [], startsWithDots: Bool = false
  ) {
    self.horizontal = horizontal
    self.vertical = vertical
    let width = 640.0
    let height = 380.0
    let labels = vertical.ticks.map { estimatedWidth(vertical.label($0)) }
    left = 34 + labels.reduce(12, max)
    right = width - 20
    bottom = height - 50
    let rows = legend.count > 1 ? Self.legendRows(legend, width: width - left - 20) : []
    top = 40 + 20 * Double(rows.count)
    canvas = SVGCanvas(width: width, height: height)
    canvas.text(shortened(title, to: 78), 16, 24, style: "title")
    drawLegend(rows, startsWithDots: startsWithDots)
    drawAxes()
    canvas.text(xLabel, (left + right) / 2, height - 12, anchor: .middle)
    canvas.text(yLabel, 18, (top + bottom) / 2, anchor: .middle, isUpright: false)
  }

  func x(_ number: Double) -> Double { left + horizontal.position(number) * (right - left) }
  func y(_ number: Double) -> Double { bottom - vertical.position(number) * (bottom - top) }

  mutating func draw(_ body: (inout SVGCanvas) -> Void) { body(&canvas) }

  /// Says in the middle that there is nothing to draw.
  mutating func markEmpty() {
    canvas.text("no data", (left + right) / 2, (top + bottom) / 2, anchor: .middle)
  }

  private mutating func drawAxes() {
    for tick in vertical.ticks {
      canvas.line(left, y(tick), right, y(tick), "class=\"grid\"")
      canvas.text(vertical.label(tick), left - 8, y(tick) + 4, anchor: .end)
    }
    for tick in horizontal.ticks {
      canvas.line(x(tick), top, x(tick), bottom, "class=\"grid\"")
      canvas.text(horizontal.label(tick), x(tick), bottom + 18, anchor: .middle)
    }
    canvas.line(left, bottom, right, bottom, "class=\"axis\"")
    canvas.line(left, top, left, bottom, "class=\"axis\"")
  }

  private mutating func drawLegend(
    _ rows: [[(name: String, series: Int)]], startsWithDots: Bool
  ) {
    for (row, entries) in rows.enumerated() {
      var start = left
      let middle = 44 + 20 * Double(row)
      for entry in entries {
        if startsWithDots && entry.series == 0 {
          canvas.circle(start + 11, middle, radius: 4, style: "class=\"dot \(PlotStyle.fill(0))\"")
        } else {
          canvas.line(start, middle, start + 22, middle, PlotStyle.stroke(entry.series))
        }
        canvas.text(entry.name, start + 28, middle + 4, style: "name")
        start += 46 + estimatedWidth(entry.name)
      }
    }
  }

  private static func legendRows(
    _ names: [String], width: Double
  ) -> [[(name: String, series: Int)]] {
    var rows: [[(name: String, series: Int)]] = [[]]
    var used = 0.0
    for (series, name) in names.enumerated() {
      let short = shortened(name, to: 36)
      let needed = 46 + estimatedWidth(short)
      if used + needed > width, !rows[rows.count - 1].isEmpty {
        rows.append([])
        used = 0
      }
      rows[rows.count - 1].append((short, series))
      used += needed
    }
    return rows
  }
}
