import Foundation

/// The files of this repository.
enum Repository {
  static let root = URL(fileURLWithPath: #filePath)
    .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()

  /// In the order of their paths.
  static func files(below folder: String, endingIn ending: String) throws -> [URL] {
    let base = root.appendingPathComponent(folder)
    let paths = try FileManager.default.subpathsOfDirectory(atPath: base.path)
    return paths.filter { $0.hasSuffix(ending) }.sorted().map(base.appendingPathComponent)
  }

  /// Every guide, with its path in the repository.
  static func guides() throws -> [Guide] {
    let pages = try files(below: "Docs", endingIn: ".md")
    let front = ["README.md", "CONTRIBUTING.md"].map(root.appendingPathComponent)
    return try (front + pages).map { url in
      Guide(
        path: String(url.path.dropFirst(root.path.count + 1)),
        text: try String(contentsOf: url, encoding: .utf8))
    }
  }
}
