import RankineGraph

/// What one pass over the layers of a network collects.
final class NetworkPass {
  let graph: Graph
  /// [rows, features].
  let features: Tensor
  let isTraining: Bool
  /// 1 in each task's rows, else 0 [tasks, rows]; nil where all tasks share the rows.
  let ownRows: Tensor?
  /// How tasks read rows of their own alone; nil where each is computed on all rows.
  let rowSets: RowSets?
  /// Added to the names of the parameters' leaves.
  private let suffix: String
  /// The weight that all readers of the features share; nil where each declares its own.
  private let inputWeight: InputWeight?
  private(set) var parameters: [LoweredParameter] = []
  /// The first weight that the network declares.
  private(set) var firstWeight: Tensor?
  /// Those that have asked for a product with the features.
  private(set) var readers: [InputReader] = []
  /// Terms of the objective that layers add.
  private(set) var terms: [Tensor] = []
  /// What rescaling makes of parameters.
  private(set) var renewals: [(leaf: Tensor, value: Tensor)] = []
  private var weightCount = 0
  private var streamCount = 0
  private var joint: Tensor?

  init(
    graph: Graph, features: Tensor, isTraining: Bool, ownRows: Tensor? = nil,
    rowSets: RowSets? = nil, suffix: String, inputWeight: InputWeight?
  ) {
    self.graph = graph
    self.features = features
    self.isTraining = isTraining
    (self.ownRows, self.rowSets) = (ownRows, rowSets)
    self.suffix = suffix
    self.inputWeight = inputWeight
  }

  /// A stream of random numbers that no other layer has.
  func nextStream() -> Int {
    streamCount += 1
    return streamCount - 1
  }

  func add(_ term: Tensor) { terms.append(term) }

  func renew(_ leaf: Tensor, to value: Tensor) { renewals.append((leaf, value)) }

  func declare(
    _ name: String, _ shape: Shape, _ initializer: Initializer, isWeight: Bool,
    penalty: (any Penalty)?, copies: WeightCopies, role: ParameterRole = .network
  ) -> Tensor {
    let name = name + suffix
    let leaf = graph.input(name, shape)
    do throws(Misuse) { try penalty?.validate(on: copies) } catch {
      graph.report(GraphError(error.code, error.message, hint: error.hint))
    }
    parameters.append(
      LoweredParameter(
        leaf: leaf, name: name, initializer: initializer, decays: isWeight && weightCount > 0,
        penalty: penalty, copies: copies, role: role))
    if isWeight {
      weightCount += 1
      if firstWeight == nil { firstWeight = leaf }
    }
    return leaf
  }

  /// A reader's part of the product of the features with the weight that all readers share; nil where
  /// the reader has a weight of its own.
  func featureProduct(_ reader: InputReader) -> Tensor? {
    readers.append(reader)
    guard let inputWeight, let start = inputWeight.start(of: reader.path) else { return nil }
    let width: Dimension = features.shape[1]
    let weight =
      joint
      ?? declare(
        InputWeight.name, [.fixed(inputWeight.rowCount), width],
        .heNormal(fanIn: width.count ?? 1), isWeight: true,
        penalty: inputWeight.penalty, copies: .none)
    joint = weight
    let part = matmul(features, weight, transposeB: true)
      .sliced(1, from: start, count: reader.rowCount)
    let stacked = part.reshaped(
      to: Shape(
        [features.shape[0]] + reader.copies.map { .fixed($0) } + [.fixed(reader.outputs)]))
    let last = reader.copies.count + 1
    return stacked.transposed(Array(1..<last) + [0, last])
  }
}
