/// The names under which a training graph reads what is given from outside.
package enum LeafName {
  /// Features [sample, features].
  package static let features = "x"
  /// Row numbers of the mini-batch, index [batch].
  package static let rows = "rows"
  /// Row numbers of each set of rows, filled up to the longest with rows of other sets, index
  /// [sets · batch].
  package static let paddedRows = "rows.padded"
  /// Pair keys [tasks, sample]: row i ranks above row j exactly when high of i > low of j.
  package static let high = "high"
  package static let low = "low"
  /// Pointwise targets [tasks, sample], 0 where missing.
  package static let target = "target"
  /// Normal scores of the outcomes' ranks in the sample [tasks, sample], 0 where missing.
  package static let normalScores = "normalScores"
  /// 1 where the outcome is known, else 0 [tasks, sample].
  package static let observed = "observed"
  /// 1 in the task's own rows, else 0 [tasks, sample]; read where tasks have rows of their own.
  package static let own = "own"
  /// The share of each task's rows among all tasks' rows [tasks].
  package static let share = "share"
  /// Scores of the previous epoch [tasks, sample].
  package static let stored = "stored"
  /// Reciprocal of the standard deviation of the stored scores [tasks].
  package static let spread = "spread"
  /// Sample size over twice the weight of the comparable pairs [tasks].
  package static let pairs = "pairs"
  /// Logarithms of exposures [tasks, sample], 0 where there are none.
  package static let offset = "offset"
  /// Entry times over observed times [tasks, sample], 0 where a row is watched from the start.
  package static let entryShare = "entryShare"
  /// One of the numbers that pair weights are computed from [tasks, sample].
  package static func pairNumber(_ number: Int) -> String { "pair.\(number)" }
  /// The number of the step, a scalar.
  package static let step = "step"
  /// The number of the epoch, from 0, a scalar.
  package static let epoch = "epoch"
}
