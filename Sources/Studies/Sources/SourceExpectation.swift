import RankineData
import RankineEvaluation

/// An order of two methods that a scenario is made to show.
public struct SourceExpectation: Sendable, Equatable {
  /// What is expected of the first method's error beside the second's.
  public enum Order: Sendable, Equatable {
    /// Smaller.
    case below
    /// No further apart than this.
    case within(Double)
  }

  /// What replications say of it.
  public enum Verdict: String, Sendable {
    /// The whole confidence interval is as expected.
    case holds
    /// Some of the interval is as expected and some is not.
    case open
    /// None of the interval is as expected.
    case fails
  }

  public let scenario: SourceSimulation.Scenario
  public let first: String
  public let second: String
  public let order: Order

  /// `dual < pooled`, or `dual ≈ pooled`.
  public var text: String {
    switch order {
    case .below: "\(first) < \(second)"
    case .within(let margin): "\(first) ≈ \(second) (± \(margin))"
    }
  }

  /// What a paired difference, first minus second, says of it.
  public func verdict(_ difference: PairedDifference) -> Verdict {
    guard let interval = difference.interval else { return .open }
    switch order {
    case .below:
      return interval.upperBound < 0 ? .holds : interval.lowerBound >= 0 ? .fails : .open
    case .within(let margin):
      let range = -margin...margin
      if range.contains(interval.lowerBound), range.contains(interval.upperBound) { return .holds }
      return interval.overlaps(range) ? .open : .fails
    }
  }

  /// How far apart two methods may be that are expected to be close, as a share of Var(Y).
  static let margin = 0.02

  /// The methods beside the dual encoder and its ablations.
  private static let competitors = [
    "pooled", "hard-sharing", "single-task", "mmoe", "robust-linear", "ridge-mean-linear", "lasso",
  ]

  /// The expected orders of the design: in A the pooled network is best and the dual encoder close; in B
  /// to D the dual encoder is best; in E the adaptive centre beats the mean; in F the dual encoder is about
  /// a network of each task's own. Where validation may choose not to share, D and F are expected of that
  /// choice too.
  ///
  /// - Source: a design for arXiv:2505.24281, whose own settings and tables are not public.
  public static let all: [SourceExpectation] =
    competitors.dropFirst().map {
      SourceExpectation(scenario: .homogeneous, first: "pooled", second: $0, order: .below)
    } + [
      SourceExpectation(
        scenario: .homogeneous, first: "dual", second: "pooled", order: .within(margin))
    ]
    + [SourceSimulation.Scenario.distribution, .posterior, .both].flatMap { scenario in
      competitors.map {
        SourceExpectation(scenario: scenario, first: "dual", second: $0, order: .below)
      }
    } + [
      SourceExpectation(
        scenario: .outlier, first: "dual", second: "dual-ridge-mean", order: .below),
      SourceExpectation(
        scenario: .outlier, first: "robust-linear", second: "ridge-mean-linear", order: .below),
      SourceExpectation(
        scenario: .unrelated, first: "dual", second: "single-task", order: .within(margin)),
      SourceExpectation(
        scenario: .both, first: "dual-or-single", second: "single-task", order: .below),
      SourceExpectation(
        scenario: .unrelated, first: "dual-or-single", second: "single-task",
        order: .within(margin)),
    ]
}

extension SourceFindings {
  /// The expected orders of the methods and scenarios that were fitted, each beside its paired difference.
  public var expectations:
    [(
      expectation: SourceExpectation, difference: PairedDifference,
      verdict: SourceExpectation.Verdict
    )]
  {
    SourceExpectation.all.compactMap { expectation in
      guard models.contains(expectation.first), models.contains(expectation.second),
        scenarios.contains(expectation.scenario)
      else { return nil }
      let difference = PairedDifference(
        errors(of: expectation.first, expectation.scenario),
        minus: errors(of: expectation.second, expectation.scenario))
      return (expectation, difference, expectation.verdict(difference))
    }
  }

  /// Expected orders with what was measured.
  public var expectationTable: ResultTable {
    var table = ResultTable(
      caption: "Expected orders: error of the first minus the second, paired over replications",
      columns: [
        .init("Scenario"), .init("Expected"), .init("Difference"), .init("SE", decimals: 4),
        .init("95 % interval"),
      ])
    for (expectation, difference, verdict) in expectations {
      table.append([
        .text(expectation.scenario.rawValue), .text(expectation.text),
        .difference(difference.mean, interval: difference.interval, preference: .none),
        .number(difference.standardError), .text(verdict.rawValue),
      ])
    }
    return table
  }
}
