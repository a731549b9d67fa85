import RankineSupport

/// Predictors of a task's rows, a column after the other, written once and shared by all readers.
///
/// Tasks that are given the same object share what is computed from it.
public final class DesignMatrix: Sendable {
  /// The number of rows.
  public let rowCount: Int
  /// The number of features.
  public let columnCount: Int
  private let values: SharedArray<Double>

  /// - Parameter value: called once a row and column.
  public init(
    rowCount: Int, columnCount: Int, _ value: (_ row: Int, _ column: Int) throws -> Double
  ) rethrows {
    (self.rowCount, self.columnCount) = (rowCount, columnCount)
    values = try SharedArray(count: rowCount * columnCount) { (target) throws in
      for column in 0..<columnCount {
        for row in 0..<rowCount { target[column * rowCount + row] = try value(row, column) }
      }
    }
  }

  /// One value.
  public subscript(row: Int, column: Int) -> Double { values[column * rowCount + row] }

  /// The first number of a column, which `rowCount` numbers make up; valid while the matrix is.
  func column(_ column: Int) -> UnsafePointer<Double> {
    values.base.assumingMemoryBound(to: Double.self) + column * rowCount
  }

  /// The matrix of some of the columns, in the order given.
  func restricted(to columns: [Int]) -> DesignMatrix {
    DesignMatrix(rowCount: rowCount, columns: columns.map(column))
  }

  private init(rowCount: Int, columns: [UnsafePointer<Double>]) {
    (self.rowCount, columnCount) = (rowCount, columns.count)
    values = SharedArray(count: rowCount * columns.count) { target in
      for (place, source) in columns.enumerated() {
        for row in 0..<rowCount { target[place * rowCount + row] = source[row] }
      }
    }
  }

  /// xⱼ'v for some columns.
  ///
  /// - Parameters:
  ///   - columns: all columns when nil.
  ///   - target: of `columnCount` numbers; those of other columns stay.
  func multiplyTransposed(_ vector: [Double], columns: [Int]?, into target: inout [Double]) {
    precondition(vector.count == rowCount && target.count == columnCount, "matching sizes")
    vector.withUnsafeBufferPointer { vector in
      guard let first = vector.baseAddress else { return }
      if let columns {
        for j in columns { target[j] = dot(column(j), first, rowCount) }
      } else {
        for j in 0..<columnCount { target[j] = dot(column(j), first, rowCount) }
      }
    }
  }

  /// v ← v + Σ aⱼ xⱼ over some columns.
  func add(_ coefficients: [Double], columns: [Int], to vector: inout [Double]) {
    precondition(vector.count == rowCount, "a number for each row")
    vector.withUnsafeMutableBufferPointer { vector in
      guard let first = vector.baseAddress else { return }
      for j in columns { addMultiple(coefficients[j], column(j), to: first, rowCount) }
    }
  }
}
