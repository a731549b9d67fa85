import Foundation
import Rankine

func fitDefaultModel(path: String) throws -> FittedModel {
  let data = try Dataset(contentsOf: path) {
    Outcome("ER", .binary(positive: "Positive"))
    Outcome("Grade", .ordinal("Well", "Intermediate", "Poorly"))
    Outcome("relapse", .censored(time: "time", event: "event"))
    Features(.allOther, excluding: ["Diam", "N", "Age"])
  }
  let fit = try DeepSmoothedRank().fit(data, split: .ratio(60, 20, 20), seed: 1)
  return fit
}

func predict(newRows: URL) throws -> [String]? {
  let fit = try FittedModel(contentsOf: "run")
  let predictions = try fit.predict(Table(contentsOf: newRows))
  let grades = predictions["Grade"]?.texts
  return grades
}
