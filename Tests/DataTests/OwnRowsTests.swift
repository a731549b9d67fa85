import Foundation
import Testing

@testable import RankineData

/// Tasks whose rows come from different sources.
struct OwnRowsTests {
  private let a = "x1,x2,y\n1,5,10\n2,6,20\n3,7,30\n"
  private let b = "y,x2,x1\n7,1,100\n8,3,300\n"

  /// Two files in a folder of their own, and the specifications of their tasks.
  private func withFiles<Result>(
    _ a: String, _ b: String, _ body: (_ pathA: String, _ pathB: String) throws -> Result
  ) throws -> Result {
    let folder = FileManager.default.temporaryDirectory
      .appendingPathComponent("rankine-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    let paths = ["a.csv", "b.csv"].map { folder.appendingPathComponent($0).path }
    try Data(a.utf8).write(to: URL(fileURLWithPath: paths[0]))
    try Data(b.utf8).write(to: URL(fileURLWithPath: paths[1]))
    return try body(paths[0], paths[1])
  }

  private func dataset(_ a: String, _ b: String, _ features: Features = Features()) throws
    -> Dataset
  {
    try withFiles(a, b) { pathA, pathB in
      let files = try [
        TaskFile(specification: "one=y:continuous@\(pathA)"),
        TaskFile(specification: "two=y:continuous@\(pathB)"),
      ].compactMap { $0 }
      return try Dataset(taskFiles: files, features: features)
    }
  }

  @Test func aSpecificationMayNameATaskItsOutcomeAndItsFile() throws {
    let file = try #require(try TaskFile(specification: "a=OS=censored(time,event)@data/a@1.csv"))
    #expect(file.task == "a" && file.outcome.name == "OS" && file.path == "data/a@1.csv")
    #expect(file.outcome.columns == ["time", "event"])
    let plain = try #require(try TaskFile(specification: "y:continuous@a.csv"))
    #expect(plain.task == "y" && plain.outcome.name == "y")
    #expect(try TaskFile(specification: "y:continuous") == nil)
    #expect(try TaskFile(specification: "a@b:binary") == nil)
  }

  @Test func filesLieOneBelowTheOtherAndATaskHasItsOwnRowsAlone() throws {
    let data = try dataset(a, b)
    #expect(data.outcomes.map(\.name) == ["one", "two"])
    #expect(data.outcomes[0].values.prefix(3) == [10, 20, 30])
    #expect(data.outcomes[0].observedRows == [0, 1, 2])
    #expect(data.outcomes[1].observedRows == [3, 4])
    #expect(data.outcomes[1].high.suffix(2) == [0, 1])
    #expect(data.outcomes[1].companions.isOwn == [false, false, false, true, true])
    #expect(data.featureColumns == ["x1", "x2"])
    #expect(data.sourceColumn == "source")
    let pooled = try data.preprocessor(fittedOn: [0, 1, 2, 3, 4]).transform(data.table)
    #expect(pooled[3, 0] > 0 && pooled[0, 0] < 0)
  }

  @Test func tasksOfOneFileShareItsRows() throws {
    let text = "x1,y,z\n1,1,0\n2,2,1\n4,3,0\n"
    let data = try withFiles(text, b) { pathA, _ in
      try Dataset(
        taskFiles: [
          TaskFile(Outcome("y", .continuous), task: "first", path: pathA),
          TaskFile(Outcome("z", .continuous), task: "second", path: pathA),
        ])
    }
    #expect(data.rowCount == 3 && data.outcomes[1].observedRows == [0, 1, 2])
  }

  @Test func aColumnMayNameTheTask() throws {
    let all = try table("site,x,y\nA,1,1\nB,2,2\nA,3,3\nB,4,4\n")
    let tasks = try Outcome("y", .continuous).split(bySourcesIn: "site", of: all)
    let data = try Dataset(all, outcomes: tasks)
    #expect(data.outcomes.map(\.name) == ["y.A", "y.B"])
    #expect(data.outcomes.map(\.observedRows) == [[0, 2], [1, 3]])
    #expect(data.featureColumns == ["x"])
  }

  @Test func aTaskIsStoredWithItsSource() throws {
    let task = Outcome("y", .continuous)
      .of(RowSource(column: "site", level: "A", outcome: "y"), named: "y.A")
    let read = try JSONDecoder().decode(Outcome.self, from: JSONEncoder().encode(task))
    #expect(read.name == "y.A" && read.source == task.source)
  }

  @Test func scalesWithinSourcesMakeEverySourceAlike() throws {
    let data = try dataset(a, b, Features(scaling: .eachSource))
    let scaled = try data.preprocessor(fittedOn: [0, 1, 2, 3, 4])
    let features = try scaled.transform(data.table)
    let high = (1.5).squareRoot()
    for (value, wanted) in zip((0..<5).map { features[$0, 0] }, [-high, 0, high, -1, 1]) {
      #expect(abs(value - wanted) < 1e-12)
    }
    #expect(scaled.isConsistent)
    let stored = try JSONDecoder().decode(Preprocessor.self, from: JSONEncoder().encode(scaled))
    #expect(stored == scaled)
  }

  @Test func anAbsentPredictorIsAtItsMeanInTheFileThatLacksIt() throws {
    let data = try dataset(a + "4,,40\n", "x1,y\n100,7\n300,8\n", Features(absent: .mean))
    let features = try data.preprocessor(fittedOn: Array(0..<6)).transform(data.table)
    #expect(features.names == ["x1", "x2"])
    #expect([3, 4, 5].map { features[$0, 1] } == [0, 0, 0])
    #expect(features[2, 1] > 0 && features[4, 0] == -1)
  }

  @Test func everySplitHasItsShareOfEveryTask() throws {
    let rows = (0..<80).map { "\($0 < 60 ? "A" : "B"),\($0 % 7),\($0)" }
    let all = try table("site,x,y\n" + rows.joined(separator: "\n") + "\n")
    let data = try Dataset(
      all, outcomes: Outcome("y", .continuous).split(bySourcesIn: "site", of: all))
    let parts = try Split.ratio(50, 25, 25).parts(of: data, seed: 3)
    #expect(parts.training.count { $0 < 60 } == 30 && parts.training.count == 40)
    #expect(parts.test.count { $0 >= 60 } == 5 && parts.validation.count { $0 >= 60 } == 5)
  }

  @Test func subjectsOfOtherSourcesAreNotATasks() throws {
    let all = try table("site,id,x,y\nA,p,1,1\nB,p,2,2\nA,r,3,3\nB,q,4,4\n")
    let visit = try Outcome(specification: "v=longitudinal(y,id)")
    let data = try Dataset(all, outcomes: visit.split(bySourcesIn: "site", of: all))
    #expect(data.outcomes[0].companions.subject == [0, -1, 1, -1])
  }

  // MARK: Errors

  @Test func aFileWithoutAPredictorIsNamedWithIt() throws {
    let error = try dataError { try dataset(a, "x1,y\n100,7\n300,8\n") }
    #expect(
      error.description == """
        error[missing-column] in b.csv: it lacks 1 predictor that another file has: "x2" ("x2" is in a.csv)
          hint: leave them out with --exclude, or keep them at their mean there with --absent mean
        """)
  }

