import Foundation

/// The reference network in plain loops: a shared layer, two task layers, one score, all SiLU but the
/// last; weights are [out, in], the tasks' own with a leading axis.
struct PeerModel {
  let features: Int, width: Int, taskWidth: Int, taskCount: Int
  var leaves: [String: [Double]]

  /// The score of a row for a task.
  func score(_ x: [Double], _ task: Int) -> Double {
    let h0 = dense(x, "shared.0", task: 0, from: features, to: width).map(Self.silu)
    let h1 = dense(h0, "task.0", task: task, from: width, to: taskWidth).map(Self.silu)
    let h2 = dense(h1, "task.1", task: task, from: taskWidth, to: taskWidth).map(Self.silu)
    return dense(h2, "task.2", task: task, from: taskWidth, to: 1)[0]
  }

  private func dense(
    _ x: [Double], _ layer: String, task: Int, from inputs: Int, to units: Int
  ) -> [Double] {
    let weight = leaves["\(layer).weight"] ?? [], bias = leaves["\(layer).bias"] ?? []
    return (0..<units).map { unit in
      let row = task * units + unit
      return (0..<inputs).reduce(bias[row]) { $0 + weight[row * inputs + $1] * x[$1] }
    }
  }

  static func sigmoid(_ x: Double) -> Double { 1 / (1 + Foundation.exp(-x)) }
  static func silu(_ x: Double) -> Double { x * sigmoid(x) }

  /// −1/(B n) Σᵢ Σⱼ of a batch against stored scores.
  static func rankLoss(
    _ f: [Double], _ y: [Double], stored: [Double], _ all: [Double], sigma: Double
  ) -> Double {
    var sum = 0.0
    for (fi, yi) in zip(f, y) {
      for (fj, yj) in zip(stored, all) {
        if yi > yj { sum += sigmoid((fi - fj) / sigma) }
        if yi < yj { sum += sigmoid((fj - fi) / sigma) }
      }
    }
    return -sum / Double(f.count * all.count)
  }

  static func huber(_ f: [Double], _ y: [Double], delta: Double) -> Double {
    zip(f, y).map { f, y in
      let r = abs(f - y)
      return r <= delta ? r * r / 2 : delta * (r - delta / 2)
    }.reduce(0, +) / Double(f.count)
  }

  static func crossEntropy(_ f: [Double], _ y: [Double]) -> Double {
    zip(f, y).map { f, y in
      -(y * Foundation.log(sigmoid(f)) + (1 - y) * Foundation.log(sigmoid(-f)))
    }
    .reduce(0, +) / Double(f.count)
  }
}
