import RankineLanguage
import RankineSparse

extension Model {
  /// A linear score for each task, found by a sparse-pattern regression.
  ///
  /// `inspect` and `check` look at the score with the usual losses, without the limit on supports.
  public static func linear(solvedBy solver: SparseLinear) -> Model {
    Model {
      EachTask { Dense(1) }
      Objective { LossChoice.usual.declared }
    }
    .solved(by: solver)
  }
}
