/// Coefficients of standardized features, a list a task, and the intercepts of centred ones.
struct SparseCoefficients: Sendable, Equatable {
  var values: [[Double]]
  /// Only logistic tasks have one that is not 0: gaussian responses are centred.
  var intercepts: [Double]

  init(tasks: Int, features: Int) {
    values = Array(repeating: Array(repeating: 0, count: features), count: tasks)
    intercepts = Array(repeating: 0, count: tasks)
  }

  init(_ values: [[Double]]) {
    self.values = values
    intercepts = Array(repeating: 0, count: values.count)
  }

  func support(_ task: Int) -> [Int] {
    let own = values[task]
    return own.indices.filter { own[$0] != 0 }
  }

  var supports: [[Int]] { values.indices.map(support) }

  /// Features that any task uses, ascending.
  var union: [Int] {
    guard var isUsed = values.first?.map({ $0 != 0 }) else { return [] }
    for own in values.dropFirst() {
      for j in own.indices where own[j] != 0 { isUsed[j] = true }
    }
    return isUsed.indices.filter { isUsed[$0] }
  }

  /// Features by the Euclidean norm of their coefficients over tasks.
  var rowNorms: [Double] {
    guard var sums = values.first?.map({ $0 * $0 }) else { return [] }
    for own in values.dropFirst() {
      for j in own.indices { sums[j] += own[j] * own[j] }
    }
    return sums.map { $0.squareRoot() }
  }
}
