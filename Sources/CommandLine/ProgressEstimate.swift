import Foundation

/// How far a task is and how long the rest takes, if it goes on at the mean speed so far.
struct ProgressEstimate: Equatable {
  /// Steps done and to do.
  let done: Int
  let total: Int
  /// Seconds since the start.
  let elapsed: Double

  init(done: Int, total: Int, elapsed: Double) {
    self.total = max(1, total)
    self.done = min(max(0, done), self.total)
    self.elapsed = max(0, elapsed)
  }

  /// Rounded down, so that 100 means complete.
  var percent: Int { Int(100 * Double(done) / Double(total)) }

  /// elapsed · (total − done) / done, in seconds; nil before the first step is done.
  var remaining: Double? {
    done == 0 ? nil : elapsed * Double(total - done) / Double(done)
  }

  /// `"training  40%  about 3 s left  epoch 4"`.
  func line(for task: String, detail: String) -> String {
    var parts = [task, "\(percent)%"]
    if let remaining { parts.append("about \(Self.text(ofSeconds: remaining)) left") }
    if !detail.isEmpty { parts.append(detail) }
    return parts.joined(separator: "  ")
  }

  /// In the two largest units: `"45 s"`, `"3 min 20 s"`, `"2 h 5 min"`.
  static func text(ofSeconds seconds: Double) -> String {
    let whole = Int(min(seconds.rounded(.up), 1e9))
    switch whole {
    case ..<60: return "\(whole) s"
    case ..<3600: return "\(whole / 60) min \(whole % 60) s"
    default: return "\(whole / 3600) h \(whole % 3600 / 60) min"
    }
  }
}
