import RankineData
import RankineGraph

/// A loss of the scores of two rows of which one ranks above the other, summed over all such pairs.
///
/// With f the scores of the batch, g those of the partners, both divided by σ (and by their standard
/// deviation for `.unitSD`), and b the closure's value:
///
///     L = c/|batch| · Σᵢ Σⱼ ( [i above j] wᵢⱼ b(fᵢ, gⱼ) + [j above i] wⱼᵢ b(gⱼ, fᵢ) )
///
/// where c is 1/n for all ordered pairs and n/(2·weight of the comparable pairs) for comparable pairs,
/// so that a body that is 1 on every pair has loss 1 over an epoch. Partners of the previous epoch are
/// constants. Which pairs are comparable, and what they count for (w, most often 1), follows from the
/// outcome; rows without one have no pair.
///
/// - Shapes: the closure sees numbers, not arrays: `high.score` and `low.score`. It may use numbers,
///   operators and elementwise functions, and should be finite for any two scores.
/// - Cost: one pass over batch × sample pairs, none of which is held in memory.
public struct PairwiseLoss: Loss {
  /// The row of a pair that ranks above the other, or the other.
  public struct Side {
    /// The row's score, divided as the options say: a number on a graph of its own.
    public let score: Tensor
  }

  /// The loss of one pair.
  public typealias Body = @Sendable (_ high: Side, _ low: Side) -> Tensor

  public let name: String
  public let summary: String
  public let site: Site
  let bandwidth: Bandwidth
  let scoreScale: ScoreScale
  let partners: PairPartners
  let pairing: Pairing
  let normalization: PairNormalization
  /// −1 where the body is a reward, so that less is better for every loss.
  let direction: Double
  let body: Body

  /// A pairwise loss of one's own; what the closure returns is made small.
  public init(
    _ name: String, bandwidth: Bandwidth = .fixed(1), scores: ScoreScale = .raw,
    partners: PairPartners = .previousEpoch, pairing: Pairing = .symmetric,
    normalization: PairNormalization = .comparablePairs, file: String = #fileID, line: Int = #line,
    _ body: @escaping Body
  ) {
    self.init(
      name: name, declaring: { "PairwiseLoss(\"\(name)\", \($0)) { … }" }, bandwidth: bandwidth,
      scores: scores, partners: partners, pairing: pairing, normalization: normalization,
      direction: 1,
      site: Site(file: file, line: line), body)
  }

  init(
    name: String, declaring: (String) -> String, bandwidth: Bandwidth, scores: ScoreScale,
    partners: PairPartners, pairing: Pairing, normalization: PairNormalization, direction: Double,
    site: Site, _ body: @escaping Body
  ) {
    self.name = name
    let options =
      ["bandwidth: \(bandwidth)", "scores: .\(scores)", "partners: .\(partners)"]
      + (pairing == .symmetric ? [] : ["pairing: .\(pairing)"])
      + (normalization == .comparablePairs ? [] : ["normalization: .\(normalization)"])
    summary = declaring(options.joined(separator: ", "))
    self.site = site
    self.bandwidth = bandwidth
    scoreScale = scores
    self.partners = partners
    self.pairing = pairing
    self.normalization = normalization
    self.direction = direction
    self.body = body
  }

  public var scales: Set<OutcomeScale> { Set(OutcomeScale.allCases) }

  public func validate() throws(Misuse) {
    if case .fixed(let value) = bandwidth {
      try Misuse.unlessPositive(value, "bandwidth", of: name)
    }
  }

  public func values(on batch: TaskBatch) -> Tensor {
    batch.grouped(by: \.pairForms) { values(on: $0, forms: $0.tasks[0].pairForms) }
  }

  /// For tasks whose pairs are weighed by the same forms.
  private func values(on batch: TaskBatch, forms: [PairForm]) -> Tensor {
    let count: Dimension = .fixed(batch.tasks.count)
    let sigma = batch.numbers { bandwidth.value(for: $0.scale) }
    var scale: Tensor = 1 / sigma
    if scoreScale == .unitSD { scale = batch.perTask(LeafName.spread) / sigma }
    let perTask: Tensor = scale.broadcast(to: [count]).reshaped(to: [count, 1])
    let rows =
      [batch.scores * perTask, batch.perRow(LeafName.high), batch.perRow(LeafName.low)]
      + batch.rowNumbers(forms)
    let columns =
      partners == .batch
      ? rows
      : [
        batch.perSample(LeafName.stored) * perTask, batch.perSample(LeafName.high),
        batch.perSample(LeafName.low),
      ] + batch.sampleNumbers(forms)
    return direction * factor(batch) * sum(rows, columns, forms)
  }

  /// Σᵢⱼ of the body under its masks and weights [tasks].
  private func sum(_ rows: [Tensor], _ columns: [Tensor], _ forms: [PairForm]) -> Tensor {
    let pair = Graph()
    let numbers = (0..<forms.numberCount).map { "Number\($0)" }
    let row = (["Score", "High", "Low"] + numbers).map { pair.input("row" + $0, .scalar) }
    let column = (["Score", "High", "Low"] + numbers).map { pair.input("column" + $0, .scalar) }
    var value = term(row, above: column, forms)
    if pairing == .symmetric { value = value + term(column, above: row, forms) }
    return pairReduce(
      of: value, .all, rows: row, columns: column, scalars: [],
      over: PairOperands(rows: rows, columns: columns, scalars: []))
  }

  /// [upper above lower] w b(upper, lower), from each side's score, high and low key and numbers.
  private func term(_ upper: [Tensor], above lower: [Tensor], _ forms: [PairForm]) -> Tensor {
    var mask: Tensor = greater(upper[1], lower[2])
    if let weight = forms.weight(Array(upper[3...]), Array(lower[3...])) { mask = mask * weight }
    return mask * body(Side(score: upper[0]), Side(score: lower[0]))
  }

  /// What the sum over pairs is multiplied by [tasks].
  private func factor(_ batch: TaskBatch) -> Tensor {
    let rows = batch.rowCount
    let sample = batch.sampleCount
    var factor: Tensor
    switch normalization {
    case .allOrderedPairs:
      factor = 1 / (rows * sample)
    case .comparablePairs:
      factor = batch.perTask(LeafName.pairs) / rows
      if pairing == .oneSided { factor = 2 * factor }
    }
    // A batch stands for the sample on both sides.
    if partners == .batch { factor = factor * (sample / rows) }
    return factor
  }
}
