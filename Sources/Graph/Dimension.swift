/// The size of one axis: a number, or a name that is bound to a number when a program is run.
///
/// Named dimensions (`batch`, `sample`) let one compiled program serve a mini-batch, the last short
/// mini-batch and the full sample.
public enum Dimension: Hashable, Sendable, ExpressibleByIntegerLiteral, CustomStringConvertible {
  /// A number of elements known when the program is declared.
  case fixed(Int)
  /// A number of elements given when the program is run.
  case named(String)
  /// So many times a number that is given when the program is run: rows that lie in as many sets of one
  /// size, which a reshape tells apart.
  case multiple(Int, of: String)

  /// Rows of the mini-batch.
  public static let batch: Dimension = .named("batch")
  /// Rows of the full sample.
  public static let sample: Dimension = .named("sample")

  /// A fixed size, so that shapes read `[.batch, 64]`.
  public init(integerLiteral value: Int) {
    self = .fixed(value)
  }

  /// The number, where it is known before a run.
  public var count: Int? {
    if case .fixed(let count) = self { count } else { nil }
  }

  /// The number under the given binding of names.
  ///
  /// - Throws: `GraphError` (`unbound-dimension`) when the name has no number.
  package func resolved(_ extents: [String: Int]) throws(GraphError) -> Int {
    switch self {
    case .fixed(let count): return count
    case .multiple(let factor, let name):
      return factor * (try Dimension.named(name).resolved(extents))
    case .named(let name):
      guard let count = extents[name] else {
        throw GraphError(
          "unbound-dimension", "dimension \"\(name)\" has no size",
          hint: "bind it when the program is run")
      }
      return count
    }
  }

  /// The number, the name, or both: `5·batch`.
  public var description: String {
    switch self {
    case .fixed(let count): "\(count)"
    case .named(let name): name
    case .multiple(let factor, let name): "\(factor)·\(name)"
    }
  }
}
