/// A layer's product with the features.
struct InputReader {
  /// The name of the weight that it would have alone.
  let path: String
  /// The leading axes of its result.
  let copies: [Int]
  let outputs: Int
  let penalty: (any Penalty)?

  /// Rows of a weight that makes all its outputs.
  var rowCount: Int { copies.reduce(outputs, *) }
}

/// The weight of all layers that read the features, one below the other.
///
/// A column of it holds all that leaves a feature, so that a penalty on columns keeps or removes the
/// feature for all of its readers, and the norm of a column is the feature's importance.
struct InputWeight {
  /// Of the parameter.
  static let name = "input.weight"

  private let readers: [InputReader]
  /// The one that a reader declares.
  let penalty: (any Penalty)?

  /// - Returns: nil where the readers keep weights of their own: a single one, in the shared part or
  ///   with a copy for each task.
  /// - Throws: `Misuse` when readers declare different penalties.
  init?(_ readers: [InputReader], taskCount: Int) throws(Misuse) {
    let isAlone =
      readers.count < 2 && readers.allSatisfy { $0.copies.isEmpty || $0.copies == [taskCount] }
    guard !isAlone else { return nil }
    self.readers = readers
    let penalties = readers.compactMap(\.penalty)
    penalty = penalties.first
    guard let other = penalties.first(where: { $0.summary != penalties[0].summary }) else { return }
    throw Misuse(
      "several-penalties",
      "weights of the features are penalized by \(penalties[0].summary) and by \(other.summary)",
      hint: "layers that read the features have one weight: give all of them the same penalty")
  }

  var rowCount: Int { readers.reduce(0) { $0 + $1.rowCount } }

  /// The first row of a reader; nil for one that is not known.
  func start(of path: String) -> Int? {
    guard let index = readers.firstIndex(where: { $0.path == path }) else { return nil }
    return readers[..<index].reduce(0) { $0 + $1.rowCount }
  }
}
