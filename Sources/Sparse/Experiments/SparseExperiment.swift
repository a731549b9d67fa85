/// A comparison of methods on simulated tasks: points of a design, each measured in replications.
public protocol SparseExperiment: Sendable {
  /// What is simulated at a point.
  associatedtype Point: SparseDesignPoint

  /// As the user types it.
  static var name: String { get }
  /// One line without a closing full stop.
  static var summary: String { get }
  /// In the order of the table.
  static var points: [Point] { get }
  /// The name of the horizontal axis of figures; empty for a design without.
  static var axis: String { get }

  init()

  /// The same replication of the same seed gives the same measurements, but for times.
  ///
  /// - Throws: `SparseError`.
  func run(_ point: Point, replication: Int, seed: UInt64) throws -> [SparseMeasurement]
}

extension SparseExperiment {
  public static var axis: String { "" }

  /// The measurements at a place of the list of points.
  ///
  /// - Throws: `SparseError`.
  public static func run(
    pointAt place: Int, replication: Int, seed: UInt64
  ) throws -> [SparseMeasurement] {
    try Self().run(points[place], replication: replication, seed: seed)
  }

  /// Each point's name and place in figures.
  public static var labels: [SparsePointLabel] {
    points.map { SparsePointLabel(name: $0.description, place: $0.place) }
  }
}

/// A point of a design; its description names it in tables.
public protocol SparseDesignPoint: Sendable, CustomStringConvertible {
  /// Where figures show it; nil where a table says it all.
  var place: SparseFigurePlace? { get }
}

extension SparseDesignPoint {
  public var place: SparseFigurePlace? { nil }
}

/// A place in figures.
public struct SparseFigurePlace: Sendable, Equatable {
  /// What all points of one figure have in common.
  public let panel: String
  /// Along the horizontal axis.
  public let position: Double

  public init(_ panel: String, at position: Double) {
    (self.panel, self.position) = (panel, position)
  }
}

/// What a table and figures call a point.
public struct SparsePointLabel: Sendable, Equatable {
  public let name: String
  public let place: SparseFigurePlace?
}

/// The experiments that come with the framework.
public enum SparseExperiments {
  public static let all: [any SparseExperiment.Type] = [
    OverlapExperiment.self, HeterogeneityExperiment.self, CertificateExperiment.self,
    EnumerationExperiment.self, RelaxationExperiment.self, ScaleExperiment.self,
  ]
}
