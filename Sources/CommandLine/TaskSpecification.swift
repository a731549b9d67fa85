import RankineSupport

/// An outcome as `--task` names it: `NAME:TYPE`, `NAME=TYPE` or with details in parentheses.
///
/// Understood are `ER:binary`, `ER:binary(Positive)`, `age:continuous`, `slos:count`,
/// `Grade:ordinal(Well<Intermediate<Poorly)`, `OS=censored(time,event)` and
/// `visit=longitudinal(value,subject)`. Names and details may hold spaces, colons, equals signs
/// and parentheses.
public struct TaskSpecification: Equatable, Sendable {
  /// The type with the columns and levels that belong to it.
  public enum Scale: Equatable, Sendable {
    case continuous
    case count
    /// The level that counts as 1; nil leaves the choice to the data.
    case binary(positive: String?)
    /// From low to high; empty where the levels are numbers.
    case ordinal(levels: [String])
    /// The columns of the time and of whether the event was seen.
    case censored(time: String, event: String)
    /// The columns of the value and of the subject it was measured on.
    case longitudinal(value: String, subject: String)
  }

  public let name: String
  public let scale: Scale

  /// How the details of each type are written.
  private static let forms: KeyValuePairs = [
    "continuous": "continuous", "binary": "binary or binary(POSITIVE)",
    "ordinal": "ordinal or ordinal(LOW<…<HIGH)", "count": "count",
    "censored": "censored(TIME,EVENT)", "longitudinal": "longitudinal(VALUE,SUBJECT)",
  ]

  /// - Throws: `UsageError` (`invalid-value`) saying what is wrong with which specification.
  public init(_ text: String) throws(UsageError) {
    let readings = Self.readings(of: text)
    let known = readings.first { reading in Self.forms.contains { $0.key == reading.type } }
    guard let reading = known ?? readings.first else {
      throw UsageError(
        .invalidValue, in: "--task", "expected NAME:TYPE, got \"\(text)\"",
        hint: "for example \(text.isEmpty ? "age" : text):continuous")
    }
    guard let form = Self.forms.first(where: { $0.key == reading.type })?.value else {
      throw UsageError(
        .invalidValue, in: "--task", "\"\(text)\": there is no outcome type \"\(reading.type)\"",
        hint: suggestion(for: reading.type, among: Self.forms.map(\.key)))
    }
    guard let scale = Self.scale(reading.type, reading.details) else {
      throw UsageError(
        .invalidValue, in: "--task", "\"\(text)\": the details do not fit the type",
        hint: "write \(reading.name):\(form)")
    }
    (name, self.scale) = (reading.name, scale)
  }

  /// Every way to cut the text into name, type and details, the shortest name first.
  private static func readings(
    of text: String
  ) -> [(name: String, type: String, details: String?)] {
    text.indices.filter { text[$0] == ":" || text[$0] == "=" }.compactMap { separator in
      let name = text[..<separator].trimmed
      let rest = text[text.index(after: separator)...].trimmed
      let type = rest.prefix { $0.isLetter || $0 == "-" }
      let tail = rest.dropFirst(type.count)
      guard !name.isEmpty, !type.isEmpty else { return nil }
      if tail.isEmpty { return (name, String(type), nil) }
      guard tail.hasPrefix("("), tail.hasSuffix(")") else { return nil }
      return (name, String(type), tail.dropFirst().dropLast().trimmed)
    }
  }

  private static func scale(_ type: String, _ details: String?) -> Scale? {
    func parts(_ separator: Character) -> [String] {
      let texts = details?.split(separator: separator, omittingEmptySubsequences: false)
      return texts?.map { $0.trimmed } ?? []
    }
    switch type {
    case "continuous": return details == nil ? .continuous : nil
    case "count": return details == nil ? .count : nil
    case "binary": return details == "" ? nil : .binary(positive: details)
    case "ordinal":
      let levels = parts("<")
      let isValid = levels.count != 1 && !levels.contains("") && Set(levels).count == levels.count
      return isValid ? .ordinal(levels: levels) : nil
    default:
      let columns = parts(",")
      guard columns.count == 2, !columns.contains("") else { return nil }
      return type == "censored"
        ? .censored(time: columns[0], event: columns[1])
        : .longitudinal(value: columns[0], subject: columns[1])
    }
  }
}
