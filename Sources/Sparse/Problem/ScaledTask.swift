/// A task as the solvers see it: features centred and divided by their standard deviation (divisor
/// n), a gaussian response centred.
struct ScaledTask: Sendable {
  let name: String
  let kind: SparseTask.Kind
  let design: DesignMatrix
  let response: [Double]
  /// xⱼ'xⱼ/n: 1, or 0 for a feature that is constant in the task's rows.
  let norms: [Double]
  /// By what a coefficient is divided on its way back to the features' units.
  let scales: [Double]
  let centres: [Double]
  let responseCentre: Double
  /// Whether the task has an intercept that is not penalized.
  let hasIntercept: Bool

  var rowCount: Int { response.count }

  /// The largest curvature of the loss in η: ¼ for logistic rows.
  var curvature: Double { kind == .gaussian ? 1 : 0.25 }

  /// The coefficients and the intercept in the units of the task's features.
  ///
  /// - Parameter intercept: of the centred features.
  func unscaled(_ coefficients: [Double], intercept: Double) -> SparseFit.TaskFit {
    var original = coefficients
    var shift = intercept + responseCentre
    for j in coefficients.indices where coefficients[j] != 0 {
      original[j] = coefficients[j] / scales[j]
      shift -= original[j] * centres[j]
    }
    return SparseFit.TaskFit(
      name: name, intercept: hasIntercept ? shift : 0, coefficients: original)
  }
}

/// The means and standard deviations of a design's columns, and the design with them taken out.
struct ScaledDesign {
  let design: DesignMatrix
  let centres: [Double]
  let scales: [Double]
  let norms: [Double]

  /// - Parameter isStandardized: otherwise the design stays as it is.
  init(_ source: DesignMatrix, isStandardized: Bool) {
    let (n, p) = (source.rowCount, source.columnCount)
    var centres = Array(repeating: 0.0, count: p)
    var scales = Array(repeating: 1.0, count: p)
    if isStandardized {
      for j in 0..<p {
        let column = source.column(j)
        var sum = 0.0
        for i in 0..<n { sum += column[i] }
        centres[j] = sum / Double(n)
        var squares = 0.0
        for i in 0..<n { squares += (column[i] - centres[j]) * (column[i] - centres[j]) }
        let deviation = (squares / Double(n)).squareRoot()
        scales[j] = deviation > 1e-10 * max(1, abs(centres[j])) ? deviation : .infinity
      }
      design = DesignMatrix(rowCount: n, columnCount: p) { row, column in
        (source.column(column)[row] - centres[column]) / scales[column]
      }
    } else {
      design = source
    }
    norms = (0..<p).map { [design] j in dot(design.column(j), design.column(j), n) / Double(n) }
    (self.centres, self.scales) = (centres, scales)
  }
}
