import RankineTraining

extension Candidate {
  /// Several versions of a model as one candidate: each is fitted, and the one with the largest
  /// validation concordance (mean over its networks, of equals the first) is kept.
  ///
  /// Test rows take no part in the choice.
  ///
  /// - Parameter versions: one for each combination of the grid.
  static func best(
    of grid: HyperparameterGrid, _ versions: [Candidate], named name: String
  ) -> Candidate {
    precondition(versions.count == grid.combinations.count, "there is a version to fit")
    let settings = versions[0].settings.indices.map { index in
      var values: [String] = []
      for version in versions where !values.contains(version.settings[index].value) {
        values.append(version.settings[index].value)
      }
      return Setting(
        name: versions[0].settings[index].name, value: values.joined(separator: "/"))
    }
    return Candidate(
      name, settings: settings,
      networkCount: { tasks in versions.map { $0.networkCount(tasks) }.reduce(0, +) },
      check: { data in for version in versions { try version.check(data) } }
    ) { data, parts, seed, options, threads in
      try FittedModel.best(of: grid) { combination in
        let index = grid.combinations.firstIndex(of: combination) ?? 0
        return try versions[index].fit(data, parts, seed, options, threads)
      }
    }
  }
}
