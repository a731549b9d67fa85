import RankineSupport
import Testing

@testable import RankineData

/// Rows of one subject stay together wherever rows are divided.
struct SubjectSplitTests {
  /// 60 subjects of 1 to 4 visits, and a binary task of all rows.
  private func data(subjectCount: Int = 60) throws -> (Dataset, subjects: [Int]) {
    var random = CounterRandom(seed: 4)
    var lines = ["who,v,ill,x"]
    var subjects: [Int] = []
    for subject in 0..<subjectCount {
      for _ in 0...Int(random.uniform() * 4) {
        subjects.append(subject)
        let ill = random.uniform() < 0.3 ? 1 : 0
        lines.append("s\(subject),\(random.normal()),\(ill),\(random.normal())")
      }
    }
    let data = try Dataset(
      table: table(lines.joined(separator: "\n") + "\n"),
      specs: ["y=longitudinal(v,who)", "ill:binary"])
    return (data, subjects)
  }

  @Test(arguments: [1, 2, 3] as [UInt64])
  func partsDivideSubjectsAndKeepTheirShares(seed: UInt64) throws {
    let (data, subjects) = try data()
    let parts = try Split.ratio(60, 20, 20).parts(of: data, seed: seed)
    let all = [parts.training, parts.validation, parts.test]
    #expect(all.joined().sorted() == Array(0..<data.rowCount))
    for (a, b) in [(0, 1), (0, 2), (1, 2)] {
      #expect(Set(all[a].map { subjects[$0] }).isDisjoint(with: all[b].map { subjects[$0] }))
    }
    for (part, share) in zip(all, [0.6, 0.2, 0.2]) {
      // A subject has four visits at most.
      #expect(abs(Double(part.count) - share * Double(data.rowCount)) <= 6)
      let ill = part.count { data.outcomes[1].values[$0] == 1 }
      #expect(ill > 0)
    }
  }

  @Test func foldsDivideSubjects() throws {
    let (data, subjects) = try data()
    let folds = try Folds(count: 5).parts(of: data, seed: 1)
    #expect(folds.joined().sorted() == Array(0..<data.rowCount))
    let owners = folds.map { Set($0.map { subjects[$0] }) }
    #expect(owners.map(\.count).reduce(0, +) == 60)
  }

  @Test func tooFewSubjectsForThePartsAreReported() throws {
    let (data, _) = try data(subjectCount: 2)
    let error = try dataError { try Split.ratio(60, 20, 20).parts(of: data, seed: 1) }
    #expect(error.code == "bad-split" && error.place == "split 60/20/20")
    #expect(error.message.hasPrefix("rows of a subject stay together, which leaves none for "))
    #expect(error.hint == "give that part a larger share, or 0")
    #expect(
      try dataError { try Folds(count: 3).parts(of: data, seed: 1) }.message
        == "rows of a subject stay together, which leaves a fold without any")
  }

  @Test func rowsThatShareASubjectInAnyOutcomeAreOneUnit() {
    func outcome(_ subjects: [Int]) -> OutcomeValues {
      OutcomeValues(
        name: "y", type: LongitudinalOutcome(value: "v", subject: "s"),
        values: subjects.indices.map(Double.init), companions: RowCompanions(subject: subjects))
    }
    // 0–1 by the first, 1–4 by the second; 2 and 3 have no subject in common, 5 has none.
    let outcomes = [outcome([0, 0, 1, 2, 3, -1]), outcome([5, 6, 7, 8, 6, -1])]
    #expect(RowUnits(of: Array(0..<6), outcomes: outcomes).units == [[0, 1, 4], [2], [3], [5]])
    #expect(RowUnits(of: [1, 4, 5], outcomes: outcomes).units == [[1, 4], [5]])
    #expect(!RowUnits(of: [0, 2, 3], outcomes: outcomes).areGrouped)
  }
}
