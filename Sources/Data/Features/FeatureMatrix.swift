/// Predictors ready for a network: one row a sample, one column a feature.
public struct FeatureMatrix: Sendable, Equatable {
  /// The features' names, one a column.
  public let names: [String]
  /// The number of samples.
  public let rowCount: Int
  /// Row by row, `rowCount` × `names.count`, without units once standardized.
  public let values: [Double]

  /// - Precondition: `values.count == rowCount * names.count`.
  public init(names: [String], rowCount: Int, values: [Double]) {
    precondition(values.count == rowCount * names.count, "a value for each row and feature")
    (self.names, self.rowCount, self.values) = (names, rowCount, values)
  }

  /// The number of features.
  public var columnCount: Int { names.count }

  /// The values in Float, row by row.
  public var floats: [Float] { values.map { Float($0) } }

  /// One value.
  public subscript(row: Int, column: Int) -> Double { values[row * names.count + column] }
}
