import RankineEvaluation

/// The spread of numbers in groups: a metric over replications, a box a model.
///
/// A box spans the quartiles with a line at the median; whiskers reach the outermost number within
/// 1.5 box lengths, and numbers beyond are dots.
///
/// - Source: Tukey, Exploratory Data Analysis, 1977.
public struct BoxPlot: SVGPlot, Equatable {
  /// The numbers of one box.
  public struct Group: Equatable, Sendable {
    /// Stands left of the box; long ones are cut.
    public let name: String
    /// The numbers the box sums up.
    public let values: [Double]

    /// The numbers under a name.
    public init(_ name: String, _ values: [Double]) {
      self.name = name
      self.values = values
    }
  }

  /// What the figure shows.
  public let title: String
  /// The name of the horizontal axis.
  public let valueLabel: String
  /// A box each, from the top to the bottom.
  public let groups: [Group]
  /// Whether the axis reaches zero: differences need it.
  public let includesZero: Bool

  /// - Parameter groups: a box each, from the top to the bottom.
  public init(title: String, valueLabel: String, groups: [Group], includesZero: Bool = false) {
    self.includesZero = includesZero
    self.title = title
    self.valueLabel = valueLabel
    self.groups = groups
  }

  /// The `<svg>` element.
  public func svg(isStandalone: Bool) -> String {
    let numbers = groups.map { $0.values.filter { PlotAxis.canShow($0, on: .linear) } }
    let all = numbers.flatMap { $0 }
    var frame = RowFrame(
      title: title, valueLabel: valueLabel, names: groups.map(\.name),
      axis: PlotAxis(covering: all, includesZero: includesZero), step: 34)
    if all.isEmpty { frame.markEmpty() }
    for (row, values) in numbers.enumerated() where !values.isEmpty {
      draw(values, in: row, of: &frame)
    }
    return frame.canvas.svg(title: title, isStandalone: isStandalone)
  }

  private func draw(_ values: [Double], in row: Int, of frame: inout RowFrame) {
    let lower = Statistics.quantile(0.25, of: values)
    let upper = Statistics.quantile(0.75, of: values)
    let reach = 1.5 * (upper - lower)
    let isInside = { (value: Double) in value >= lower - reach && value <= upper + reach }
    let inside = values.filter(isInside)
    let ends = (low: frame.x(inside.min() ?? lower), high: frame.x(inside.max() ?? upper))
    let box = (low: frame.x(lower), high: frame.x(upper))
    let median = frame.x(Statistics.median(values))
    let outliers = values.filter { !isInside($0) }.map(frame.x)
    let y = frame.middle(of: row)
    let half = 10.0
    let color = row % PlotStyle.colorCount
    let whisker = "class=\"whisker s\(color)\""
    frame.draw { canvas in
      canvas.line(ends.low, y, box.low, y, whisker)
      canvas.line(box.high, y, ends.high, y, whisker)
      canvas.line(ends.low, y - half / 2, ends.low, y + half / 2, whisker)
      canvas.line(ends.high, y - half / 2, ends.high, y + half / 2, whisker)
      canvas.rectangle(
        x: box.low, y: y - half, width: box.high - box.low, height: 2 * half,
        style: "class=\"box s\(color) f\(color)\" rx=\"2\"")
      canvas.line(median, y - half, median, y + half, "class=\"line s\(color)\"")
      for outlier in outliers {
        canvas.circle(outlier, y, radius: 2.6, style: "class=\"dot faint f\(color)\"")
      }
    }
  }
}
