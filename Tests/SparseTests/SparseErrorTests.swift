import RankineLanguage
import Testing

@testable import RankineSparse

@Suite struct SparseErrorTests {
  private static let design = DesignMatrix(rowCount: 3, columnCount: 2) { Double($0 + $1) }

  private func message(_ body: () throws -> Void) throws -> String {
    var text = ""
    do { try body() } catch let error as SparseError { text = error.description }
    return text
  }

  @Test func aTaskSaysWhatIsWrongWithItsResponses() throws {
    #expect(
      try message { _ = try SparseTask("a", design: Self.design, response: [1, 2]) } == """
        error[bad-task] in task "a": it has 2 responses for 3 rows
          hint: give one response a row
        """)
    #expect(
      try message { _ = try SparseTask("a", design: Self.design, response: [1, .nan, 2]) } == """
        error[bad-task] in task "a": the response of row 2 is nan
          hint: leave this row out
        """)
    #expect(
      try message {
        _ = try SparseTask("a", design: Self.design, response: [1, 1, 1], kind: .logistic)
      } == """
        error[bad-task] in task "a": its responses are not the two classes 0 and 1
          hint: give 0 and 1, and rows of both
        """)
    let single = DesignMatrix(rowCount: 1, columnCount: 1) { _, _ in 1 }
    #expect(
      try message { _ = try SparseTask("a", design: single, response: [1]) } == """
        error[bad-task] in task "a": it has 1 rows
          hint: give at least two rows
        """)
  }

  @Test func aProblemNamesTheTaskThatDoesNotFit() throws {
    let first = try SparseTask("a", design: Self.design, response: [1, 2, 3])
    let other = try SparseTask(
      "b", design: DesignMatrix(rowCount: 3, columnCount: 3) { Double($0 + $1) },
      response: [1, 2, 3])
    let hole = try SparseTask(
      "c", design: DesignMatrix(rowCount: 3, columnCount: 2) { $0 == 1 && $1 == 0 ? .infinity : 1 },
      response: [1, 2, 3])
    #expect(
      try message { _ = try SparseProblem([first, other]) } == """
        error[different-features] in task "b": it has 3 features, task "a" 2
          hint: give all tasks the same features in the same order
        """)
    #expect(
      try message { _ = try SparseProblem([first, hole]) } == """
        error[bad-feature] in task "c": feature 1 of row 2 is inf
          hint: impute it or leave the row out
        """)
    #expect(
      try message { _ = try SparseProblem([]) } == """
        error[no-task] in the problem: there is no task
          hint: give one or more
        """)
  }

  @Test func settingsOutsideTheirRangeAreRefused() throws {
    let solver = SparseSolver(try RandomTasks().problem())
    #expect(
      try message { _ = try solver.fit(SparseSettings(supportSize: 0)) } == """
        error[bad-setting] in Support: a support of at most 0 features
          hint: give at least 1
        """)
    #expect(
      try message { _ = try solver.fit(SparseSettings(supportSize: 1, ridge: -1)) } == """
        error[bad-setting] in Ridge: its strength is -1.0
          hint: give a finite number of at least 0
        """)
  }

  @Test func aCertificateSaysWhatItNeeds() throws {
    let logistic = try RandomTasks(kind: .logistic).problem()
    #expect(
      try message {
        _ = try ConvexRelaxation(logistic).solve(SparseSettings(supportSize: 2), .quadratic)
      } == """
        error[not-squared-loss] in task "task 1": the quadratic relaxation needs squared loss, and this \
        task is logistic
          hint: use the envelope, or fit the classes 0 and 1 as numbers
        """)
    let gaussian = try RandomTasks().problem()
    #expect(
      try message {
        _ = try ExactSolver(gaussian).solve(
          SparseSettings(supportSize: 2, ridge: 0), bound: .none)
      } == """
        error[needs-ridge] in Ridge: without ridge and without a bound on coefficients nothing can be \
        proved
          hint: give a ridge above 0 or a bound
        """)
  }

  @Test func aDeclarationSaysEachThingOnceAndNeedsASupport() throws {
    #expect(
      try message { _ = try SparseLinear { Ridge(1) }.parts() } == """
        error[missing-support] in SparseLinear: it does not say how many features a task may use
          hint: add Support(atMost: 10), Support() to have the size chosen, or Support.all
        """)
    #expect(
      try message {
        _ = try SparseLinear {
          Support(atMost: 3)
          Ridge(1)
          Ridge(2)
        }.parts()
      } == """
        error[repeated-term] in SparseLinear: Ridge is there twice
          hint: say it once
        """)
  }
}
