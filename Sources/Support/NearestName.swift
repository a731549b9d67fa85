/// Finds what a misspelt name probably meant.
///
/// - Returns: the candidate with the smallest edit distance (optimal string alignment, letter case
///   ignored), the first of equals; nil when none is within a third of the name's length (at least 1).
public func nearestName(to name: String, among candidates: some Sequence<String>) -> String? {
  let wanted = Array(name.lowercased())
  let limit = max(1, wanted.count / 3)
  var best: (name: String, distance: Int)?
  for candidate in candidates {
    let distance = editDistance(wanted, Array(candidate.lowercased()))
    if distance <= limit, distance < best?.distance ?? .max { best = (candidate, distance) }
  }
  return best?.name
}

/// The remedy for a name that is not there: the nearest one, else the choices.
public func suggestion(for name: String, among candidates: some Sequence<String>) -> String {
  if let nearest = nearestName(to: name, among: candidates) {
    return "did you mean \"\(nearest)\"?"
  }
  let shown = candidates.prefix(12).joined(separator: ", ")
  return shown.isEmpty ? "there are none to choose from" : "choose from: \(shown)"
}

private func editDistance(_ a: [Character], _ b: [Character]) -> Int {
  var beforePrevious = [Int](), previous = Array(0...b.count)
  for i in a.indices {
    var current = [i + 1]
    for j in b.indices {
      var cost = min(current[j] + 1, previous[j + 1] + 1, previous[j] + (a[i] == b[j] ? 0 : 1))
      if i > 0, j > 0, a[i] == b[j - 1], a[i - 1] == b[j] {
        cost = min(cost, beforePrevious[j - 1] + 1)
      }
      current.append(cost)
    }
    (beforePrevious, previous) = (previous, current)
  }
  return previous[b.count]
}
