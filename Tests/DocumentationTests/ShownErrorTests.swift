import Rankine
import Testing

/// The error messages that guides show are those that a user gets.
struct ShownErrorTests {
  /// What the guides' mistakes lead to, in their order.
  private func mistakes() -> [() throws -> Void] {
    [
      {
        let grade = Column("Grade", numbers: [0, 1, 2])
        _ = try Dataset(Table("nki70.csv", columns: [grade])) { Outcome("Grad", .ordinal) }
      },
      {
        let model = Model {
          Shared { Dense(4) }
          EachTask {
            Dense(16)
            Dense(16, file: "MyStudy/Network.swift", line: 12)
          }
          Objective { SmoothedRank() }
        }
        let data = try Simulation(setting: 1, rowCount: 20, predictorCount: 30).replication(1)
        _ = try model.fit(data.dataset)
      },
    ]
  }

  @Test func everyErrorThatAGuideShowsIsWhatTheUserSees() throws {
    let shown = try Repository.guides().flatMap(\.blocks)
      .filter { $0.lines.first?.hasPrefix("error[") == true }
    let texts = mistakes().map { mistake in
      do {
        try mistake()
        return "no error"
      } catch {
        return "\(error)"
      }
    }
    for block in shown {
      #expect(texts.contains(block.lines.joined(separator: "\n")), "\(block.place): \(texts)")
    }
    #expect(shown.count == texts.count)
  }
}
