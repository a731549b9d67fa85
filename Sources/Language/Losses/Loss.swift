import RankineData
import RankineGraph

/// What a network is trained to make small, for the tasks whose outcomes it fits.
///
/// An objective gives each task the sum of its losses that fit the task's scale.
public protocol Loss: Sendable {
  /// `SmoothedRank`, or the name that a user gave.
  var name: String { get }
  /// The declaration on one line, in Swift: `Huber(delta: 1.345)`.
  var summary: String { get }
  /// The scales of outcomes that it fits.
  var scales: Set<OutcomeScale> { get }
  /// Where the user declared it.
  var site: Site { get }

  /// - Throws: `Misuse` when a hyperparameter is out of range.
  func validate() throws(Misuse)

  /// The loss of each task of the batch [tasks].
  ///
  /// A task without a comparable pair or a known outcome gets 0, with zero gradient.
  func values(on batch: TaskBatch) -> Tensor
}

extension Loss {
  public func validate() throws(Misuse) {}

  /// The same loss for outcomes of these scales alone.
  public func on(
    _ scales: OutcomeScale..., file: String = #fileID, line: Int = #line
  ) -> RestrictedLoss {
    RestrictedLoss(base: self, requested: scales, site: Site(file: file, line: line))
  }

  /// The same loss, multiplied by a number above 0: for sums of several.
  public func weighted(
    by factor: Double, file: String = #fileID, line: Int = #line
  ) -> WeightedLoss {
    WeightedLoss(base: self, factor: factor, site: Site(file: file, line: line))
  }
}

/// A loss that is used for some of the scales that it fits.
public struct RestrictedLoss: Loss {
  let base: any Loss
  let requested: [OutcomeScale]
  public let site: Site

  public var name: String { base.name }
  public var scales: Set<OutcomeScale> { base.scales.intersection(requested) }

  public var summary: String {
    "\(base.summary).on(\(requested.map { ".\($0)" }.joined(separator: ", ")))"
  }

  public func validate() throws(Misuse) {
    try base.validate()
    if let wrong = requested.first(where: { !base.scales.contains($0) }) {
      throw Misuse(
        "loss-does-not-fit", "\(name) does not fit \(wrong.rawValue) outcomes",
        hint: "it fits: \(OutcomeScale.list(base.scales))")
    }
  }

  public func values(on batch: TaskBatch) -> Tensor { base.values(on: batch) }
}

/// A loss times a number.
public struct WeightedLoss: Loss {
  let base: any Loss
  let factor: Double
  public let site: Site

  public var name: String { base.name }
  public var scales: Set<OutcomeScale> { base.scales }
  public var summary: String { "\(base.summary).weighted(by: \(factor))" }

  public func validate() throws(Misuse) {
    try base.validate()
    try Misuse.unlessPositive(factor, "factor", of: name)
  }

  public func values(on batch: TaskBatch) -> Tensor { factor * base.values(on: batch) }
}

extension OutcomeScale {
  /// Names in the order of declaration, for messages.
  static func list(_ scales: Set<OutcomeScale>) -> String {
    allCases.filter(scales.contains).map(\.rawValue).joined(separator: ", ")
  }
}
