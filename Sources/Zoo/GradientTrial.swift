import RankineData
import RankineGraph
import RankineLanguage
import RankineSupport
import RankineTraining

/// Holds the gradient of a model's objective, penalties included, against finite differences in
/// Double.
///
/// The parameters, the stored scores of the previous epoch and the strength of a path, 0.1, are
/// made up; the features and outcomes are those of the data.
package struct GradientTrial {
  private let model: Model
  private let data: Dataset
  private let seed: UInt64

  /// Rows that take part: the interpreter is slow.
  private static let mostRows = 32
  /// λ where the model leaves it to a path.
  private static let pathStrength = 0.1

  package init(_ model: Model, on data: Dataset, seed: UInt64 = 1) {
    (self.model, self.data, self.seed) = (model, data, seed)
  }

  /// - Returns: a certificate for each parameter of the network and of the balancing, for the stored
  ///   scores that rows are compared with, and of each task's own network, with the task in front,
  ///   where tasks are independent.
  /// - Throws: `ModelError` for a model that does not fit the data, `DataError`, `GraphError`.
  package func run() throws -> [(network: String?, certificate: GradientCertificate)] {
    let rows = try rows()
    let features = try data.preprocessor(fittedOn: rows).transform(data.table)
    let networks = try model.networks(ofTasks: data.outcomes.map(\.name))
    return try networks.filter { $0.copy == 0 }.flatMap { network in
      try certificates(of: network, features, rows: rows).map { (network.label, $0) }
    }
  }

  /// Some rows with the classes and events of all.
  private func rows() throws -> [Int] {
    let rest = data.rowCount - Self.mostRows
    guard rest > 0 else { return Array(0..<data.rowCount) }
    return try Split.ratio(Double(Self.mostRows), 0, Double(rest))
      .parts(of: data, seed: seed).training
  }

  private func certificates(
    of network: NetworkPlan, _ features: FeatureMatrix, rows: [Int]
  ) throws -> [GradientCertificate] {
    let outcomes = network.tasks.map { data.outcomes[$0] }
    let lowered = try LoweredModel(
      network.model, features: features.columnCount,
      tasks: outcomes.map { TaskDescription($0) })
    let objective = lowered.objective()
    let parameters = lowered.parameters + objective.extraParameters
    var bindings = Bindings(
      leaves(TrainingSample(features, outcomes: outcomes, rows: rows)),
      extents: [
        Dimension.sample.description: rows.count, Dimension.batch.description: rows.count,
      ])
    var random = CounterRandom(seed: seed, named: "gradient check")
    for parameter in parameters {
      let extents = parameter.leaf.shape.dimensions.map { $0.count ?? 1 }
      let scale = 1 / Double(max(1, extents.last ?? 1)).squareRoot()
      // What starts at a number, such as the divisor of a factor, may have to stay away from 0.
      var center = 0.0
      if case .constant(let value) = parameter.initializer { center = value }
      let spread = center == 0 ? scale : 0.2 * abs(center)
      bindings.leaves[parameter.name] = NumericArray(extents) { _ in
        center + spread * random.normal()
      }
    }
    for state in objective.states {
      let extents = state.leaf.shape.dimensions.map { $0.count ?? 1 }
      bindings.leaves[state.leaf.node.attribute.leafName] = NumericArray(
        repeating: state.initial, extents)
    }
    return try checkGradients(
      of: penalized(objective.total, parameters),
      along: parameters.map(\.leaf) + storedScores(in: lowered.graph), at: bindings, seed: seed,
      holdsDetached: true)
  }

  /// The scores that rows are compared with, where the objective reads them: training holds them
  /// fixed, and a slope along them is the other half of a sum over pairs.
  private func storedScores(in graph: Graph) -> [Tensor] {
    graph.nodes.indices.filter { graph.nodes[$0].attribute.leafName == LeafName.stored }
      .map(graph.tensor)
  }

  private func penalized(_ loss: Tensor, _ parameters: [LoweredParameter]) -> Tensor {
    parameters.reduce(loss) { sum, parameter in
      guard let penalty = parameter.penalty else { return sum }
      let strength: Double
      switch penalty.strength {
      case .path: strength = Self.pathStrength
      case .fixed(let value): strength = value
      case .none: return sum
      }
      return sum
        + penalty.value(
          parameter.leaf, strength: loss.graph.constant(strength), columnWeights: nil)
    }
  }

  private func leaves(_ sample: TrainingSample) -> [String: NumericArray] {
    let (n, tasks) = (sample.rowCount, sample.taskCount)
    var random = CounterRandom(seed: seed, named: "stored scores")
    let leaves: [String: NumericArray] = [
      LeafName.features: NumericArray([n, sample.featureCount], sample.features.doubles),
      LeafName.rows: NumericArray([n], (0..<n).map(Double.init)),
      LeafName.stored: NumericArray([tasks, n], (0..<(tasks * n)).map { _ in random.normal() }),
      LeafName.spread: NumericArray(repeating: 1, [tasks]),
      LeafName.pairs: NumericArray([tasks], sample.pairs.factors),
      LeafName.share: NumericArray([tasks], sample.shares),
      LeafName.step: NumericArray(1),
      LeafName.epoch: NumericArray(0),
    ]
    return sample.rowLeaves.reduce(into: leaves) {
      $0[$1.name] = NumericArray([tasks, n], $1.values)
    }
  }
}
