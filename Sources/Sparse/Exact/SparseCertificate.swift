/// How far from the best possible value a solution can be, and what it took to know.
public struct SparseCertificate: Sendable, Equatable, Codable {
  /// Why the search ended.
  public enum Stop: String, Sendable, Codable {
    /// Bounds met within the gap that was asked for.
    case gap
    /// As many nodes as were allowed.
    case nodeLimit = "node-limit"
    /// As many seconds as were allowed.
    case timeLimit = "time-limit"
  }

  /// F of the solution.
  public var upperBound: Double
  /// No solution has a smaller F.
  public var lowerBound: Double
  /// Nodes whose relaxation was solved.
  public var nodes: Int
  /// Cuts of the tasks' value functions that were made.
  public var cuts: Int
  /// Nodes that cuts of other nodes closed before anything was solved.
  public var nodesClosedByCuts: Int
  /// Wall-clock time.
  public var seconds: Double
  /// Why the search ended.
  public var stop: Stop
  /// M: the bounds hold among solutions whose standardized coefficients are at most this; nil without
  /// such a condition.
  public var coefficientBound: Double?
  /// F of the heuristic that the search began with.
  public var heuristicValue: Double

  /// (upper − lower)/upper; 0 where both are 0.
  public var gap: Double {
    upperBound > 0 ? max(0, upperBound - lowerBound) / upperBound : 0
  }

  /// Whether the heuristic's solution is as good as the certified one, to 10⁻⁶.
  public var heuristicIsOptimal: Bool {
    heuristicValue <= upperBound + 1e-6 * max(abs(upperBound), 1e-12)
  }

  /// One line: both bounds, the gap, nodes, cuts, time and why it ended.
  public var summary: String {
    let condition = coefficientBound.map { ", |b| ≤ \(rounded($0))" } ?? ""
    return "upper \(rounded(upperBound)), lower \(rounded(lowerBound)), "
      + "gap \(rounded(100 * gap)) %, \(nodes) nodes, \(cuts) cuts, "
      + "\(rounded(seconds)) s (\(stop.rawValue)\(condition))"
  }

  /// Six significant digits.
  private func rounded(_ value: Double) -> String {
    guard value != 0, value.isFinite else { return "\(value)" }
    var scale = 1.0
    while abs(value) * scale < 100_000 { scale *= 10 }
    while abs(value) * scale >= 1_000_000 { scale /= 10 }
    let short = (value * scale).rounded() / scale
    return "\(short)"
  }
}
