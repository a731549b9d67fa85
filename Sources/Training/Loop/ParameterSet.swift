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
      if case .given(let given) = parameter.initializer {
        values[parameter.name] = given
        continue
      }
      var random = CounterRandom(seed: seed, named: "parameter " + parameter.name)
      values[parameter.name] = (0..<parameter.count).map { _ in
        switch parameter.initializer {
        case .heNormal(let fanIn): random.normal() * (2 / Double(max(1, fanIn))).squareRoot()
        case .zeros, .given: 0
        case .uniform(let bound): (2 * random.uniform() - 1) * bound
        case .constant(let value): value
        }
      }
    }
  }

  package subscript(name: String) -> [Double] { values[name] ?? [] }
}

extension TrainedParameter {
  /// The norm of the weights that leave each input [inputs], one list for each copy of the weight.
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

  /// The norm of the weights through which each task reads each input, one list a task.
  ///
  /// Where a task's weight is the sum of a shared one and its own, it is that of the sum; where all tasks
  /// read the same weights, all lists are equal.
  func taskColumnNorms(_ values: [Double], taskCount: Int) -> [[Double]] {
    switch copies {
    case .tasks: return columnNorms(values)
    case .sharedAndTasks:
      let size = count / (1 + taskCount)
      let sums = (1...taskCount).flatMap { task in
        (0..<size).map { values[$0] + values[task * size + $0] }
      }
      return Array(columnNorms(Array(values[..<size]) + sums).dropFirst())
    case .none, .others:
      let parts = columnNorms(values)
      guard var sum = parts.first else { return [] }
      if parts.count > 1 {
        sum = sum.indices.map { column in
          parts.reduce(0) { $0 + $1[column] * $1[column] }.squareRoot()
        }
      }
      return Array(repeating: sum, count: taskCount)
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
    return weight.taskColumnNorms(set[weight.name], taskCount: tasks.count)
  }

  /// The weight [tasks, units, features] through which each task's own encoder sees the features, whatever
  /// stands beside it; nil without `OwnEncoder`.
  var ownWeight: TrainedParameter? {
    parameters.first {
      $0.copies == .tasks && $0.name.hasSuffix(".own.0.weight") && $0.extents.last == featureCount
    }
  }

  /// The column norms of each task's own encoder; empty without `OwnEncoder`.
  func ownColumnNorms(_ set: ParameterSet) -> [[Double]] {
    ownWeight.map { $0.columnNorms(set[$0.name]) } ?? []
  }
}
