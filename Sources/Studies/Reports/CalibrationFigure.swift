import RankineData
import RankineEvaluation

/// A task's scores against what was observed, with the calibration learned from training rows.
///
/// Numbers and times are shown row by row. Classes are shown as means of groups of rows with
/// neighbouring scores, against the calibrated probability (binary) or the calibrated mean level
/// (ordinal).
struct CalibrationFigure {
  /// The groups that classes are shown in, as far as there are rows.
  static let groupCount = 12

  let task: String
  let calibration: Calibration
  let scale: OutcomeScale
  /// One a row; rows without a finite score or an outcome are left out.
  let scores: [Double]
  let values: [Double]
  /// False where a censored time is only bounded from below.
  let events: [Bool]?

  var plot: ScatterPlot {
    let points = isGrouped ? groupMeans : shownRows
    let grid = curve(over: known.map { scores[$0] })
    return ScatterPlot(
      title: task, xLabel: "score", yLabel: yLabel, x: points.map(\.x), y: points.map(\.y),
      overlays: grid.isEmpty
        ? [] : [ScatterPlot.Overlay("calibration", x: grid.map(\.x), y: grid.map(\.y))])
  }

  /// What the dots are.
  var caption: String {
    switch scale {
    case .continuous, .count: "Dots: test rows."
    case .censored:
      "Dots: test rows with an event; censored rows are left out. Line: the calibrated median time."
    case .binary: "Dots: the share of the upper class among neighbouring test rows."
    case .ordinal: "Dots: the mean level, counted from 0, of neighbouring test rows."
    }
  }

  private var isGrouped: Bool { scale == .binary || scale == .ordinal }

  private var yLabel: String {
    switch scale {
    case .continuous, .count: "outcome"
    case .censored: "time"
    case .binary: "probability"
    case .ordinal: "level"
    }
  }

  private var known: [Int] {
    scores.indices.filter { scores[$0].isFinite && values[$0].isFinite }
      .sorted { (scores[$0], $0) < (scores[$1], $1) }
  }

  private var shownRows: [(x: Double, y: Double)] {
    known.filter { events?[$0] ?? true }.map { (scores[$0], values[$0]) }
  }

  private var groupMeans: [(x: Double, y: Double)] {
    let rows = known
    let count = min(Self.groupCount, rows.count)
    return (0..<count).map { group in
      let own = rows[(group * rows.count / count)..<((group + 1) * rows.count / count)]
      return (Statistics.mean(own.map { scores[$0] }), Statistics.mean(own.map { values[$0] }))
    }
  }

  /// The calibration at 200 places between the outermost scores.
  private func curve(over scores: [Double]) -> [(x: Double, y: Double)] {
    guard let low = scores.min(), let high = scores.max(), low < high else { return [] }
    return (0...200).map { step in
      let score = low + (high - low) * Double(step) / 200
      let prediction = calibration.predict(score)
      switch scale {
      case .continuous, .count, .censored: return (score, prediction.value)
      case .binary, .ordinal:
        let levels = prediction.levelProbabilities.enumerated()
        return (score, levels.reduce(0) { $0 + Double($1.offset) * $1.element })
      }
    }
  }
}