  @Test func aStrayTextIsFoundInItsOwnFile() throws {
    let data = try dataset(a, b)
    let fitted = try data.preprocessor(fittedOn: [0, 1, 2])
    let error = try dataError {
      try fitted.transform(dataset(a, "y,x2,x1\n7,1,100\n8,three,300\n").table)
    }
    #expect(error.place == "b.csv:3, column \"x2\"")
  }

  @Test func twoFilesOfOneTaskAreRefused() throws {
    let error = try dataError {
      try withFiles(a, b) { pathA, pathB in
        try Dataset(
          taskFiles: [pathA, pathB].map {
            TaskFile(Outcome("y", .continuous), task: "one", path: $0)
          })
      }
    }
    #expect(
      error.description == """
        error[bad-spec] in source "one": two files are of this source
          hint: give each file a task name of its own
        """)
  }

  @Test func aFileWithAColumnCalledSourceIsRefused() throws {
    let error = try dataError { try dataset("source,x,y\n1,1,1\n", "x,y\n1,1\n") }
    #expect(error.code == "duplicate-column" && error.place == "a.csv")
  }

  @Test func oneSourceMakesNoTasks() throws {
    let all = try table("site,x,y\nA,1,1\nA,2,2\n")
    let error = try dataError { try Outcome("y", .continuous).split(bySourcesIn: "site", of: all) }
    #expect(
      error.description == """
        error[bad-spec] in source "site": the column has 1 sources, which makes no tasks
          hint: name a column with a value for each source, or leave --source out
        """)
  }

  /// One task a class that the source's rows have, each against the others of these rows.
  @Test func aNominalOutcomeHasTheClassesOfItsRows() throws {
    let all = try table(
      """
      x,site,c
      1,A,red
      2,A,blue
      3,B,red
      4,A,green
      5,B,grey
      6,B,blue
      """)
    let outcomes = try Outcome("c", .nominal()).split(bySourcesIn: "site", of: all)
    let data = try Dataset(all, outcomes: outcomes)
    #expect(
      data.outcomes.map(\.name) == [
        "c.A[blue]", "c.A[green]", "c.A[red]", "c.B[blue]", "c.B[grey]", "c.B[red]",
      ])
    #expect(data.outcomes[0].values.map { $0.isNaN ? -1 : $0 } == [0, 1, -1, 0, -1, -1])
    #expect(data.outcomes[4].values.map { $0.isNaN ? -1 : $0 } == [-1, -1, 0, -1, 1, 0])
    let two = try dataError {
      try Dataset(
        table("x,site,c\n1,A,red\n2,A,blue\n3,B,red\n4,B,grey\n5,B,blue\n"), outcomes: outcomes)
    }
    #expect(two.code == "bad-outcome" && "\(two)".contains("found 2"), "\(two)")
  }

  @Test func aRowOfAnUnknownSourceCannotBeScaled() throws {
    let data = try dataset(a, b, Features(scaling: .eachSource))
    let fitted = try data.preprocessor(fittedOn: [0, 1, 2])
    let error = try dataError { try fitted.transform(data.table) }
    #expect(
      error.description == """
        error[bad-features] in row 4, column "source": the source "two" was not among those of training
          hint: the model scales predictors within "one"
        """)
  }

  @Test func scalingWithinSourcesNeedsSources() throws {
    let error = try dataError {
      try Dataset(
        table(a), outcomes: [Outcome("y", .continuous)], features: Features(scaling: .eachSource))
    }
    #expect(error.code == "bad-features" && error.place == "data.csv")
  }
}
