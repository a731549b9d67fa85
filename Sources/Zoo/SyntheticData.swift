import Foundation
import RankineData
import RankineSupport

/// A small data set with an outcome of every type, to try a model on.
package enum SyntheticData {
  /// Forty rows, five predictors, and five outcomes that follow x1 − x2; every ninth row lacks its
  /// continuous outcome.
  ///
  /// - Throws: `DataError` only if an outcome type changes what it accepts.
  package static func ofEveryOutcomeType(
    rowCount: Int = 40, seed: UInt64 = 1
  ) throws(DataError) -> Dataset {
    var random = CounterRandom(seed: seed, named: "synthetic data")
    let names = (1...5).map { "x\($0)" }
    let values = (0..<(rowCount * names.count)).map { _ in random.normal() }
    let signal = (0..<rowCount).map { row in
      values[row * names.count] - values[row * names.count + 1] + 0.5 * random.normal()
    }
    let columns = [
      Column(
        "amount",
        numbers: signal.enumerated().map { row, value in row % 9 == 4 ? .nan : value }),
      Column("ill", numbers: signal.map { $0 > 0 ? 1 : 0 }),
      Column("grade", texts: signal.map { $0 < -0.7 ? "low" : $0 < 0.7 ? "middle" : "high" }),
      Column("visits", numbers: signal.map { exp(0.5 * $0 + 1).rounded() }),
      Column("time", numbers: signal.map { exp($0) }),
      Column("event", numbers: signal.indices.map { $0 % 3 == 2 ? 0 : 1 }),
    ]
    return try Dataset(
      predictors: names, values: values, outcomeColumns: columns,
      outcomes: [
        Outcome("amount", .continuous),
        Outcome("ill", .binary),
        Outcome("grade", .ordinal("low", "middle", "high")),
        Outcome("visits", .count),
        Outcome("survival", .censored(time: "time", event: "event")),
      ])
  }
}
