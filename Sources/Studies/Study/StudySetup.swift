import Foundation
import RankineData
import RankineSupport
import RankineTraining

/// What all cells of a study share: the data that are drawn, and how models are trained.
public struct StudySetup: Codable, Sendable, Equatable {
  /// How data are drawn; setting and variant are those of the cell.
  public let simulation: Simulation
  public let options: TrainingOptions
  /// The version that ran it.
  public let version: String

  init(simulation: Simulation, options: TrainingOptions) {
    var simulation = simulation
    (simulation.setting, simulation.cubesSecondResponse) = (1, false)
    (self.simulation, self.options, version) = (simulation, options, Release.version)
  }

  /// The seed of every model's first weights and batches: the same in all settings and variants.
  func seed(ofReplication number: Int) -> UInt64 {
    var random = CounterRandom(seed: simulation.seed, named: "study replication \(number)")
    // Short enough to be typed again after --seed.
    return random.next() >> 40
  }

  /// The data of a cell.
  ///
  /// - Throws: `DataError` (`bad-simulation`) for a parameter out of range.
  func data(of cell: StudyCell) throws(DataError) -> SimulatedData {
    var own = simulation
    own.setting = cell.condition.setting
    own.cubesSecondResponse = cell.condition.variant == .cubed
    return try own.replication(cell.replication)
  }

  /// The first value in which another setup differs, as `name = own value, not other value`; nil when
  /// they are equal.
  func difference(from other: StudySetup) -> String? {
    RankineStudies.difference(between: self, and: other)
  }
}

/// The first field, in alphabetical order of paths, in which two records differ.
func difference(between first: some Encodable, and second: some Encodable) -> String? {
  let (own, others) = (fields(of: first), fields(of: second))
  for path in Set(own.keys).union(others.keys).sorted() where own[path] != others[path] {
    return "\(path) = \(own[path] ?? "none"), not \(others[path] ?? "none")"
  }
  return nil
}

/// The values of a record by their paths: `options.epochs` is `200`.
private func fields(of record: some Encodable) -> [String: String] {
  var result: [String: String] = [:]
  func visit(_ value: Any, _ path: String) {
    if let object = value as? [String: Any] {
      for (key, part) in object { visit(part, path.isEmpty ? key : "\(path).\(key)") }
    } else if let list = value as? [Any] {
      result[path] = list.map { "\($0)" }.joined(separator: ",")
    } else {
      result[path] = "\(value)"
    }
  }
  if let bytes = try? RecordFile.encode(record),
    let value = try? JSONSerialization.jsonObject(with: bytes)
  {
    visit(value, "")
  }
  return result
}
