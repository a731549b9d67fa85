import Foundation

/// The files of this repository.
enum Repository {
  private static let root = URL(fileURLWithPath: #filePath)
    .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()

  static func has(_ path: String) -> Bool {
    FileManager.default.fileExists(atPath: root.appendingPathComponent(path).path)
  }

  static func text(of path: String) throws -> String {
    try String(contentsOf: root.appendingPathComponent(path), encoding: .utf8)
  }

  /// Paths below a folder, in their order.
  static func files(below folder: String, endingIn ending: String) throws -> [String] {
    let base = root.appendingPathComponent(folder)
    return try FileManager.default.subpathsOfDirectory(atPath: base.path)
      .filter { $0.hasSuffix(ending) }.sorted().map { folder + "/" + $0 }
  }

  /// Every guide, with its path.
  static func guides() throws -> [Guide] {
    let paths = ["README.md", "CONTRIBUTING.md"] + (try files(below: "Docs", endingIn: ".md"))
    return try paths.map { Guide(path: $0, text: try text(of: $0)) }
  }
}
