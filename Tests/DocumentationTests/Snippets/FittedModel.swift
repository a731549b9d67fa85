import Rankine

func fitBreastCancer(path: String) throws {
  let data = try Dataset(contentsOf: path) {
    Outcome("ER", .binary(positive: "Positive"))
    Outcome("Grade", .ordinal("Well", "Intermediate", "Poorly"))
    Outcome("relapse", .censored(time: "time", event: "event"))
    Features(.allOther, excluding: ["Diam", "N", "Age"])
  }
  let fit = try RankNetwork().fit(data, split: .ratio(60, 20, 20), seed: 1)

  for outcome in fit.outcomes {
    print(outcome.name, fit.metrics.tasks[outcome.name]?[.concordance] ?? .nan)
  }
  print(fit.selectedFeatures.map(\.name))
  try fit.write(to: "run")
}
