import Foundation
import Rankine

/// scratch
enum SourcesExperiment {
  static func run(_ words: [String]) throws {
    let scenarios = SourceSimulation.Scenario.allCases.filter {
      words.isEmpty || words[0].contains($0.rawValue)
    }
    let count = words.count > 1 ? Int(words[1]) ?? 2 : 2
    var versions: [(String, DualEncoder)] = []
    for text in words.dropFirst(2) {
      var model = DualEncoder()
      try model.apply(text.split(separator: ";").map(String.init))
      versions.append((text, model))
    }
    for scenario in scenarios {
      for (name, model) in versions {
        var all: [Double] = []
        let start = Date()
        var chosen: [Double] = []
        var rounds: [Int] = []
        for replication in 1...count {
          let data = try SourceSimulation(scenario).replication(replication)
          var options = TrainingOptions()
          options.epochs = 100
          options.patience = 15
          let fit = try model.fit(data.dataset, parts: data.parts, seed: 1, options: options, threads: 2)
          chosen.append(fit.chosen[0].strength)
          rounds.append(fit.chosen[0].bestEpoch)
          for (task, outcome) in data.dataset.outcomes.enumerated() {
            let rmse = fit.metrics.tasks[outcome.name]?[.rmse] ?? .nan
            let values = data.parts.test.map { outcome.values[$0] }.filter { !$0.isNaN }
            let mean = values.reduce(0, +) / Double(values.count)
            let variance = values.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / Double(values.count)
            _ = task
            all.append(rmse * rmse / variance)
          }
        }
        print(scenario.rawValue, name, all.reduce(0, +) / Double(all.count), "rounds", rounds, "strength", chosen, "s", Date().timeIntervalSince(start) / Double(count))
      }
    }
  }
}
