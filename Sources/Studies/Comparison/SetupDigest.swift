import Foundation
import RankineData
import RankineSupport

/// A digest of all that decides a cell's numbers, so that a resumed comparison can tell its own cells
/// from others.
///
/// - Source: FNV-1a, 64 bits (Fowler, Noll and Vo).
struct SetupDigest {
  private var hash: UInt64 = 0xcbf2_9ce4_8422_2325

  /// What all cells of a comparison share. Predictors enter by what preprocessing learns from all rows.
  init(_ comparison: Comparison) throws {
    let data = comparison.data
    let preprocessor = try data.preprocessor(fittedOn: Array(0..<data.rowCount))
    add(try RecordFile.encode(preprocessor))
    add(try RecordFile.encode(data.declarations))
    for outcome in data.outcomes {
      for value in outcome.values { add(value.bitPattern) }
      for event in outcome.event ?? [] { add(event ? 1 : 2) }
    }
    add(try RecordFile.encode(comparison.split))
    add(try RecordFile.encode(comparison.options))
    add(comparison.seed)
    add(Data(Release.version.utf8))
  }

  /// The digest for one of the models, 16 hexadecimal digits.
  func text(for candidate: Candidate) -> String {
    var digest = self
    digest.add(Data(candidate.name.utf8))
    for setting in candidate.settings {
      digest.add(Data("\n\(setting.name)=\(setting.value)".utf8))
    }
    let digits = String(digest.hash, radix: 16)
    return String(repeating: "0", count: 16 - digits.count) + digits
  }

  private mutating func add(_ bytes: Data) {
    for byte in bytes { hash = (hash ^ UInt64(byte)) &* 0x100_0000_01b3 }
  }

  private mutating func add(_ bits: UInt64) {
    for shift in stride(from: UInt64(0), to: 64, by: 8) {
      hash = (hash ^ (bits >> shift & 0xff)) &* 0x100_0000_01b3
    }
  }
}
