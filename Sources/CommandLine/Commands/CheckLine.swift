import Foundation
import RankineGraph
import RankineSupport

extension CheckCommand {
  /// What was found of one parameter.
  struct Line: Encodable {
    /// The task that the parameter's network is of, where each has its own.
    let task: String?
    let parameter: String
    let derived: Double
    let measured: Double
    let error: Double
    let passes: Bool

    init(task: String?, certificate: GradientCertificate) {
      self.task = task
      parameter = certificate.parameter
      (derived, measured) = (certificate.derived, certificate.measured)
      (error, passes) = (certificate.error, certificate.passes)
    }

    /// The parameter's name, with its task in front where each has a network.
    var label: String { (task.map { $0 + " " } ?? "") + parameter }

    /// `ok    shared.0.weight  derived … measured … error …`.
    func text(width: Int) -> String {
      let numbers = [("derived", derived), ("measured", measured), ("error", error)].map {
        "\($0.0) \($0.1.formatted(.number.notation(.scientific).precision(.fractionLength(3))))"
      }
      return "\(passes ? "ok  " : "FAIL")  \(label.padded(to: width))  "
        + numbers.joined(separator: "  ")
    }
  }

  /// A model whose gradients are wrong.
  ///
  /// `code` is `wrong-gradient`.
  struct CheckError: UserError {
    let code: String
    let place: String
    let message: String
    let hint: String?
  }
}
