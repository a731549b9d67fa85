/// What one method came to at one point of a design.
public struct SparseMeasurement: Sendable, Equatable, Codable {
  public let method: String
  /// Names of measures with their values, in the order of the table's columns.
  public let values: [Value]

  /// A measure.
  public struct Value: Sendable, Equatable, Codable {
    public let name: String
    /// NaN where the method has no such measure.
    public let value: Double
  }

  /// - Parameter values: names of measures with their values.
  public init(_ method: String, _ values: [(String, Double)]) {
    self.method = method
    self.values = values.map { Value(name: $0.0, value: $0.1) }
  }
}
