import Rankine

let levelsInGroups = Model {
  Shared { Dense(64, activation: .silu).penalized(by: GroupLasso(.path(count: 8))) }
  EachTask { Dense(1) }
  Objective {
    SmoothedRank()
    TieAttraction().weighted(by: 0.1)
  }
}

func printSelection(of data: Dataset) throws {
  let selection = try DeepSmoothedRank().selectStably(data, seed: 1)
  for feature in selection.selected {
    print(feature.name, feature.frequency, feature.expectedFalse ?? .nan)
  }
}
