import RankineSupport

/// Predictors ready for a network: one row a sample, one column a feature.
///
/// Copies share their values, which are written once and kept in the precision that they are read in.
public struct FeatureMatrix: Sendable, Equatable {
  /// The features' names, one a column.
  public let names: [String]
  /// The number of samples.
  public let rowCount: Int
  /// The first value, by row and column, that is no number at the matrix's precision.
  package let misfit: Misfit?
  private let storage: Storage
  /// Where each row lies; nil where rows lie in their order.
  private let places: [Int]?

  /// A value that does not fit, as it was given.
  package struct Misfit: Sendable, Equatable {
    package let row: Int
    package let column: Int
    package let value: Double

    package init(row: Int, column: Int, value: Double) {
      (self.row, self.column, self.value) = (row, column, value)
    }
  }

  private enum Storage: Sendable {
    case float(SharedArray<Float>)
    case double(SharedArray<Double>)
  }

  /// - Precondition: `values.count == rowCount * names.count`.
  public init(names: [String], rowCount: Int, values: [Double], precision: Precision = .double) {
    precondition(values.count == rowCount * names.count, "a value for each row and feature")
    self.init(names: names, rowCount: rowCount, precision: precision) { writer in
      for row in 0..<rowCount {
        for column in names.indices {
          writer.set(values[row * names.count + column], row: row, column: column)
        }
      }
    }
  }

  /// A matrix whose values are written in any order, 0 where none is.
  ///
  /// - Parameter order: rows in the order in which they are to lie in memory; nil for their own.
  package init<Failure: Error>(
    names: [String], rowCount: Int, precision: Precision, laidOut order: [Int]? = nil,
    fill: (inout FeatureWriter) throws(Failure) -> Void
  ) throws(Failure) {
    (self.names, self.rowCount) = (names, rowCount)
    let places = order.map { order in
      var places = Array(repeating: 0, count: rowCount)
      for (place, row) in order.enumerated() { places[row] = place }
      return places
    }
    self.places = places
    var misfit: Misfit?
    let count = rowCount * names.count
    switch precision {
    case .float:
      storage = .float(
        try SharedArray(count: count) { (values) throws(Failure) in
          var writer = FeatureWriter(.float(values), width: names.count, places: places)
          try fill(&writer)
          misfit = writer.misfit
        })
    case .double:
      storage = .double(
        try SharedArray(count: count) { (values) throws(Failure) in
          var writer = FeatureWriter(.double(values), width: names.count, places: places)
          try fill(&writer)
          misfit = writer.misfit
        })
    }
    self.misfit = misfit
  }

  /// The number of features.
  public var columnCount: Int { names.count }

  /// What the values are kept in.
  public var precision: Precision {
    if case .float = storage { .float } else { .double }
  }

  /// One value.
  public subscript(row: Int, column: Int) -> Double {
    let position = place(of: row) * names.count + column
    switch storage {
    case .float(let values): return Double(values[position])
    case .double(let values): return values[position]
    }
  }

  /// A copy of the values, row by row, `rowCount` × `names.count`, without units once standardized.
  public var values: [Double] {
    (0..<rowCount).flatMap { row in names.indices.map { self[row, $0] } }
  }

  /// A copy of the values in Float, row by row.
  public var floats: [Float] { values.map { Float($0) } }

  public static func == (a: FeatureMatrix, b: FeatureMatrix) -> Bool {
    a.names == b.names && a.rowCount == b.rowCount && a.values == b.values
  }
}

// MARK: Memory

extension FeatureMatrix {
  /// The values as they lie in memory, and what keeps them there.
  package var memory: (base: UnsafeRawPointer, owner: AnyObject) {
    switch storage {
    case .float(let values): (values.base, values)
    case .double(let values): (values.base, values)
    }
  }

  /// Which of the rows in memory a row is.
  package func place(of row: Int) -> Int { places?[row] ?? row }

  /// The place of the first of some rows that lie one behind the other in the given order; nil where
  /// they do not.
  package func firstPlace(ofRun rows: some Collection<Int>) -> Int? {
    guard let first = rows.first else { return 0 }
    var expected = place(of: first)
    for row in rows {
      guard place(of: row) == expected else { return nil }
      expected += 1
    }
    return place(of: first)
  }

  /// Writes some rows one behind the other.
  ///
  /// - Parameter target: room for `rows.count * columnCount` numbers of the given precision.
  package func copy(
    rows: some Collection<Int>, to target: UnsafeMutableRawPointer, as precision: Precision
  ) {
    let width = names.count
    for (index, row) in rows.enumerated() {
      let range = (place(of: row) * width)..<((place(of: row) + 1) * width)
      switch (storage, precision) {
      case (.float(let values), .float):
        Self.copy(values, range, to: target, at: index) { $0 }
      case (.float(let values), .double):
        Self.copy(values, range, to: target, at: index) { Double($0) }
      case (.double(let values), .float):
        Self.copy(values, range, to: target, at: index) { Float($0) }
      case (.double(let values), .double):
        Self.copy(values, range, to: target, at: index) { $0 }
      }
    }
  }

  @inline(__always)
  private static func copy<From: BitwiseCopyable & Sendable, To: BitwiseCopyable>(
    _ values: SharedArray<From>, _ range: Range<Int>, to target: UnsafeMutableRawPointer,
    at index: Int, _ convert: (From) -> To
  ) {
    let target = target.assumingMemoryBound(to: To.self) + index * range.count
    values.withElements { from in
      for (position, source) in range.enumerated() { target[position] = convert(from[source]) }
    }
  }
}
