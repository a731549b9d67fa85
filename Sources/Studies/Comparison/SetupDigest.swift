import Foundation
import RankineData
import RankineSupport

/// A digest of all that decides a cell's numbers, so that a resumed comparison can tell its own cells
/// from others.
struct SetupDigest {
  /// What all cells of a comparison share.
  private let shared: Digest

  init(_ comparison: Comparison) throws {
    var digest = Digest()
    try digest.add(comparison.data)
    try digest.add(recordOf: comparison.split)
    try digest.add(recordOf: comparison.options)
    digest.add(comparison.seed)
    digest.add(Release.version.utf8)
    shared = digest
  }

  /// The digest for one of the models, 16 hexadecimal digits.
  func text(for candidate: Candidate) -> String {
    var digest = shared
    digest.add(candidate.name.utf8)
    for setting in candidate.settings {
      digest.add("\n\(setting.name)=\(setting.value)".utf8)
    }
    return digest.text
  }
}
