/// Writes the values of a feature matrix into its memory, and remembers the first that does not fit.
package struct FeatureWriter {
  enum Target {
    case float(UnsafeMutableBufferPointer<Float>)
    case double(UnsafeMutableBufferPointer<Double>)
  }

  private let target: Target
  private let width: Int
  private let places: [Int]?
  private(set) var misfit: FeatureMatrix.Misfit?

  init(_ target: Target, width: Int, places: [Int]?) {
    (self.target, self.width, self.places) = (target, width, places)
  }

  /// Gives one place its value.
  package mutating func set(_ value: Double, row: Int, column: Int) {
    let position = (places?[row] ?? row) * width + column
    switch target {
    case .float(let values): values[position] = Float(value)
    case .double(let values): values[position] = value
    }
    if !(abs(value) <= largest) { note(value, row, column) }
  }

  private var largest: Double {
    switch target {
    case .float: Double(Float.greatestFiniteMagnitude)
    case .double: Double.greatestFiniteMagnitude
    }
  }

  private mutating func note(_ value: Double, _ row: Int, _ column: Int) {
    if let misfit, (misfit.row, misfit.column) <= (row, column) { return }
    misfit = FeatureMatrix.Misfit(row: row, column: column, value: value)
  }
}
