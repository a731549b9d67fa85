import RankineGraph
import RankineSupport
import Testing

@testable import RankineLanguage

private func evaluate(_ tensor: Tensor, _ leaves: [String: NumericArray]) throws -> [Double] {
  try Interpreter(Bindings(leaves)).evaluate(tensor).values
}

/// Own factors A [1, 4, 2] and shared ones B [4, 2] as leaves.
private struct Factors {
  let graph: Graph = Graph()
  let own: Tensor
  let shared: Tensor

  init() {
    own = graph.input("A", [1, 4, 2])
    shared = graph.input("B", [4, 2])
  }
}

struct FactorTests {
  private let centredA: [Double] = [1, 2, -1, 0, 3, -1, -3, -1]
  private let centredB: [Double] = [2, 0, 1, -1, -4, 2, 1, -1]

  /// P = ‖A'B/n‖² of centred columns, dP/dA = (2/n²) B B'A.
  @Test func theGradientOfOrthogonalityIsTheKnownOne() throws {
    let factors = Factors()
    let value = Orthogonality(1).value(factors.own, factors.shared, own: nil)
    let leaves = [
      "A": NumericArray([1, 4, 2], centredA), "B": NumericArray([4, 2], centredB),
    ]
    func a(_ row: Int, _ column: Int) -> Double { centredA[2 * row + column] }
    func b(_ row: Int, _ column: Int) -> Double { centredB[2 * row + column] }
    let products = (0..<2).map { i in
      (0..<2).map { j in (0..<4).reduce(0) { $0 + a($1, i) * b($1, j) } }
    }
    let wanted = products.joined().reduce(0) { $0 + $1 * $1 } / 16
    #expect(isClose(try evaluate(value, leaves)[0], wanted, within: 1e-12))
    let slopes = (0..<4).flatMap { row in
      (0..<2).map { i in 2.0 / 16 * (b(row, 0) * products[i][0] + b(row, 1) * products[i][1]) }
    }
    let found = try evaluate(value.gradient(of: factors.own), leaves)
    for (x, y) in zip(found, slopes) { #expect(isClose(x, y, within: 1e-12)) }
  }

  @Test func uncorrelatedFactorsCostNothing() throws {
    let factors = Factors()
    let value = Orthogonality(2).value(factors.own, factors.shared, own: nil)
    // Columns 5 + (1, 1, −1, −1) and (1, −1, 1, −1) − 2 have no covariance.
    let own: [Double] = [6, 6, 6, 6, 4, 4, 4, 4]
    let shared: [Double] = [-1, -1, -3, -3, -1, -1, -3, -3]
    #expect(
      try evaluate(
        value, ["A": NumericArray([1, 4, 2], own), "B": NumericArray([4, 2], shared)]) == [0])
  }

  @Test func rowsOfOtherTasksDoNotCount() throws {
    let graph = Graph()
    let own = graph.input("A", [1, 4, 2]), shared = graph.input("B", [4, 2])
    let rows = graph.input("own", [1, 4])
    let value = Orthogonality(1).value(own, shared, own: rows)
    func cost(_ foreign: Double) throws -> Double {
      let a: [Double] = [1, 2, foreign, 7, 3, -1, -3, foreign]
      let b: [Double] = [2, 0, foreign, 1, -4, 2, 1, -1]
      return try evaluate(
        value,
        [
          "A": NumericArray([1, 4, 2], a), "B": NumericArray([4, 2], b),
          "own": NumericArray([1, 4], [1, 0, 1, 0]),
        ])[0]
    }
    #expect(try cost(1) == cost(50))
    #expect(try cost(1) > 0)
  }

  @Test func theRateFallsByTheDecayInEveryRound() throws {
    let phase = Phase.adam(on: .network, passes: 5, decay: 0.95)
    #expect(phase.rate(round: 0, usual: 0.2) == 0.2)
    let tenth = try #require(phase.rate(round: 10, usual: 1))
    #expect(isClose(tenth, 0.598_736_9, within: 1e-7))
    #expect(Phase.rescaling.rate(round: 1, usual: 1) == nil)
    #expect(Phase.adam(on: .all, rate: 0.5).rate(round: 3, usual: 1) == 0.5)
  }

  @Test func everyParameterMovesInItsPhases() {
    #expect(ParameterRole.network.moves(with: .network) && ParameterRole.network.moves(with: .all))
    #expect(!ParameterRole.network.moves(with: .coefficients))
    #expect(ParameterRole.coefficient.moves(with: .coefficients))
    #expect(!ParameterRole.coefficient.moves(with: .network))
    #expect(Movable.allCases.allSatisfy { !ParameterRole.scale.moves(with: $0) })
  }

  @Test func theDeclarationIsShownAsSwift() {
    let model = Model {
      Shared { Dense(2) }
      EachTask {
        OwnEncoder { Dense(3) }
        FactorHead(integration: Centroid(.fixed(0.5)), separation: Orthogonality(0.1))
      }
      Objective(balancing: SampleShares()) { SquaredError() }
      Rounds {
        Phase.adam(on: .network, passes: 5, decay: 0.95)
        Phase.rescaling
        Phase.proximalGradient(on: .coefficients)
      }
    }
    #expect(
      model.description == """
        Model {
          Shared {
            Dense(2)
          }
          EachTask {
            OwnEncoder { Dense(3) }
            FactorHead(integration: Centroid(.fixed(0.5), weighing: .bySize), separation: Orthogonality(0.1))
          }
          Objective(balancing: SampleShares()) {
            SquaredError()
          }
          Rounds {
            Phase.adam(on: .network, passes: 5, decay: 0.95)
            Phase.rescaling
            Phase.proximalGradient(on: .coefficients, steps: 200, tolerance: 1e-06)
          }
        }
        """)
  }

  // MARK: Errors

  private let file = "RankineLanguageTests/FactorTests.swift:LINE"

  @Test func aRoundWithoutPhasesSaysWhatToAdd() {
    let line = #line + 4
    let model = Model {
      EachTask { Dense(1) }
      rankObjective
      Rounds {}
    }
    #expect(
      errorText(model, line: line) == """
        error[no-phase] in \(file), rounds: a round has no phase
          hint: add Phase.adam(on: .all)
        """)
  }

  @Test func aPhaseWithoutPassesIsRefused() {
    let line = #line + 4
    let model = Model {
      EachTask { Dense(1) }
      rankObjective
      Rounds { Phase.adam(on: .all, passes: 0) }
    }
    #expect(
      errorText(model, line: line).hasPrefix(
        "error[bad-hyperparameter] in \(file), rounds: the passes of Phase.adam"))
  }

  @Test func anOwnEncoderNeedsALayer() {
    let line = #line + 3
    let model = Model {
      EachTask {
        OwnEncoder {}
        FactorHead()
      }
      rankObjective
    }
    #expect(
      errorText(model, line: line) == """
        error[no-layers] in \(file), network task[0]: OwnEncoder has no layer
          hint: give it at least Dense(5)
        """)
  }

  @Test func aFactorHeadStandsInEachTask() {
    let line = #line + 2
    let model = Model {
      Shared { FactorHead() }
      EachTask { Dense(1) }
      rankObjective
    }
    #expect(
      errorText(model, line: line) == """
        error[not-in-each-task] in \(file), network shared[0]: FactorHead stands where there are no tasks
          hint: put it into EachTask, of a model that is not pooled
        """)
  }
}
