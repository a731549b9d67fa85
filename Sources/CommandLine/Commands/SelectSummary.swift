import Foundation
import RankineEvaluation
import RankineStudies
import RankineTraining

/// What a stability selection came to, for people and for other programs.
struct SelectSummary {
  let selection: StabilitySelection
  /// The folder that was written.
  let path: String

  /// Features that the table shows; the others are in `selected.csv`.
  private static let shownFeatures = 15
  /// The level of the threshold of norms.
  private static let level = 0.05

  func text(width: Int) -> String {
    [heading, table(width: width), verdict].joined(separator: "\n") + "\nWrote \(path)\n"
  }

  private var heading: String {
    let bound = selection.bound
    return "\(2 * bound.pairCount) halves of \(selection.halfSize) rows, each with the "
      + "\(bound.selectedCount) features of largest norm of \(bound.featureCount)\n"
  }

  private func table(width: Int) -> String {
    var table = ResultTable(
      columns: [
        .init("Feature"), .init("Frequency", decimals: 2), .init("Expected false", decimals: 2),
        .init("Norm"), .init("p-value"),
      ])
    for feature in selection.features.prefix(Self.shownFeatures) {
      table.append([
        .text(feature.name), .number(feature.frequency),
        feature.expectedFalse.map { .number($0) } ?? .empty, .number(feature.norm),
        feature.pValue.map { .number($0) } ?? .empty,
      ])
    }
    return table.plainText(width: width)
  }

  private var verdict: String {
    let (bound, threshold) = (selection.bound, selection.threshold)
    let names = selection.selected.map(\.name)
    var lines = [
      "selected \(names.count) of \(bound.featureCount) features in at least "
        + "\(Self.short(100 * threshold)) % of halves"
        + (names.isEmpty ? "" : ": " + names.joined(separator: ", "))
    ]
    if let expected = bound.unimodal(threshold: threshold),
      let worst = bound.worstCase(threshold: threshold)
    {
      lines.append(
        "false selections to be expected: at most \(Self.short(expected)) "
          + "(\(Self.short(worst)) without assuming one mode)")
    }
    if let norm = selection.null.threshold(level: Self.level) {
      let count = selection.features.count { $0.norm > norm }
      lines.append(
        "\(count) features have norms above \(Self.short(norm)), which \(Self.short(100 * Self.level)) "
          + "% of \(selection.null.maxima.count) permutations reach")
    }
    return lines.joined(separator: "\n") + "\n"
  }

  /// Three significant digits.
  private static func short(_ value: Double) -> String {
    value.formatted(.number.precision(.significantDigits(1...3)).grouping(.never))
  }
}

extension SelectSummary: Encodable {
  private enum CodingKeys: String, CodingKey {
    case folder, features, selected, halves, top, threshold
    case expectedFalse = "expected_false"
    case worstCase = "expected_false_worst_case"
  }

  /// `{"folder", "features", "selected": [NAME…], "halves", "top", "threshold", "expected_false",
  /// "expected_false_worst_case"}`.
  func encode(to encoder: any Encoder) throws {
    var container = encoder.container(keyedBy: CodingKeys.self)
    let bound = selection.bound
    try container.encode(path, forKey: .folder)
    try container.encode(bound.featureCount, forKey: .features)
    try container.encode(selection.selected.map(\.name), forKey: .selected)
    try container.encode(2 * bound.pairCount, forKey: .halves)
    try container.encode(bound.selectedCount, forKey: .top)
    try container.encode(selection.threshold, forKey: .threshold)
    try container.encodeIfPresent(
      bound.unimodal(threshold: selection.threshold), forKey: .expectedFalse)
    try container.encodeIfPresent(
      bound.worstCase(threshold: selection.threshold), forKey: .worstCase)
  }
}
