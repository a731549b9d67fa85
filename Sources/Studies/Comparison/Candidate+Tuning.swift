import RankineEvaluation
import RankineTraining

extension Candidate {
  /// Several versions of a model as one candidate: each is fitted, and the one with the largest
  /// validation concordance (mean over its networks, of equals the first) is kept.
  ///
  /// Test rows take no part in the choice.
  ///
  /// - Parameter versions: at least one.
  static func best(of versions: [Candidate], named name: String) -> Candidate {
    precondition(!versions.isEmpty, "there is a version to choose")
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
      var best = try versions[0].fit(data, parts, seed, options, threads)
      for version in versions.dropFirst() {
        let fit = try version.fit(data, parts, seed, options, threads)
        if fit.validationCriterion > best.validationCriterion { best = fit }
      }
      return best
    }
  }
}

extension FittedModel {
  /// The validation concordance of the fits that were kept, averaged over networks.
  var validationCriterion: Double { Statistics.mean(chosen.map(\.criterion)) }
}
