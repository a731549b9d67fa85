/// A number measured in several rows of one subject: repeated visits, or members of one cluster.
///
/// Rows of two subjects are compared, rows of one are not, and each two subjects count alike however
/// often they were seen: with mᵢ the visits of the row's subject a pair counts 1/(mᵢmⱼ). With times a
/// pair counts exp(−(tᵢ − tⱼ)²/2h²) times that. With a share ω a second term compares rows of one
/// subject, each of which counts 2/(m(m − 1)): (1 − ω) between subjects + ω within.
///
/// Splits, folds and subsamples keep the rows of a subject together. A row without a subject has no
/// outcome.
///
/// - Source: weights as in within-cluster resampling, Hoffman, Sen & Weinberg, Biometrika 88 (2001).
public struct LongitudinalOutcome: OutcomeType {
  public static let name = "longitudinal"
  public static let usage =
    "NAME=longitudinal(VALUE,SUBJECT), NAME=longitudinal(VALUE,SUBJECT,TIME; width=H, within=W)"
  public static let scale = OutcomeScale.continuous
  public static let calibrations = ["huber", "absolute", "squared"]
  public static let optionNames = ["width", "within"]

  /// The column of values.
  public let value: String
  /// The column that names the subject of a row.
  public let subject: String
  /// The column of times; nil compares rows whenever they were seen.
  public let time: String?
  /// h, in the unit of time; nil takes 1.06 s n^(−1/5), with s the standard deviation of n times.
  public let width: Double?
  /// ω, the share of the term within subjects.
  public let within: Double

  public init(
    value: String, subject: String, time: String? = nil, width: Double? = nil, within: Double = 0
  ) {
    (self.value, self.subject, self.time) = (value, subject, time)
    (self.width, self.within) = (width, within)
  }

  public init(arguments: [String], task: String) throws(DataError) {
    try self.init(arguments: arguments, options: [:], task: task)
  }

  public init(
    arguments: [String], options: [String: String], task: String
  ) throws(DataError) {
    guard arguments.count == 2 || arguments.count == 3 else {
      throw .arguments(arguments, task: task, type: Self.self)
    }
    let width = try Self.number("width", in: options, "a number above 0", task: task) { $0 > 0 }
    if width != nil, arguments.count == 2 {
      throw DataError(
        "bad-spec", in: "task \"\(task)\"", "width matches times, and there are none",
        hint: "write \(Self.usage)")
    }
    let within = try Self.number("within", in: options, "a share from 0 to 1", task: task) {
      (0...1).contains($0)
    }
    self.init(
      value: arguments[0], subject: arguments[1], time: arguments.count == 3 ? arguments[2] : nil,
      width: width, within: within ?? 0)
  }

  public var arguments: [String] { [value, subject] + (time.map { [$0] } ?? []) }

  public var options: [String: String] {
    var options: [String: String] = [:]
    options["width"] = width.map(decimalText)
    if within != 0 { options["within"] = decimalText(within) }
    return options
  }

  public func columns(of task: String) -> [String] { arguments }

  public func read(
    _ task: String, from table: Table, levels: [String]
  ) throws(DataError) -> OutcomeValues {
    let place = "task \"\(task)\""
    var values = try table.column(value, for: place).numbers()
    let names = try table.column(subject, for: place).texts()
    let times = try time.map { name throws(DataError) in
      try table.column(name, for: place).numbers()
    }
    var numbers: [String: Int] = [:]
    let subjects = names.map { name in
      guard let name else { return -1 }
      let number = numbers[name] ?? numbers.count
      numbers[name] = number
      return number
    }
    for row in values.indices where subjects[row] < 0 || times?[row].isNaN == true {
      values[row] = .nan
    }
    return OutcomeValues(
      name: task, type: self, values: values,
      companions: RowCompanions(subject: subjects, time: times))
  }

  public func validate(_ values: OutcomeValues) throws(DataError) {
    try values.requireComparablePair()
    let subjects = Set(values.observedRows.map { values.companions.subject?[$0] ?? -1 })
    guard subjects.count > 1 || within > 0 else {
      throw .outcome(
        values.name, "all rows are of one subject, and rows of two are compared",
        hint: "check the column \"\(subject)\", or declare it \(values.name):continuous")
    }
  }
}

extension OutcomeType where Self == LongitudinalOutcome {
  /// A number measured in several rows of one subject.
  ///
  /// - Parameters:
  ///   - value: the column of values.
  ///   - subject: the column that names the subject of a row.
  ///   - time: the column of times, where rows seen at like times are to count for more.
  ///   - width: h, in the unit of time.
  ///   - within: ω, the share of the term within subjects, from 0 to 1.
  public static func longitudinal(
    value: String, subject: String, time: String? = nil, width: Double? = nil, within: Double = 0
  ) -> LongitudinalOutcome {
    LongitudinalOutcome(
      value: value, subject: subject, time: time, width: width, within: within)
  }
}
