/// Curves over a common axis: training histories, paths over a penalty.
public struct LineChart: SVGPlot, Equatable {
  /// One named curve; a point that cannot be shown breaks the line.
  public struct Series: Equatable, Sendable {
    /// Stands in the legend when there are several series.
    public let name: String
    /// Places along the horizontal axis.
    public let x: [Double]
    /// Heights, one for each x.
    public let y: [Double]

    /// A curve through points in the given order.
    public init(_ name: String, x: [Double], y: [Double]) {
      precondition(x.count == y.count, "one y for each x")
      self.name = name
      self.x = x
      self.y = y
    }
  }

  /// What the figure shows.
  public let title: String
  /// The name of the horizontal axis.
  public let xLabel: String
  /// The name of the vertical axis.
  public let yLabel: String
  /// The curves, in the order of their colours.
  public let series: [Series]
  /// How the horizontal axis is laid out.
  public let xScale: AxisScale
  /// How the vertical axis is laid out.
  public let yScale: AxisScale

  /// Curves over common axes.
  public init(
    title: String, xLabel: String, yLabel: String, series: [Series], xScale: AxisScale = .linear,
    yScale: AxisScale = .linear
  ) {
    self.title = title
    self.xLabel = xLabel
    self.yLabel = yLabel
    self.series = series
    self.xScale = xScale
    self.yScale = yScale
  }

  /// The `<svg>` element.
  public func svg(isStandalone: Bool) -> String {
    let curves = series.map(pieces)
    let points = curves.flatMap { $0 }.flatMap { $0 }
    var frame = PlotFrame(
      title: title, xLabel: xLabel, yLabel: yLabel,
      horizontal: PlotAxis(covering: points.map(\.x), scale: xScale, isTight: true),
      vertical: PlotAxis(covering: points.map(\.y), scale: yScale), legend: series.map(\.name))
    if points.isEmpty { frame.markEmpty() }
    for (index, pieces) in curves.enumerated() {
      for piece in pieces {
        let path = piece.map { (x: frame.x($0.x), y: frame.y($0.y)) }
        frame.draw { canvas in
          guard path.count > 1 else {
            canvas.circle(
              path[0].x, path[0].y, radius: 3, style: "class=\"dot \(PlotStyle.fill(index))\"")
            return
          }
          canvas.polyline(path, PlotStyle.stroke(index))
        }
      }
    }
    return frame.canvas.svg(title: title, isStandalone: isStandalone)
  }

  /// The stretches of a series that can be shown.
  private func pieces(_ series: Series) -> [[(x: Double, y: Double)]] {
    zip(series.x, series.y).split { x, y in
      !PlotAxis.canShow(x, on: xScale) || !PlotAxis.canShow(y, on: yScale)
    }.map { $0.map { (x: $0.0, y: $0.1) } }
  }
}
