/// How large a benchmark's data and network are.
package struct BenchmarkShape: Sendable, Equatable {
  /// Rows.
  package var n: Int
  /// Features.
  package var p: Int
  /// Units of the shared layer.
  package var h: Int
  /// Units of each of a task's two layers.
  package var m: Int
  /// Rows of a mini-batch.
  package var batch: Int
  package var tasks: Int

  /// The sizes that are compared with other frameworks.
  package enum Size: String, CaseIterable, Sendable {
    case small = "S"
    case medium = "M"
    case large = "L"

    package var shape: BenchmarkShape {
      switch self {
      case .small: BenchmarkShape(n: 600, p: 500, h: 64, m: 32, batch: 64, tasks: 2)
      case .medium: BenchmarkShape(n: 2000, p: 2000, h: 128, m: 64, batch: 128, tasks: 2)
      case .large: BenchmarkShape(n: 10_000, p: 5000, h: 256, m: 64, batch: 256, tasks: 5)
      }
    }
  }

  package init(n: Int, p: Int, h: Int, m: Int, batch: Int, tasks: Int) {
    (self.n, self.p, self.h, self.m) = (n, p, h, m)
    (self.batch, self.tasks) = (batch, tasks)
  }

  /// Mini-batches of an epoch; what is left over is dropped.
  package var stepsPerEpoch: Int { n / batch }

  /// The first half of the tasks, rounded up, is continuous and the rest binary.
  func isBinary(task: Int) -> Bool { task >= (tasks + 1) / 2 }
}
