import RankineSupport

/// Tasks with known supports and coefficients.
struct SparseSimulation {
  /// Training, validation and test rows of all tasks.
  var training: [SparseTask]
  var validation: [SparseTask]
  var test: [SparseTask]
  /// The true features of each task.
  let supports: [[Int]]

  /// Rows whose features have the correlations ρ^|i − j|.
  static func design(
    rows: Int, features: Int, correlation: Double, _ random: inout CounterRandom
  ) -> DesignMatrix {
    var values = [Double]()
    values.reserveCapacity(rows * features)
    let rest = (1 - correlation * correlation).squareRoot()
    for _ in 0..<rows {
      var last = random.normal()
      values.append(last)
      for _ in 1..<max(1, features) {
        last = correlation * last + rest * random.normal()
        values.append(last)
      }
    }
    return DesignMatrix(rowCount: rows, columnCount: features) { values[$0 * features + $1] }
  }

  /// - Parameters:
  ///   - coefficients: of each task, with as many numbers as features.
  ///   - noise: standard deviation of each task's noise.
  ///   - sharesRows: whether all tasks have the same rows.
  init(
    rows: Int, coefficients: [[Double]], noise: [Double], correlation: Double, sharesRows: Bool,
    _ random: inout CounterRandom
  ) throws(SparseError) {
    let features = coefficients.first?.count ?? 0
    supports = coefficients.map { own in own.indices.filter { own[$0] != 0 } }
    (training, validation, test) = ([], [], [])
    for part in 0..<3 {
      var made: [SparseTask] = []
      let shared = Self.design(
        rows: rows, features: features, correlation: correlation, &random)
      for (k, own) in coefficients.enumerated() {
        let design =
          sharesRows || k == 0
          ? shared
          : Self.design(rows: rows, features: features, correlation: correlation, &random)
        var response = (0..<rows).map { _ in noise[k] * random.normal() }
        design.add(own, columns: supports[k], to: &response)
        made.append(try SparseTask("task \(k + 1)", design: design, response: response))
      }
      switch part {
      case 0: training = made
      case 1: validation = made
      default: test = made
      }
    }
  }
}
