import RankineData

/// Finds what is wrong with a declaration before any formula is built.
struct ModelCheck {
  let model: Model
  let tasks: [TaskDescription]

  /// - Throws: `ModelError` for the first fault, in the order of the declaration.
  func run() throws(ModelError) {
    guard !model.parts.isEmpty else {
      throw ModelError(
        "empty-model", at: "\(model.site), model", "the model is empty",
        hint: "give it Shared { … }, EachTask { … } and Objective { … }")
    }
    try checkSections()
    try checkLayers(model.sharedLayers, in: "shared")
    try checkLayers(model.taskLayers, in: "task")
    try checkExperts()
    guard let objective = model.objective else {
      throw ModelError(
        "no-objective", at: "\(model.site), model", "the model has no Objective",
        hint: "add Objective { SmoothedRank() }")
    }
    try check(objective)
    if let rounds = model.rounds {
      do throws(Misuse) { try rounds.validate() } catch {
        throw ModelError(error, at: "\(rounds.site), rounds")
      }
    }
  }

  private func checkSections() throws(ModelError) {
    var seen: [String] = []
    for part in model.parts {
      let place = "\(part.site), model"
      guard !seen.contains(part.keyword) else {
        throw ModelError(
          "two-sections", at: place, "the model has a second \(part.keyword)",
          hint: "put everything into one \(part.keyword) { … }")
      }
      if case .shared = part, seen.contains("EachTask") {
        throw ModelError(
          "sections-out-of-order", at: place, "Shared comes after EachTask",
          hint: "the shared layers see the features first: put Shared above EachTask")
      }
      seen.append(part.keyword)
    }
    guard !model.taskLayers.isEmpty else {
      throw ModelError(
        "no-score", at: "\(model.site), model", "no task has a layer of its own",
        hint: "add EachTask { Dense(1) }: it gives each task its score")
    }
  }

  private func checkLayers(_ layers: [any Layer], in section: String) throws(ModelError) {
    for (index, layer) in layers.enumerated() {
      do throws(Misuse) {
        try layer.validate()
        try layer.penalty?.validate()
      } catch {
        throw ModelError(error, at: layerPlace(of: layer, in: section, index))
      }
    }
  }

  /// Experts are mixed by the layer after them, and by no other.
  private func checkExperts() throws(ModelError) {
    let layers =
      model.sharedLayers.enumerated().map { ($1, layerPlace(of: $1, in: "shared", $0)) }
      + model.taskLayers.enumerated().map { ($1, layerPlace(of: $1, in: "task", $0)) }
    var unmixed: (layer: any Layer, place: String)?
    for (layer, place) in layers {
      if let experts = unmixed, layer.expertRole != .mixes {
        throw ModelError(
          "experts-not-mixed", at: place,
          "\(layer.summary) follows \(experts.layer.summary), whose experts nothing has mixed",
          hint: "put Gate() between them")
      }
      if unmixed == nil, layer.expertRole == .mixes {
        throw ModelError(
          "nothing-to-mix", at: place, "\(layer.summary) follows no experts",
          hint: "put Experts(8) { … } right before it: at the end of Shared, for all tasks")
      }
      unmixed = layer.expertRole == .makes ? (layer, place) : nil
    }
    if let experts = unmixed {
      throw ModelError(
        "experts-not-mixed", at: experts.place,
        "nothing mixes the experts of \(experts.layer.summary)",
        hint: "add Gate() and Dense(1) after it")
    }
  }

  private func check(_ objective: Objective) throws(ModelError) {
    let place = "\(objective.site), objective"
    guard !objective.losses.isEmpty else {
      throw ModelError(
        "no-loss", at: place, "the objective has no loss",
        hint: "add one, for example SmoothedRank()")
    }
    do throws(Misuse) { try objective.balancing.validate() } catch {
      throw ModelError(error, at: place)
    }
    for (index, loss) in objective.losses.enumerated() {
      do throws(Misuse) { try loss.validate() } catch {
        throw ModelError(error, at: "\(loss.site), objective loss[\(index)]")
      }
    }
    guard !tasks.isEmpty else {
      throw ModelError(
        "no-task", at: place, "there is no outcome to train for", hint: "name at least one outcome")
    }
    do throws(Misuse) { try objective.balancing.validate(taskCount: tasks.count) } catch {
      throw ModelError(error, at: place)
    }
    for task in tasks where !objective.losses.contains(where: { $0.scales.contains(task.scale) }) {
      let fitting = Catalog.losses.filter { $0.scales.contains(task.scale) }.map(\.name)
      throw ModelError(
        "no-fitting-loss", at: "\(place), task \"\(task.name)\"",
        "no loss of the objective fits the \(task.scale.rawValue) outcome \"\(task.name)\"",
        hint: "losses that fit \(task.scale.rawValue) outcomes: \(fitting.joined(separator: ", "))")
    }
    let sharesWeights =
      !model.sharedLayers.isEmpty || model.taskLayers.contains { $0.sharesWeights }
    if objective.balancing.sharedGradients != .ignored, !sharesWeights {
      throw ModelError(
        "nothing-shared", at: place,
        "\(objective.balancing.summary) compares gradients of shared weights, and none are shared",
        hint: "add Shared { … } with a layer that has weights, or use Uniform()")
    }
  }
}

/// A layer's place in the user's terms: `Study/main.swift:12, network shared[0]`.
func layerPlace(of layer: any Layer, in section: String, _ index: Int) -> String {
  "\(layer.site), network \(section)[\(index)]"
}
