import RankineEvaluation
import RankineTraining

/// A stability selection as one HTML file: how often halves of the data select each feature, how many
/// false ones to expect, and how large weights are against those of permuted outcomes.
public struct SelectionReport: Sendable {
  /// What the report is of.
  public let selection: StabilitySelection
  /// What the report calls the model; nil for the declaration's name.
  public let modelName: String?
  /// The command line that made it, or empty.
  public let command: String

  /// A report of a selection.
  public init(_ selection: StabilitySelection, modelName: String? = nil, command: String = "") {
    (self.selection, self.modelName, self.command) = (selection, modelName, command)
  }

  /// Features that a figure or a table shows.
  private static let shownCount = 40
  /// The level of the threshold of norms.
  static let level = 0.05

  /// The whole file.
  public func html() -> String { page.html() }

  /// The page, for those who add to it.
  public var page: HTMLPage {
    let fit = RunReport(selection.fit).page
    let path = fit.sections.filter { $0.title == RunReport.pathTitle }
    var setup = HTMLPage.Section("Setup", [.code(selection.fit.declaration)])
    setup.blocks.append(.facts(optionFacts(selection.fit.options)))
    if !command.isEmpty { setup.blocks.append(.code(command)) }
    return HTMLPage(
      title: "Selection of features", subtitle: modelName ?? selection.fit.name,
      sections: [frequencies, norms] + path + [setup])
  }

  private var shown: ArraySlice<StabilitySelection.Feature> {
    selection.features.prefix(Self.shownCount)
  }

  private var frequencies: HTMLPage.Section {
    let bound = selection.bound
    var table = ResultTable(
      caption:
        "Frequency: the share of halves that select a feature. Expected false: false selections "
        + "among features of this frequency or more, at most. Relevance: by how much a task's score moves "
        + "with the feature.",
      columns: [
        .init("Feature"), .init("Frequency", decimals: 2), .init("Expected false", decimals: 2),
        .init("Norm"), .init("p-value"),
      ] + selection.fit.outcomes.map { .init($0.name) })
    for feature in shown {
      table.append(
        [
          .text(feature.name), .number(feature.frequency),
          feature.expectedFalse.map { .number($0) } ?? .empty, .number(feature.norm),
          feature.pValue.map { .number($0) } ?? .empty,
        ] + feature.relevance.map { .number($0) })
    }
    return HTMLPage.Section(
      "Selected features",
      [
        .paragraph(
          "\(2 * bound.pairCount) halves of \(selection.halfSize) rows, each with the "
            + "\(bound.selectedCount) features of largest norm of \(bound.featureCount)."),
        .paragraph(verdict),
        .figure(
          BarChart(
            title: "How often halves of the data select a feature", valueLabel: "share of halves",
            bars: shown.map {
              BarChart.Bar($0.name, $0.frequency, isHighlighted: $0.isSelected)
            })),
        .table(table),
      ])
  }

  private var verdict: String {
    let (bound, threshold) = (selection.bound, selection.threshold)
    let count = selection.selected.count
    var text =
      "\(count) \(count == 1 ? "feature is" : "features are") selected by at least "
      + "\(decimalText(100 * threshold, digits: 3)) % of them."
    if let expected = bound.unimodal(threshold: threshold),
      let worst = bound.worstCase(threshold: threshold)
    {
      text +=
        " At most \(decimalText(expected, digits: 3)) false ones are to be expected, "
        + "\(decimalText(worst, digits: 3)) without assuming that shares of false features have one mode."
    }
    return text
  }

  private var norms: HTMLPage.Section {
    guard !selection.null.maxima.isEmpty else { return HTMLPage.Section("Permutations") }
    let largest = selection.features.enumerated().sorted {
      ($1.element.norm, $0.offset) < ($0.element.norm, $1.offset)
    }.prefix(Self.shownCount).map(\.element)
    let threshold = selection.null.threshold(level: Self.level)
    let reach = threshold.map {
      "Marked features have norms above \(decimalText($0, digits: 3)), which "
        + "\(decimalText(100 * Self.level, digits: 3)) % of them reach."
    }
    return HTMLPage.Section(
      "Permutations",
      [
        .paragraph(
          "\(selection.null.maxima.count) fits to permuted outcomes say how large the largest norm gets "
            + "by chance. " + (reach ?? "They are too few for a threshold.")),
        .figure(
          BarChart(
            title: "Norms of a fit to all rows", valueLabel: "norm of the weights",
            bars: largest.map { feature in
              BarChart.Bar(
                feature.name, feature.norm,
                isHighlighted: threshold.map { feature.norm > $0 } ?? false)
            })),
      ])
  }
}
