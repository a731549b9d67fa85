/// Figures side by side, row by row, as one figure: the panels of a study.
public struct PlotGrid: SVGPlot {
  /// What the panels show.
  public let title: String
  /// The panels in reading order.
  public let plots: [any SVGPlot]
  /// How many stand side by side.
  public let columnCount: Int

  /// The size of every panel, that of a figure alone.
  private static let (width, height) = (640.0, 380.0)

  /// - Precondition: `columnCount` is at least 1.
  public init(title: String, plots: [any SVGPlot], columnCount: Int) {
    precondition(columnCount >= 1, "a column at least")
    (self.title, self.plots, self.columnCount) = (title, plots, columnCount)
  }

  /// The `<svg>` element.
  public func svg(isStandalone: Bool) -> String {
    let columns = max(1, min(columnCount, plots.count))
    let rows = (plots.count + columns - 1) / columns
    var canvas = SVGCanvas(
      width: Double(columns) * Self.width, height: Double(max(1, rows)) * Self.height)
    for (place, plot) in plots.enumerated() {
      canvas.nest(
        plot.svg(isStandalone: false), x: Double(place % columns) * Self.width,
        y: Double(place / columns) * Self.height)
    }
    return canvas.svg(title: title, isStandalone: isStandalone)
  }
}
