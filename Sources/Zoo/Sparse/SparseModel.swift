import RankineLanguage
import RankineSparse

/// A linear score for each task, found by a sparse-pattern regression.
///
/// `inspect` and `check` look at the score with the usual losses, without the limit on supports.
public protocol SparseModel: ZooModel {
  /// What is minimized.
  var declared: SparseLinear { get }
}

extension SparseModel {
  public var model: Model { .linear(solvedBy: declared) }
}

extension Model {
  /// A linear score for each task that a solver finds.
  public static func linear(solvedBy solver: some LinearSolver) -> Model {
    Model {
      EachTask { Dense(1) }
      Objective { LossChoice.usual.declared }
    }
    .solved(by: solver)
  }
}

extension ZooEntry {
  /// The entry of one of the paper's regressions.
  ///
  /// - Parameter source: which one it is.
  static func sparse(
    _ name: String, summary: String, formula: String, source: String
  ) -> ZooEntry {
    ZooEntry(
      name: name, summary: summary, formula: formula,
      source: "Behdin, Loewinger, Kishida, Parmigiani & Mazumder, arXiv:2212.08697, " + source)
  }
}

/// The hyperparameters that sparse-pattern regressions have in common.
extension Hyperparameter {
  static func ridge(
    _ name: String, _ path: WritableKeyPath<Declaration, Strength> & Sendable
  ) -> Hyperparameter {
    Hyperparameter(name, "How strongly coefficients are shrunk: the ridge λ₁", path)
  }

  static func coefficientSimilarity(
    _ name: String, _ path: WritableKeyPath<Declaration, Strength> & Sendable
  ) -> Hyperparameter {
    Hyperparameter(name, "How strongly coefficients are drawn to their mean: λ₂", path)
  }

  static func supportSimilarity(
    _ name: String, _ path: WritableKeyPath<Declaration, Strength> & Sendable
  ) -> Hyperparameter {
    Hyperparameter(name, "How strongly supports are drawn to each other: λ_z", path)
  }

  static func supportSizes(
    _ path: WritableKeyPath<Declaration, [Int]> & Sendable
  ) -> Hyperparameter {
    Hyperparameter(
      "supportSizes",
      "How many predictors a task may use: sizes to choose from, empty for the usual ones", path)
  }

  static func certifiedGap(
    _ path: WritableKeyPath<Declaration, Double> & Sendable
  ) -> Hyperparameter {
    Hyperparameter(
      "certifiedGap", "The gap to which the solution is certified, 0 for no certificate", path)
  }
}
