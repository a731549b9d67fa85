import Foundation
import RankineStudies
import Testing

/// One plot of each kind, with every given text in it and numbers that may be of any sort.
func samplePlots(_ text: String, _ numbers: [Double]) -> [any SVGPlot] {
  [
    LineChart(
      title: text, xLabel: text, yLabel: text,
      series: [.init(text, x: numbers, y: numbers), .init("b", x: numbers, y: numbers.reversed())]),
    LineChart(
      title: text, xLabel: text, yLabel: text, series: [.init(text, x: numbers, y: numbers)],
      xScale: .logarithmic, yScale: .logarithmic),
    BarChart(title: text, valueLabel: text, bars: numbers.map { .init(text, $0) }),
    ScatterPlot(
      title: text, xLabel: text, yLabel: text, x: numbers, y: numbers,
      overlays: [.init(text, x: numbers, y: numbers, isStepped: true)]),
    BoxPlot(title: text, valueLabel: text, groups: [.init(text, numbers), .init(text, [])]),
  ]
}

private let awkwardNumbers: [[Double]] = [
  [], [1], [.nan, .infinity, -.infinity], [2, 2, 2], [-5, 0, 1e-9], [1, .nan, 3, 1e280],
  [-.greatestFiniteMagnitude, .greatestFiniteMagnitude, .leastNonzeroMagnitude], [1e300, -1e300],
  [1e-300, 1e300],
]

@Test(arguments: awkwardNumbers)
func everyPlotIsWellFormedForAnyNumbers(_ numbers: [Double]) throws {
  for plot in samplePlots("<script>alert(\"1\")</script> & 'x' \u{1}", numbers) {
    let text = plot.svg()
    #expect(try isWellFormed(text))
    #expect(!text.contains("<script"))
    #expect(!text.contains("nan") && !text.contains("inf"))
  }
}

@Test func plotsWithoutDataSaySo() {
  for plot in samplePlots("empty", [.nan]) {
    #expect(plot.svg().contains(">no data</text>"))
  }
  for plot in samplePlots("full", [1, 2, 3]) {
    #expect(!plot.svg().contains("no data"))
  }
}

@Test func theStyleSheetIsInTheFileAndNotInTheFragment() {
  for plot in samplePlots("t", [1, 2]) {
    #expect(plot.svg().contains("prefers-color-scheme: dark"))
    #expect(!plot.svg(isStandalone: false).contains("<style>"))
  }
}

@Test func aPointThatIsNoNumberBreaksTheLine() {
  let chart = LineChart(
    title: "t", xLabel: "x", yLabel: "y",
    series: [.init("a", x: [0, 1, 2, 3, 4], y: [0, 1, .nan, 1, 0])])
  #expect(chart.svg().components(separatedBy: "<polyline").count == 3)
}

@Test func linearTicksAreRound() {
  #expect(tickLabels(xs: [0.3, 4.7], scale: .linear) == ["1", "2", "3", "4"])
  #expect(tickLabels(xs: [0.81, 0.86], scale: .linear).first == "0.81")
  #expect(tickLabels(xs: [0, 200], scale: .linear) == ["0", "50", "100", "150", "200"])
  #expect(tickLabels(xs: [0, 4e7], scale: .linear).last == "4e7")
}

@Test func logarithmicTicksArePowersOfTen() {
  #expect(tickLabels(xs: [0.01, 10], scale: .logarithmic) == ["0.01", "0.1", "1", "10"])
  #expect(tickLabels(xs: [1, 9], scale: .logarithmic) == ["1", "2", "5"])
  #expect(tickLabels(xs: [0.03, 4], scale: .logarithmic).first == "0.05")
  #expect(tickLabels(xs: [1e-5, 1e-4, -3], scale: .logarithmic).first == "1e-5")
}

/// The labels below the horizontal axis, which are the centred texts of the height of the ticks.
private func tickLabels(xs: [Double], scale: AxisScale) -> [String] {
  let chart = LineChart(
    title: "", xLabel: "", yLabel: "", series: [.init("s", x: xs, y: xs.map { _ in 1 })],
    xScale: scale)
  return chart.svg().split(separator: "\n")
    .filter { $0.contains("y=\"348\"") && $0.contains("\"middle\"") }
    .compactMap { $0.split(separator: ">").dropFirst().first?.split(separator: "<").first }
    .map(String.init)
}

@Test func longerBarsStandForLargerValues() throws {
  let chart = BarChart(title: "t", valueLabel: "v", bars: [.init("a", 1), .init("b", 2)])
  let widths = chart.svg().split(separator: "\n").filter { $0.contains("<title>") }
    .compactMap { $0.split(separator: "width=\"").last?.split(separator: "\"").first }
    .compactMap { Double($0) }
  #expect(widths.count == 2)
  #expect(abs(widths[1] - 2 * widths[0]) < 0.2)
}

@Test func farNumbersOfABoxAreDots() {
  let values: [Double] = [1, 2, 3, 4, 5, 100]
  let plot = BoxPlot(title: "t", valueLabel: "v", groups: [.init("a", values)])
  #expect(plot.svg().components(separatedBy: "<circle").count == 2)
}
