import RankineGraph
import Testing

@testable import RankineLanguage

// MARK: Penalties that leave large groups alone

private let column = NumericArray([2, 1], [3, 4])

@Test func mcpShrinksLessThanTheLassoAndLeavesLargeGroupsAlone() throws {
  let mcp = GroupMCP(gamma: 3)
  #expect(isClose(try prox(mcp, column, 1), [3, 4]))
  #expect(isClose(try prox(mcp, column, 2), [2.7, 3.6]))
  #expect(try prox(mcp, column, 6) == [0, 0])
  #expect(isClose(try value(mcp, column, 1), 1.5))
  let bent: Double = 10 - 25.0 / 6
  #expect(isClose(try value(mcp, column, 2), bent))
}

@Test func mcpAtALargeStepKeepsAGroupWholeOrRemovesIt() throws {
  let mcp = GroupMCP(gamma: 3)
  #expect(isClose(try prox(mcp, column, 1.44, step: 4), [3, 4]))
  #expect(try prox(mcp, column, 1.45, step: 4) == [0, 0])
}

@Test func scadIsTheLassoForSmallGroupsAndNothingForLargeOnes() throws {
  let scad = GroupSCAD(a: 3.7)
  #expect(isClose(try prox(scad, column, 3), [1.2, 1.6]))
  let share: Double = 6.1 / 8.5
  #expect(isClose(try prox(scad, column, 2), [3 * share, 4 * share]))
  #expect(isClose(try prox(scad, column, 1), [3, 4]))
  #expect(try prox(scad, column, 5.1) == [0, 0])
  #expect(isClose(try value(scad, column, 1), 2.35))
  #expect(isClose(try value(scad, column, 2), 45 / 5.4))
}

@Test func scadAtALargeStepComparesBothSides() throws {
  let scad = GroupSCAD(a: 3.7)
  #expect(isClose(try prox(scad, column, 1, step: 5), [3, 4]))
  #expect(try prox(scad, column, 1.1, step: 5) == [0, 0])
}

@Test func withoutABendBothAreTheGroupLasso() throws {
  let lasso = try prox(GroupLasso(), column, 1)
  #expect(isClose(try prox(GroupMCP(gamma: 1e12), column, 1), lasso, within: 1e-9))
  #expect(isClose(try prox(GroupSCAD(a: 1e12), column, 1), lasso, within: 1e-9))
}

// MARK: Shared and own parts

@Test func aDirtyPenaltyShrinksSharedAndOwnColumnsApart() throws {
  let weight = NumericArray([3, 1, 1], [5, 3, -1])
  #expect(isClose(try prox(Dirty(ownFactor: 2), weight, 1), [4, 1, 0]))
  #expect(isClose(try value(Dirty(ownFactor: 2), weight, 1), 13))
}

@Test func nestedGroupsAreShrunkFromTheInsideOut() throws {
  let expected = [1.445_299_8, 2.167_949_7]
  let tasks = try prox(TaskGroupLasso(mix: 0.5), NumericArray([2, 1, 1], [3, 4]), 2)
  #expect(isClose(tasks, expected, within: 1e-7))
  let own = try prox(Hierarchical(ownFactor: 1), NumericArray([3, 1, 1], [0, 3, 4]), 1)
  #expect(isClose(Array(own[1...]), expected, within: 1e-7))
  #expect(own[0] == 0)
}

@Test func aRemovedInputHasNoOwnColumns() throws {
  let weight = NumericArray([3, 1, 2], [1, 3, 1, 3, 1, 3])
  let moved = try prox(Hierarchical(ownFactor: 0), weight, 2)
  #expect([moved[0], moved[2], moved[4]] == [0, 0, 0])
  let left: Double = 3 * (1 - 2 / 27.0.squareRoot())
  #expect(isClose([moved[1], moved[3], moved[5]], [left, left, left]))
}

@Test func theEndsOfTheMixAreGroupsOfOneTaskAndOfAll() throws {
  let weight = NumericArray([2, 1, 1], [3, 4])
  #expect(isClose(try prox(TaskGroupLasso(mix: 0), weight, 1), [2, 3]))
  #expect(isClose(try prox(TaskGroupLasso(mix: 1), weight, 1), [2.4, 3.2]))
  #expect(isClose(try prox(GroupLasso(over: .inputsOfAllTasks), weight, 1), [2.4, 3.2]))
}
