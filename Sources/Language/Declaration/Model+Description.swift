/// The declaration as Swift, with the value of every hyperparameter in its place: what `zoo` shows and
/// `model.json` keeps. A closure of one's own is shown as `{ … }`.
extension Model: CustomStringConvertible {
  /// A line for each layer and loss, in the order of declaration.
  public var description: String { lines.joined(separator: "\n") }

  private var lines: [String] {
    guard !isAverage else {
      let weights = memberWeights == .equal ? "" : ", weights: \(memberWeights.summary)"
      return Self.braced(
        "Model.averaging(copies: \(copies)\(weights))", members.flatMap(\.lines))
    }
    let lines = parts.flatMap { part in
      switch part {
      case .shared(let part): Self.braced("Shared", part.layers.map(\.declaration))
      case .eachTask(let part): Self.braced("EachTask", part.layers.map(\.declaration))
      case .objective(let part):
        Self.braced(
          "Objective(balancing: \(part.balancing.summary))", part.losses.map(\.summary))
      case .rounds(let part): Self.braced("Rounds", part.phases.map(\.summary))
      }
    }
    let calls =
      (solver.map(solved) ?? [])
      + (hasIndependentTasks ? [".independentTasks()"] : [])
      + (hasPooledTasks ? [".pooled()"] : [])
    return Self.braced("Model", lines) + calls
  }

  private func solved(by solver: any LinearSolver) -> [String] {
    let lines = solver.declaration
    return lines.enumerated().map { place, line in
      (place == 0 ? ".solved(by: " : "") + line + (place == lines.count - 1 ? ")" : "")
    }
  }

  private static func braced(_ head: String, _ lines: [String]) -> [String] {
    guard !lines.isEmpty else { return [head + " {}"] }
    return [head + " {"] + lines.map { "  " + $0 } + ["}"]
  }
}
