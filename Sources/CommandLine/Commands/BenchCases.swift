import RankineStudies

/// `1,2,4`: numbers of threads, for one case each.
struct CountList: ArgumentValue, Equatable {
  static let expectation: String = "whole numbers from 1 to 1024 separated by commas"
  let counts: [Int]
  var argumentText: String? { counts.map(\.description).joined(separator: ",") }

  init(_ counts: [Int]) { self.counts = counts }

  init?(argumentText: String) {
    let texts = argumentText.split(separator: ",", omittingEmptySubsequences: false)
    counts = texts.compactMap { Int($0.trimmed) }
    guard counts.count == texts.count, counts.allSatisfy((1...1024).contains) else { return nil }
  }
}

/// `64x600`: rows and columns of a sum over pairs.
struct PairExtents: ArgumentValue, Equatable {
  static let expectation: String = "ROWSxCOLUMNS such as 64x600"
  let rows: Int
  let columns: Int
  var argumentText: String? { "\(rows)x\(columns)" }

  /// At most 2³¹ − 1 each, so that their product is a number of pairs.
  init?(argumentText: String) {
    let parts = argumentText.split(separator: "x", omittingEmptySubsequences: false)
    guard parts.count == 2, let rows = Int32(parts[0]), let columns = Int32(parts[1]),
      rows > 0, columns > 0
    else { return nil }
    (self.rows, self.columns) = (Int(rows), Int(columns))
  }
}

extension ValueCheck where Value == NameList {
  /// Some of these names; a misspelt one gets the nearest suggested.
  static func someOf(_ choices: [String]) -> ValueCheck {
    let one = ValueCheck<String>.oneOf(choices)
    return ValueCheck(
      "names among \(choices.joined(separator: ", ")), separated by commas",
      remedy: { text in
        let names = NameList(argumentText: text)?.names ?? []
        return names.first { !choices.contains($0) }.flatMap(one.remedy)
      },
      accepts: { $0.names.allSatisfy(choices.contains) })
  }
}
