extension ResultTable.Cell {
  /// A paired difference with the reach of its confidence interval, and what it says of the reference.
  ///
  /// `+0.012 ± 0.004 *`: the interval leaves out zero in favour of the first of the pair; with `o` in
  /// favour of the second.
  ///
  /// - Parameters:
  ///   - mean: the first minus the second; not finite without pairs.
  ///   - interval: symmetric about the mean; nil below two pairs.
  ///   - preference: which numbers are the better ones.
  static func difference(
    _ mean: Double, interval: ClosedRange<Double>?,
    preference: ResultTable.Column.Preference, decimals: Int = 3
  ) -> ResultTable.Cell {
    guard mean.isFinite else { return .text("–") }
    let column = ResultTable.Column("", decimals: decimals)
    guard let interval, interval.upperBound.isFinite else {
      return .text(signed(mean, digits: digits(mean, column)))
    }
    let reach = interval.upperBound - mean
    let digits = digits(max(abs(mean), reach), column)
    let text = signed(mean, digits: digits) + " ± " + decimalText(reach, digits: digits)
    if interval.contains(0) || preference == .none { return .text(text) }
    return .text(text + ((mean > 0) == (preference == .larger) ? " *" : " o"))
  }

  private static func digits(_ value: Double, _ column: ResultTable.Column) -> Int {
    ResultTable(columns: [column]).digits(of: value, in: column)
  }

  private static func signed(_ value: Double, digits: Int) -> String {
    let text = decimalText(value, digits: digits)
    return text.hasPrefix("-") || Double(text) == 0 ? text : "+" + text
  }
}
