import RankineTraining

/// How a fit was trained, as a report lists it.
func optionFacts(_ options: TrainingOptions) -> [(name: String, value: String)] {
  [
    ("Optimizer", options.optimizer.rawValue), ("Learning rate", "\(options.learningRate)"),
    ("Batch size", options.batchSize.map { "\($0)" } ?? "by rows"),
    ("Epochs at most", "\(options.epochs)"), ("Patience", "\(options.patience)"),
    ("Weight decay", "\(options.weightDecay)"),
    ("Averaged weights", options.averagesWeights ? "yes" : "no"),
    ("Penalty step", options.penaltyStep.rawValue),
    ("Adaptive weights", options.adaptiveWeights.rawValue),
    ("Precision", options.precision.rawValue),
  ].map { (name: $0.0, value: $0.1) }
}
