import Rankine

extension RankNetwork {
  static var hyperparameters: [Hyperparameter<RankNetwork>] {
    [
      Hyperparameter("sharedWidth", "Units of the shared layer", \.sharedWidth),
      Hyperparameter("taskWidths", "Units of each task's hidden layers", \.taskWidths),
    ]
  }
}
