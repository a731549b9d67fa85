import Foundation
import RankineData

@testable import RankineLanguage

let errorTasks = [
  TaskDescription(name: "age", scale: .continuous),
  TaskDescription(name: "OS", scale: .censored),
]

/// The error's text, with the line of the declaration as `LINE`.
func errorText(
  _ model: Model, line: Int, tasks: [TaskDescription] = errorTasks, features: Int = 3
) -> String {
  do throws(ModelError) {
    _ = try LoweredModel(model, features: features, tasks: tasks)
    return "no error"
  } catch {
    return error.description.replacingOccurrences(of: ":\(line)", with: ":LINE")
  }
}

let rankObjective: Objective = Objective { SmoothedRank() }

/// A model of one line around one layer of `EachTask`.
func modelAround(_ layer: any Layer, objective: Objective = rankObjective) -> Model {
  Model {
    EachTask {
      [layer]
      Dense(1)
    }
    objective
  }
}
