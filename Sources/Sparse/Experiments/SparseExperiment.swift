/// A comparison of methods on simulated tasks, one replication at a time.
public protocol SparseExperiment: Sendable {
  /// As the user types it.
  static var name: String { get }
  /// One line without a closing full stop.
  static var summary: String { get }

  init()

  /// The same replication of the same seed gives the same measurements, but for times.
  ///
  /// - Throws: `SparseError`.
  func run(replication: Int, seed: UInt64) throws -> [SparseMeasurement]
}

/// What one method came to at one point of a design.
public struct SparseMeasurement: Sendable, Codable {
  /// The point: `K 2, n 50, s/q 10/14`.
  public let point: String
  public let method: String
  /// Names of measures with their values, in the order of the table's columns.
  public let values: [Value]

  /// A measure.
  public struct Value: Sendable, Codable {
    public let name: String
    public let value: Double
  }

  /// - Parameter values: names of measures with their values.
  public init(_ point: String, _ method: String, _ values: [(String, Double)]) {
    (self.point, self.method) = (point, method)
    self.values = values.map { Value(name: $0.0, value: $0.1) }
  }
}

/// The experiments that come with the framework.
public enum SparseExperiments {
  public static let all: [any SparseExperiment.Type] = [
    OverlapExperiment.self, HeterogeneityExperiment.self, CertificateExperiment.self,
    EnumerationExperiment.self, RelaxationExperiment.self, ScaleExperiment.self,
  ]
}
