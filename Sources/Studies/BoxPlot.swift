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
    public let name: String
    public let values: [Double]

    public init(_ name: String, _ values: [Double]) {
      self.name = name
      self.values = values
    }
  }

  public let title: String
  public let valueLabel: String
  public let groups: [Group]

  public init(title: String, valueLabel: String, groups: [Group]) {
    self.title = title
    self.valueLabel = valueLabel
    self.groups = groups
  }

  public func svg(isStandalone: Bool) -> String {
    let numbers = groups.map { $0.values.filter { PlotAxis.canShow($0, on: .linear) } }
    let all = numbers.flatMap { $0 }
    var frame = PlotFrame(
      title: title, xLabel: "", yLabel: valueLabel, horizontal: PlotAxis(covering: [0, 1]),
      vertical: PlotAxis(covering: all), showsXTicks: false)
    if all.isEmpty { frame.markEmpty() }
    let slot = (frame.x(share: 1) - frame.x(share: 0)) / Double(max(1, groups.count))
    for (index, values) in numbers.enumerated() {
      let center = frame.x(share: 0) + (Double(index) + 0.5) * slot
      frame.category(groups[index].name, at: center, limit: max(3, Int(slot / 7)))
      if !values.isEmpty { draw(values, at: center, slot: slot, series: index, in: &frame) }
    }
    return frame.canvas.svg(title: title, isStandalone: isStandalone)
  }

  private func draw(
    _ values: [Double], at center: Double, slot: Double, series: Int, in frame: inout PlotFrame
  ) {
    let lower = Statistics.quantile(0.25, of: values)
    let upper = Statistics.quantile(0.75, of: values)
    let reach = 1.5 * (upper - lower)
    let inside = values.filter { $0 >= lower - reach && $0 <= upper + reach }
    let (whiskerLow, whiskerHigh) = (inside.min() ?? lower, inside.max() ?? upper)
    let half = min(30, 0.3 * slot)
    let color = series % PlotStyle.colorCount
    let y = (
      low: frame.y(whiskerLow), lower: frame.y(lower), middle: frame.y(Statistics.median(values)),
      upper: frame.y(upper), high: frame.y(whiskerHigh)
    )
    let outliers = values.filter { $0 < lower - reach || $0 > upper + reach }.map { frame.y($0) }
    let stroke = "class=\"whisker s\(color)\""
    frame.draw { canvas in
      canvas.line(center, y.high, center, y.upper, stroke)
      canvas.line(center, y.lower, center, y.low, stroke)
      canvas.line(center - half / 2, y.high, center + half / 2, y.high, stroke)
      canvas.line(center - half / 2, y.low, center + half / 2, y.low, stroke)
      canvas.rectangle(
        x: center - half, y: y.upper, width: 2 * half, height: y.lower - y.upper,
        style: "class=\"box s\(color) f\(color)\" rx=\"2\"")
      canvas.line(center - half, y.middle, center + half, y.middle, "class=\"line s\(color)\"")
      for outlier in outliers {
        canvas.circle(center, outlier, radius: 2.6, style: "class=\"dot faint f\(color)\"")
      }
    }
  }
}
