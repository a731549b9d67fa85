import Foundation
import RankineData
import RankineEvaluation
import RankineLanguage

/// Weighs the members of an average by rows that took no part in their training.
struct MemberWeighing {
  let rule: MemberWeights
  let outcomes: [OutcomeValues]
  let parts: Parts

  /// Sets what each voice of a task counts.
  func weigh(_ voices: inout [MemberVoice], task: Int) {
    guard case .byConcordance(let temperature) = rule else { return }
    let numbers = Set(voices.map(\.member)).sorted()
    let members = numbers.map { number in voices.filter { $0.member == number } }
    let known = concordance(of: members, outcome: outcomes[task])
    let best = known.compactMap { $0 }.max() ?? 0
    for (number, own) in zip(numbers, known) {
      let weight = own.map { Foundation.exp(($0 - best) / temperature) } ?? 1
      let copies = voices.indices.filter { voices[$0].member == number }
      for place in copies { voices[place].weight = weight / Double(copies.count) }
    }
    let whole = voices.reduce(0) { $0 + $1.weight }
    for place in voices.indices { voices[place].weight /= whole }
  }

  /// The concordance of each member on the rows that judge.
  private func concordance(of members: [[MemberVoice]], outcome: OutcomeValues) -> [Double?] {
    let crossFitted = members.compactMap(\.crossFitted)
    let areFolded = crossFitted.count == members.count
    let rows = areFolded ? (parts.training + parts.validation).sorted() : parts.validation
    let held = HeldOutcome(outcome, rows: rows)
    return (areFolded ? crossFitted : members.map(\.scores)).map { scores in
      held.concordance(rows.map { scores[$0] })
    }
  }

  /// The weights of each task, for people.
  func findings(_ voices: [[MemberVoice]]) -> [FittedModel.Setting] {
    guard rule != .equal else { return [] }
    return zip(outcomes, voices).map { outcome, voices in
      let parts = voices.map { voice in
        "network \(voice.network + 1) \(String(format: "%.3f", voice.weight))"
      }
      return FittedModel.Setting(
        name: "weights of \(outcome.name)", value: parts.joined(separator: ", "))
    }
  }
}
