import RankineData

/// What ordered thresholds of an ordinal outcome maximize on the calibration rows.
public enum OrdinalObjective: String, Codable, CaseIterable, Sendable {
  /// The share of rows whose level is right.
  case accuracy
  /// Cohen's kappa with squared distances of levels.
  case quadraticKappa
}

/// Finds the M − 1 ordered thresholds that cut sorted scores into levels best.
///
/// A gain that is a sum over rows is maximized exactly by dynamic programming over (distinct scores,
/// level) in O(n M). The kappa is one minus a ratio of two such sums, observed over expected squared
/// distance; Dinkelbach's iteration maximizes λ·expected − observed until the ratio stops to fall,
/// which it does at the exact optimum after a few rounds.
///
/// - Source: Dinkelbach, Management Science 13, 1967.
struct OrdinalThresholds {
  private let rows: ObservedRows
  private let groups: [Range<Int>]
  private let levels: Int

  /// - Parameter rows: sorted by score, with level indices as values.
  init(rows: ObservedRows, levels: Int) {
    self.rows = rows
    self.levels = levels
    groups = runs(of: rows.scores)
  }

  func best(for objective: OrdinalObjective) -> [Double] {
    let isOneLevel = runs(of: rows.values.sorted()).count == 1
    let cuts =
      objective == .accuracy || isOneLevel
      ? maximize { value, level in value == Double(level) ? 1 : 0 } : bestForKappa()
    return cuts.map { cutPoint($0, groups: groups, scores: rows.scores) }
  }

  private func bestForKappa() -> [Int] {
    let expected = (0..<levels).map { level in
      Statistics.mean(rows.values.map { ($0 - Double(level)) * ($0 - Double(level)) })
    }
    var ratio = 1.0
    var cuts: [Int] = []
    while true {
      let current = ratio
      let candidate = maximize { value, level in
        let miss = value - Double(level)
        return current * expected[level] - miss * miss
      }
      var observedSum = 0.0
      var expectedSum = 0.0
      for (group, level) in zip(groups, levelOfGroups(candidate)) {
        for value in rows.values[group] {
          observedSum += (value - Double(level)) * (value - Double(level))
          expectedSum += expected[level]
        }
      }
      let next = observedSum / expectedSum
      // Two levels occur, so the expected distance of any constant prediction is positive.
      if !cuts.isEmpty, next >= ratio { return cuts }
      (ratio, cuts) = (next, candidate)
    }
  }

  private func levelOfGroups(_ cuts: [Int]) -> [Int] {
    groups.indices.map { group in cuts.count { $0 <= group } }
  }

  /// The cut positions (0...groups) with the largest total gain.
  private func maximize(_ gain: (_ value: Double, _ level: Int) -> Double) -> [Int] {
    // totals[g]: the best total over the first g groups when they use the levels seen so far.
    var totals = prefixGains { gain($0, 0) }
    var choices: [[Int]] = []
    for level in 1..<max(levels, 1) {
      let prefix = prefixGains { gain($0, level) }
      var bestCut = 0
      var choice: [Int] = []
      var next: [Double] = []
      for end in 0...groups.count {
        if totals[end] - prefix[end] > totals[bestCut] - prefix[bestCut] { bestCut = end }
        choice.append(bestCut)
        next.append(totals[bestCut] - prefix[bestCut] + prefix[end])
      }
      choices.append(choice)
      totals = next
    }
    var cuts: [Int] = []
    var end = groups.count
    for choice in choices.reversed() {
      end = choice[end]
      cuts.append(end)
    }
    return cuts.reversed()
  }

  private func prefixGains(_ gain: (Double) -> Double) -> [Double] {
    var sums = [0.0]
    for group in groups {
      sums.append(rows.values[group].reduce(sums[sums.count - 1]) { $0 + gain($1) })
    }
    return sums
  }
}
