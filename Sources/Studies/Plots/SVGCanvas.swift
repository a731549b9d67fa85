import Foundation

/// Where text stands relative to its point.
enum TextAnchor: String {
  case start
  case middle
  case end
}

/// Collects the elements of one figure, in pixels from the upper left corner.
struct SVGCanvas {
  let width: Double
  let height: Double
  private var elements: [String] = []

  init(width: Double, height: Double) {
    self.width = width
    self.height = height
  }

  /// Adds an element as it is; numbers in it come from `pixels`, texts from `markupEscaped`.
  mutating func add(_ element: String) { elements.append(element) }

  mutating func line(_ x1: Double, _ y1: Double, _ x2: Double, _ y2: Double, _ style: String) {
    add(
      "<line x1=\"\(pixels(x1))\" y1=\"\(pixels(y1))\" x2=\"\(pixels(x2))\" y2=\"\(pixels(y2))\" "
        + "\(style)/>")
  }

  mutating func text(
    _ text: String, _ x: Double, _ y: Double, anchor: TextAnchor = .start, style: String = "",
    isUpright: Bool = true
  ) {
    let turn = isUpright ? "" : " transform=\"rotate(-90 \(pixels(x)) \(pixels(y)))\""
    let classes = style.isEmpty ? "" : " class=\"\(style)\""
    add(
      "<text x=\"\(pixels(x))\" y=\"\(pixels(y))\" text-anchor=\"\(anchor.rawValue)\""
        + "\(classes)\(turn)>\(markupEscaped(text))</text>")
  }

  mutating func rectangle(
    x: Double, y: Double, width: Double, height: Double, style: String, tip: String = ""
  ) {
    let size = "width=\"\(pixels(max(0, width)))\" height=\"\(pixels(max(0, height)))\""
    let body = tip.isEmpty ? "/>" : "><title>\(markupEscaped(tip))</title></rect>"
    add("<rect x=\"\(pixels(x))\" y=\"\(pixels(y))\" \(size) \(style)\(body)")
  }

  mutating func circle(_ x: Double, _ y: Double, radius: Double, style: String) {
    add("<circle cx=\"\(pixels(x))\" cy=\"\(pixels(y))\" r=\"\(pixels(radius))\" \(style)/>")
  }

  mutating func polyline(_ points: [(x: Double, y: Double)], _ style: String) {
    let list = points.map { "\(pixels($0.x)),\(pixels($0.y))" }.joined(separator: " ")
    add("<polyline points=\"\(list)\" \(style)/>")
  }

  /// Adds a finished element at a place; this canvas lends it the class that its style depends on.
  mutating func nest(_ element: String, x: Double, y: Double) {
    let place = "x=\"\(pixels(x))\" y=\"\(pixels(y))\""
    add(element.replacing("class=\"plot\"", with: place, maxReplacements: 1))
  }

  /// The finished `<svg>` element.
  func svg(title: String, isStandalone: Bool) -> String {
    let size = "width=\"\(pixels(width))\" height=\"\(pixels(height))\""
    let name = markupEscaped(title)
    let head =
      "<svg xmlns=\"http://www.w3.org/2000/svg\" class=\"plot\" role=\"img\" "
      + "aria-label=\"\(name)\" viewBox=\"0 0 \(pixels(width)) \(pixels(height))\" \(size)>"
    let sheet = isStandalone ? "<style>\n\(PlotStyle.sheet)</style>\n" : ""
    let ground = "<rect class=\"ground\" width=\"100%\" height=\"100%\" rx=\"6\"/>\n"
    return head + "\n" + sheet + ground + elements.joined(separator: "\n") + "\n</svg>\n"
  }
}

/// A coordinate with one digit after the point, without a trailing ".0".
func pixels(_ value: Double) -> String {
  let rounded = (value * 10).rounded() / 10
  return rounded == rounded.rounded() ? "\(Int(rounded))" : "\(rounded)"
}

/// About how wide a text is at a font size, on the safe side for Latin letters.
func estimatedWidth(_ text: String, fontSize: Double = 12) -> Double {
  0.58 * fontSize * Double(text.count)
}

/// A text cut to a number of characters, the cut shown by an ellipsis.
func shortened(_ text: String, to limit: Int) -> String {
  text.count <= limit ? text : text.prefix(max(1, limit - 1)) + "…"
}
