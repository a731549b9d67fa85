import RankineLanguage
import RankineSupport
import RankineZoo

/// The methods of the study of sources: the dual encoder, what is left of it without a part, and others.
///
/// The first nine are one declaration with other settings, so that they differ in what their names say
/// alone. `dual-or-single` lets validation choose whether tasks share factors at all, between `dual` and
/// `single-task`. `lasso` is a linear score of each task by itself.
public enum SourceMethods {
  /// A model of the zoo under a name.
  private struct Method {
    let name: String
    let model: String
    var settings: [String] = []
    /// Of which validation chooses one.
    var tuning: [String] = []

    static func dual(
      _ name: String, _ settings: [String] = [], tuning: [String] = []
    ) -> Method {
      Method(name: name, model: "dual-encoder", settings: settings, tuning: tuning)
    }
  }

  /// Of own factors where there are shared ones beside them.
  private static let sparsities = "sparsity=0.03/0.3"

  private static let declared: [Method] = [
    .dual("dual", tuning: [sparsities]),
    // Of equals the first is kept, which is the one that shares.
    .dual("dual-or-single", tuning: [sparsities, "sharedFactors=5/0"]),
    .dual("dual-ridge-mean", ["integration=ridgeMean"], tuning: [sparsities]),
    .dual("no-integration", ["integration=none"], tuning: [sparsities]),
    .dual("no-separation", ["orthogonality=0"], tuning: [sparsities]),
    .dual("shared-only", ["ownFactors=0"]),
    .dual("hard-sharing", ["ownFactors=0", "integration=none"]),
    .dual("pooled", ["ownFactors=0", "selection=1000"]),
    .dual("single-task", ["sharedFactors=0"], tuning: ["sparsity=0.003/0.03"]),
    Method(name: "robust-linear", model: "linear-sources"),
    Method(
      name: "ridge-mean-linear", model: "linear-sources", settings: ["integration=ridgeMean"]),
    Method(name: "lasso", model: "linear-stl", settings: ["losses=squared"]),
    Method(name: "mmoe", model: "mmoe", settings: ["losses=squared", "selection=none"]),
  ]

  /// The names of all methods, the first that the others are held against.
  public static var names: [String] { declared.map(\.name) }

  /// The methods of some names, in the order of the list; all when empty.
  ///
  /// - Throws: `StudyError` (`unknown-model`) with the nearest name; `ModelError`.
  public static func candidates(_ chosen: [String] = []) throws -> [Candidate] {
    for name in chosen where !names.contains(name) {
      throw StudyError(
        "unknown-model", in: "the method \"\(name)\"", "there is no method of this name",
        hint: suggestion(for: name, among: names))
    }
    return try declared.filter { chosen.isEmpty || chosen.contains($0.name) }.map { method in
      let made = try Candidate.fromZoo(
        [method.model], settings: method.settings.map { "\(method.model).\($0)" },
        tuning: method.tuning.map { "\(method.model).\($0)" })
      return made[0].renamed(method.name)
    }
  }
}
