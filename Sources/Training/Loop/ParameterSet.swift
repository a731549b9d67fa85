import RankineLanguage
import RankineSupport

/// The values of the parameters at one moment, by name, in Double so that either precision fits in
/// without loss.
package struct ParameterSet: Sendable, Equatable {
  package var values: [String: [Double]] = [:]

  package init() {}

  /// The first values, drawn from a stream of random numbers of its own for each parameter.
  package init(initialFor parameters: [TrainedParameter], seed: UInt64) {
    for parameter in parameters {
      var random = CounterRandom(seed: seed, named: "parameter " + parameter.name)
      values[parameter.name] = (0..<parameter.count).map { _ in
        switch parameter.initializer {
        case .heNormal(let fanIn): random.normal() * (2 / Double(max(1, fanIn))).squareRoot()
        case .zeros: 0
        case .uniform(let bound): (2 * random.uniform() - 1) * bound
        case .constant(let value): value
        }
      }
    }
  }

  package subscript(name: String) -> [Double] { values[name] ?? [] }
}

extension TrainedParameter {
  /// The norm of the weights that leave each input: [inputs] of a shared weight; of a weight with a
  /// leading axis of tasks one list each.
  package func columnNorms(_ values: [Double]) -> [[Double]] {
    guard extents.count >= 2, let width = extents.last else { return [] }
    let units = extents[extents.count - 2]
    return (0..<(count / (units * width))).map { part in
      var squares = [Double](repeating: 0, count: width)
      for unit in 0..<units {
        let start = (part * units + unit) * width
        for column in 0..<width {
          let value = values[start + column]
          squares[column] += value * value
        }
      }
      return squares.map { $0.squareRoot() }
    }
  }
}

extension TrainingPrograms {
  /// The weight that sees the features; nil when none does.
  package var firstWeight: TrainedParameter? {
    parameters.first { $0.isOfNetwork && $0.extents.count >= 2 && $0.extents.last == featureCount }
  }

  /// The column norms of the first weight, one list a task.
  package func columnNorms(_ set: ParameterSet) -> [[Double]] {
    guard let weight = firstWeight else { return [] }
    let norms = weight.columnNorms(set[weight.name])
    return norms.count == tasks.count
      ? norms : Array(repeating: norms.first ?? [], count: tasks.count)
  }
}
