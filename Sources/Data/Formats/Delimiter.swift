/// Chooses the byte that separates fields.
enum Delimiter {
  private static let choices = [",", "\t", ";", "|"].flatMap { $0.utf8 }

  /// By the file's extension (`csv`, `tsv`, `tab`, before an optional `gz`) when that delimiter is
  /// in the header, else the one of comma, tab, semicolon and bar that is in the header most often.
  static func choose(file: String, bytes: [UInt8]) -> UInt8 {
    let counts = headerCounts(bytes)
    var parts = file.lowercased().split(separator: ".")
    if parts.last == "gz" { parts.removeLast() }
    let named: UInt8? =
      switch parts.last {
      case "csv": UInt8(ascii: ",")
      case "tsv", "tab": UInt8(ascii: "\t")
      default: nil
      }
    if let named, counts[named, default: 0] > 0 { return named }
    var best = named ?? UInt8(ascii: ",")
    for choice in choices where counts[choice, default: 0] > counts[best, default: 0] {
      best = choice
    }
    return best
  }

  private static func headerCounts(_ bytes: [UInt8]) -> [UInt8: Int] {
    var counts: [UInt8: Int] = [:]
    var isQuoted = false
    var hasText = false
    for byte in bytes {
      if byte == UInt8(ascii: "\"") { isQuoted.toggle() }
      if !isQuoted, byte == UInt8(ascii: "\n") || byte == UInt8(ascii: "\r") {
        if hasText { break }
        continue
      }
      hasText = true
      if !isQuoted, choices.contains(byte) { counts[byte, default: 0] += 1 }
    }
    return counts
  }
}
