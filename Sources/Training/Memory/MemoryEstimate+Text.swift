extension MemoryEstimate {
  /// A line an item and their sum, in megabytes of 10⁶ bytes.
  public var text: String {
    let sum = Item("in all", byteCount, isShared: true)
    let width = (items + [sum]).map(\.name.count).max() ?? 0
    return (items.filter { $0.byteCount > 0 } + [sum]).map { item in
      let name = item.name + String(repeating: " ", count: width - item.name.count)
      let times = item.isShared || concurrentFits == 1 ? "" : "  × \(concurrentFits) fits"
      let amount = Self.megabytes(item.byteCount)
      return name + String(repeating: " ", count: max(2, 12 - amount.count)) + amount + times
    }.joined(separator: "\n")
  }

  /// `412.3 MB`.
  static func megabytes(_ byteCount: Int) -> String {
    let tenths = (byteCount + 50_000) / 100_000
    return "\(tenths / 10).\(tenths % 10) MB"
  }
}
