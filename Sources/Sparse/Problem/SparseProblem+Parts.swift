extension SparseProblem {
  /// One task alone.
  init(_ task: ScaledTask, features: Int) {
    (tasks, featureCount) = ([task], features)
  }

  /// The same tasks with some of the features, in the order given, as they are scaled here.
  func restricted(to columns: [Int]) -> SparseProblem {
    var known: [ObjectIdentifier: DesignMatrix] = [:]
    let kept = tasks.map { task in
      let key = ObjectIdentifier(task.design)
      let design = known[key] ?? task.design.restricted(to: columns)
      known[key] = design
      return ScaledTask(
        name: task.name, kind: task.kind, design: design, response: task.response,
        norms: columns.map { task.norms[$0] }, scales: columns.map { task.scales[$0] },
        centres: columns.map { task.centres[$0] }, responseCentre: task.responseCentre,
        hasIntercept: task.hasIntercept)
    }
    return SparseProblem(scaled: kept, featureCount: columns.count)
  }

  private init(scaled: [ScaledTask], featureCount: Int) {
    (tasks, self.featureCount) = (scaled, featureCount)
  }
}

extension SparseCoefficients {
  /// The coefficients of some features, in the order given.
  func restricted(to columns: [Int]) -> SparseCoefficients {
    var result = SparseCoefficients(tasks: values.count, features: columns.count)
    result.intercepts = intercepts
    for (k, own) in values.enumerated() {
      for (place, j) in columns.enumerated() { result.values[k][place] = own[j] }
    }
    return result
  }

  /// The reverse of `restricted`: 0 for all other features.
  func expanded(from columns: [Int], features: Int) -> SparseCoefficients {
    var result = SparseCoefficients(tasks: values.count, features: features)
    result.intercepts = intercepts
    for (k, own) in values.enumerated() {
      for (place, j) in columns.enumerated() { result.values[k][j] = own[place] }
    }
    return result
  }
}
