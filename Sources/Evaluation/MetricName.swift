/// The metrics by their names in files, in the order in which tables show them.
public enum MetricName: String, Codable, CaseIterable, Sendable {
  case concordance
  case unoConcordance = "uno_concordance"
  case kendallTau = "kendall_tau"
  case accuracy
  case precision
  case recall
  case f1
  case quadraticKappa = "quadratic_kappa"
  case mae
  case rmse
  case huber
  case cauchy
  case maeHinge = "mae_hinge"
  case logLoss = "log_loss"
  case brier

  /// The heading of a table's column.
  public var title: String {
    switch self {
    case .concordance: "Concordance"
    case .unoConcordance: "Uno's C"
    case .kendallTau: "Kendall's τ"
    case .accuracy: "Accuracy"
    case .precision: "Precision"
    case .recall: "Recall"
    case .f1: "F1"
    case .quadraticKappa: "Kappa"
    case .mae: "MAE"
    case .rmse: "RMSE"
    case .huber: "Huber"
    case .cauchy: "Cauchy"
    case .maeHinge: "MAE (hinge)"
    case .logLoss: "Log loss"
    case .brier: "Brier"
    }
  }

  /// Whether more is better; else less is.
  public var isBetterWhenLarger: Bool {
    switch self {
    case .concordance, .unoConcordance, .kendallTau, .accuracy, .precision, .recall, .f1,
      .quadraticKappa:
      true
    case .mae, .rmse, .huber, .cauchy, .maeHinge, .logLoss, .brier: false
    }
  }
}
