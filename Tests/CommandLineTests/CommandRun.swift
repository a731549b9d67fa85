import Foundation
import RankineCommandLine
import RankineSupport

/// A folder of its own for one test, with a data file, removed at the end.
final class Workplace {
  let folder: URL

  /// Sixty rows: two predictors, a constant one, outcomes good and bad, and a text per row.
  init() throws {
    folder = FileManager.default.temporaryDirectory
      .appendingPathComponent("rankine-\(UUID().uuidString)")
    var random = CounterRandom(seed: 1)
    let lines = (0..<60).map { row in
      let (x1, x2) = (random.normal(), random.normal())
      return "\(x1),\(x2),5,\(x1 + 0.3 * random.normal() > 0 ? "yes" : "no"),yes,,\(1 + abs(x2)),"
        + "\(row % 2),0,word\(row)"
    }
    let header = "x1,x2,flat,ill,always,empty,time,event,never,word"
    try write("data.csv", ([header] + lines).joined(separator: "\n") + "\n")
    try write("ragged.csv", "a,b,c\n1,2,3\n4,5\n6,7,8\n")
  }

  deinit { try? FileManager.default.removeItem(at: folder) }

  /// Runs `rankine`; `@` at the start of a word stands for the folder.
  func run(_ words: [String], isTerminal: Bool = false) -> Outcome {
    let paths = words.map { $0.hasPrefix("@") ? folder.path + "/" + $0.dropFirst() : $0 }
    let (output, diagnostics) = (CapturedStream(), CapturedStream(isTerminal: isTerminal))
    let code = main(
      arguments: paths + ["--threads", "1"],
      console: Console(output: output, diagnostics: diagnostics))
    return Outcome(
      code: code, output: anonymous(output.text), diagnostics: anonymous(diagnostics.text))
  }

  /// Everything in the folder, hidden files included.
  var content: [String] {
    ((try? FileManager.default.contentsOfDirectory(atPath: folder.path)) ?? []).sorted()
  }

  func write(_ name: String, _ text: String) throws {
    try writeAtomically(text, to: folder.appendingPathComponent(name))
  }

  func bytes(_ name: String) throws -> Data {
    try readFile(folder.appendingPathComponent(name))
  }

  func text(_ name: String) throws -> String { String(decoding: try bytes(name), as: UTF8.self) }

  private func anonymous(_ text: String) -> String {
    text.replacingOccurrences(of: folder.path + "/", with: "@")
  }
}
