/// The declaration as text: what `model.json` keeps and `zoo` shows.
extension Model: CustomStringConvertible {
  /// One line a layer and a loss, in the order of declaration.
  public var description: String {
    var lines: [String] = []
    for part in parts {
      switch part {
      case .shared(let part):
        lines.append("Shared")
        lines += part.layers.map(Self.line)
      case .eachTask(let part):
        lines.append("EachTask")
        lines += part.layers.map(Self.line)
      case .objective(let part):
        lines.append("Objective balanced by \(part.balancing.summary)")
        lines += part.losses.map { "  \($0.summary)" }
      }
    }
    if hasIndependentTasks { lines.append("a model for each task") }
    if hasPooledTasks { lines.append("one score for all tasks") }
    if let solver { lines.append("solved by \(solver.summary)") }
    return lines.joined(separator: "\n")
  }

  private static func line(_ layer: any Layer) -> String {
    "  " + layer.summary + (layer.penalty.map { " penalized by \($0.summary)" } ?? "")
  }
}
