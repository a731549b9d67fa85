/// Points with a fitted curve or steps over them: a calibration against what was observed.
public struct ScatterPlot: SVGPlot, Equatable {
  /// A curve over the points.
  public struct Overlay: Equatable, Sendable {
    /// Stands in the legend.
    public let name: String
    /// Places along the horizontal axis, ascending.
    public let x: [Double]
    /// Heights, one for each x.
    public let y: [Double]
    /// Whether the curve jumps at each x (to the y given there) instead of running straight.
    public let isStepped: Bool

    /// A curve through points in the given order.
    public init(_ name: String, x: [Double], y: [Double], isStepped: Bool = false) {
      precondition(x.count == y.count, "one y for each x")
      self.name = name
      self.x = x
      self.y = y
      self.isStepped = isStepped
    }
  }

  /// What the figure shows.
  public let title: String
  /// The name of the horizontal axis.
  public let xLabel: String
  /// The name of the vertical axis.
  public let yLabel: String
  /// Places of the points.
  public let x: [Double]
  /// Heights of the points, one for each x.
  public let y: [Double]
  /// Curves over the points.
  public let overlays: [Overlay]

  /// Points with curves over them.
  public init(
    title: String, xLabel: String, yLabel: String, x: [Double], y: [Double],
    overlays: [Overlay] = []
  ) {
    precondition(x.count == y.count, "one y for each x")
    self.title = title
    self.xLabel = xLabel
    self.yLabel = yLabel
    self.x = x
    self.y = y
    self.overlays = overlays
  }

  /// The `<svg>` element.
  public func svg(isStandalone: Bool) -> String {
    let points = visible(x, y)
    let curves = overlays.map { visible($0.x, $0.y) }
    let all = points + curves.flatMap { $0 }
    var frame = PlotFrame(
      title: title, xLabel: xLabel, yLabel: yLabel,
      horizontal: PlotAxis(covering: all.map(\.x), isTight: true),
      vertical: PlotAxis(covering: all.map(\.y)),
      legend: overlays.isEmpty ? [] : ["observed"] + overlays.map(\.name), startsWithDots: true)
    if all.isEmpty { frame.markEmpty() }
    // Smaller dots where there are many.
    let radius = points.count > 500 ? 2 : points.count > 100 ? 2.6 : 3.4
    for point in points {
      let (column, row) = (frame.x(point.x), frame.y(point.y))
      frame.draw { $0.circle(column, row, radius: radius, style: "class=\"dot faint f0\"") }
    }
    for (index, curve) in curves.enumerated() where !curve.isEmpty {
      var path: [(x: Double, y: Double)] = []
      for point in curve {
        let (column, row) = (frame.x(point.x), frame.y(point.y))
        if overlays[index].isStepped, let last = path.last { path.append((column, last.y)) }
        path.append((column, row))
      }
      frame.draw { $0.polyline(path, PlotStyle.stroke(index + 1)) }
    }
    return frame.canvas.svg(title: title, isStandalone: isStandalone)
  }

  private func visible(_ x: [Double], _ y: [Double]) -> [(x: Double, y: Double)] {
    zip(x, y).filter { PlotAxis.canShow($0, on: .linear) && PlotAxis.canShow($1, on: .linear) }
      .map { (x: $0.0, y: $0.1) }
  }
}
