import Foundation
import RankineSupport

extension StrengthFit {
  /// What is not an array.
  private struct Records: Codable {
    let strength: StrengthRecord
    let epochs: [EpochRecord]
  }

  private static let key = "records"

  /// All of it as a file, from which it reads back to the same bits.
  func file() throws -> WeightFile {
    let records = try RecordFile.encode(Records(strength: record, epochs: epochs))
    var file = WeightFile(metadata: [Self.key: String(decoding: records, as: UTF8.self)])
    for (kind, set) in [("last", last), ("averaged", averaged)] {
      for (name, values) in set.values.sorted(by: { $0.key < $1.key }) {
        file.append("\(kind)/\(name)", shape: [values.count], .double(values))
      }
    }
    for (task, scores) in heldScores.enumerated() {
      file.append("held/\(task)", shape: [scores.count], .double(scores))
    }
    return file
  }

  /// Nil for a file of something else.
  init?(_ file: WeightFile) {
    guard let text = file.metadata[Self.key],
      let records = try? RecordFile.decode(Records.self, from: Data(text.utf8), path: Self.key)
    else { return nil }
    var sets = ["last": ParameterSet(), "averaged": ParameterSet()]
    var held: [Int: [Double]] = [:]
    for tensor in file.tensors {
      let parts = tensor.name.split(separator: "/", maxSplits: 1).map(String.init)
      guard parts.count == 2, case .double(let values) = tensor.values else { return nil }
      if let task = Int(parts[1]), parts[0] == "held" {
        held[task] = values
      } else {
        sets[parts[0]]?.values[parts[1]] = values
      }
    }
    guard let last = sets["last"], let averaged = sets["averaged"],
      held.keys.sorted() == Array(0..<held.count)
    else { return nil }
    self.init(
      record: records.strength, epochs: records.epochs, last: last, averaged: averaged,
      heldScores: (0..<held.count).compactMap { held[$0] })
  }
}
