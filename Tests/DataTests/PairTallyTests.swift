import Foundation
import RankineSupport
import Testing

@testable import RankineData

/// Sums over pairs that are not walked over, against the definition.
struct PairTallyTests {
  private static let outcomes = [
    "y:continuous", "g:ordinal(; weights=levels)", "g:ordinal(; weights=gap)",
    "s=censored(t,e; entry=start)",
    "s=censored(t,e; weights=uno)", "s=censored(t,e; entry=start, weights=uno)",
    "v=longitudinal(y,who)", "v=longitudinal(y,who; within=0.25)",
    "v=longitudinal(y,who,t; within=0.25)", "c=count(k,t)",
  ]

  /// Ties in outcomes and scores, a missing outcome, and subjects of several rows.
  private func csv(rowCount: Int = 90) -> String {
    var random = CounterRandom(seed: 11)
    func draw(_ count: Int) -> Int { Int(random.uniform() * Double(count)) }
    var text = "y,g,t,e,start,who,k\n"
    for row in 0..<rowCount {
      let time = 2 + draw(20)
      let y = row == 7 ? "" : "\(draw(30))"
      let grade = row == 3 ? "" : "\(draw(4))"
      text += "\(y),\(grade),\(time),\(draw(3) > 0 ? 1 : 0),\(draw(time)),p\(draw(25)),\(draw(9))\n"
    }
    return text
  }

  @Test(arguments: outcomes)
  func sumsOfSeparableWeightsAreThoseOfAllPairs(_ specification: String) throws {
    let values = try Outcome(specification: specification).read(from: table(csv()))
    let rows = Array(values.values.indices)
    var random = CounterRandom(seed: 12)
    let scores = rows.map { $0 == 9 ? .nan : Double(Int(random.uniform() * 40)) }
    for isTraining in [true, false] {
      let weights = values.pairWeights(rows: rows, isTraining: isTraining)
      for scores in [scores, nil] {
        let tallies = [0, Int.max].map {
          PairTally(
            high: values.high, low: values.low, weights: weights, scores: scores, walksUpTo: $0)
        }
        let scale = tallies[1].total
        #expect(scale > 0)
        for row in rows {
          let weight = tallies[0].weightOfRow[row] - tallies[1].weightOfRow[row]
          let agreement = tallies[0].agreementOfRow[row] - tallies[1].agreementOfRow[row]
          #expect(abs(weight) < 1e-12 * scale && abs(agreement) < 1e-12 * scale, "row \(row)")
        }
      }
    }
  }

  @Test func theWeightsOfMostOutcomesAreSeparable() throws {
    let separable = try Self.outcomes.filter { specification in
      let values = try Outcome(specification: specification).read(from: table(csv()))
      let rows = Array(values.values.indices).filter { !values.high[$0].isNaN }
      let weights = values.pairWeights(rows: Array(values.values.indices))
      return SeparableWeights(weights, rows: rows, rowCount: values.values.count) != nil
    }
    let walked = Self.outcomes.filter { !separable.contains($0) }
    #expect(walked == ["v=longitudinal(y,who,t; within=0.25)", "c=count(k,t)"])
  }
}
