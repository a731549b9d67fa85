import Rankine

struct RankNetwork: ModelDeclaration {
  var sharedWidth = 64
  var taskWidths = [32, 16]

  var model: Model {
    Model {
      Shared {
        Dense(sharedWidth, activation: .silu)
          .penalized(by: GroupLasso(.path(count: 8), over: .inputs))
      }
      EachTask {
        for width in taskWidths { Dense(width, activation: .silu) }
        Dense(1)
      }
      Objective { SmoothedRank() }
    }
  }
}
