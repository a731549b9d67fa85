/// A figure that can draw itself as SVG: no script, readable on light and dark ground.
///
/// Numbers that are not finite (or have no place on a logarithmic axis) are skipped; without any
/// number the figure is an empty frame that says so. All text is escaped.
public protocol SVGPlot: Sendable {
  /// What the figure shows, in a line.
  var title: String { get }
  /// The `<svg>` element; its colours come from `PlotStyle.sheet`.
  ///
  /// - Parameter isStandalone: whether the element carries the style sheet itself, as a file of its
  ///   own needs; a page gives the sheet once.
  func svg(isStandalone: Bool) -> String
}

extension SVGPlot {
  /// The figure as the content of a file.
  public func svg() -> String { svg(isStandalone: true) }
}

/// The look of all figures.
public enum PlotStyle {
  /// How many colours there are; further series start over with another dash pattern.
  static let colorCount = 6

  /// The style sheet of figures, for light and dark ground.
  ///
  /// The colours can be told apart with any common colour blindness.
  ///
  /// - Source: Okabe & Ito, Color Universal Design, 2008; lightened for dark ground.
  public static let sheet: String = """
    .plot { --ink: #1f2937; --muted: #5b6472; --grid: #e5e8ec; --frame: #aab2bd; --ground: #fff;
      --c0: #0072b2; --c1: #d55e00; --c2: #009e73; --c3: #b3589a; --c4: #b8860b; --c5: #56a0d3;
      font: 12px system-ui, -apple-system, "Segoe UI", Roboto, "Helvetica Neue", sans-serif;
      max-width: 100%; height: auto; }
    @media (prefers-color-scheme: dark) { .plot { --ink: #e6e9ee; --muted: #a3adba;
      --grid: #2c333d; --frame: #566070; --ground: #14181e; --c0: #4da6e8; --c1: #ff9248;
      --c2: #2fc79a; --c3: #e29ccb; --c4: #e8b93c; --c5: #9ad0f5; } }
    @media print { .plot { --ink: #000; --muted: #333; --grid: #ddd; --frame: #888;
      --ground: #fff; } }
    .plot text { fill: var(--muted); } .plot .title { fill: var(--ink); font-weight: 600;
      font-size: 14px; } .plot .name { fill: var(--ink); }
    .plot .ground { fill: var(--ground); } .plot .grid { stroke: var(--grid); }
    .plot .axis { stroke: var(--frame); } .plot .line { fill: none; stroke-width: 2;
      stroke-linejoin: round; stroke-linecap: round; } .plot .dot { stroke: var(--ground);
      stroke-width: 0.75; } .plot .faint { fill-opacity: 0.45; }
    .plot .box { fill-opacity: 0.25; stroke-width: 1.5; } .plot .dimmed { fill: var(--frame); }
    .plot .whisker { stroke-width: 1.5; fill: none; }
    """ + (0..<colorCount).map { "\n.plot .s\($0) { stroke: var(--c\($0)); }" }.joined()
    + (0..<colorCount).map { "\n.plot .f\($0) { fill: var(--c\($0)); }" }.joined() + "\n"

  /// The class and dash attributes of the line of a series.
  static func stroke(_ series: Int) -> String {
    let dashes = ["", "7 4", "2 4", "9 3 2 3"]
    let dash = dashes[(series / colorCount) % dashes.count]
    let pattern = dash.isEmpty ? "" : " stroke-dasharray=\"\(dash)\""
    return "class=\"line s\(series % colorCount)\"\(pattern)"
  }

  /// The fill class of a series.
  static func fill(_ series: Int) -> String { "f\(series % colorCount)" }
}
