import CAllocationCounter
import Foundation
import RankineStudies

/// `rankine bench`: how long a training step takes, or a sum over pairs.
struct BenchCommand: Command {
  let name = "bench"
  let summary = "time training steps of a fixed model, or sums over pairs"

  private static let size = Argument<NameList>.option(
    "size", "S|M|L", default: .init(["S"]),
    check: .someOf(BenchmarkShape.Size.allCases.map(\.rawValue)),
    "Rows, features and units of the model, one or more")
  private static let variant = Argument<NameList>.option(
    "variant", "NAME", default: .init(["rank"]),
    check: .someOf(StepBenchmark.Variant.allCases.map(\.rawValue)), "What is trained, one or more")
  private static let allCores = ProcessInfo.processInfo.activeProcessorCount
  private static let threads = Argument<NumberList>.option(
    "threads", "N", default: .init(allCores...allCores), showing: "all cores", check: .upTo(1024),
    "Worker threads, one or more numbers; results do not depend on it")
  private static let steps = Argument<Int>.option(
    "steps", "N", default: 200, check: .atLeast(1),
    "Steps to time in a run, after \(StepBenchmark.warmUp) that are not")
  private static let runs = Argument<Int>.option(
    "runs", "N", default: 3, check: .atLeast(1), "How often to time so many steps or sums")
  private static let tape = Argument<Bool>.flag(
    "tape", "List the instructions of a step with the median time of each instead")
  private static let reference = Argument<String?>.optional(
    "reference", "FILE",
    "Train on the arrays of an npz file, print the losses of its steps, and time more of them")
  private static let n = Argument<Int?>.optional(
    "n", "N", check: .atLeast(1), "Rows, instead of the size's")
  private static let p = Argument<Int?>.optional(
    "p", "N", check: .atLeast(1), "Features, instead of the size's")
  private static let tasks = Argument<Int?>.optional(
    "tasks", "N", check: .atLeast(1), "Tasks, instead of the size's")
  private static let batch = Argument<Int?>.optional(
    "batch", "N", check: .atLeast(1), "Rows of a mini-batch, instead of the size's")
  private static let pairs = Argument<PairExtents?>.optional(
    "pairs", "ROWSxCOLUMNS", "Time a sum over so many pairs and its slopes instead")
  private static let body = Argument<NameList>.option(
    "body", "NAME", default: .init(["built-in"]),
    check: .someOf(PairBenchmark.Body.allCases.map(\.rawValue)),
    "What is summed over pairs, one or more")
  private static let bandwidth = Argument<Double>.option(
    "bandwidth", "X", default: 0.25, check: .within(1e-6...1e6),
    "What the scores of pairs are divided by, in units of their standard deviation")
  private static let linear = Argument<String?>.optional(
    "linear", "FILE",
    "Time a linear model with a group lasso along a path instead, on the arrays of an npz file")
  private static let precision = Argument<Double>.option(
    "precision", "X", default: 1e-5, check: .within(1e-14...0.1),
    "With --linear, how still coefficients have to be, in deviations of the response")

  let arguments: [any ArgumentDeclaration] = [
    Self.size, Self.variant, Self.threads, Self.steps, Self.runs, Self.n, Self.p, Self.tasks,
    Self.batch, Self.reference, Self.tape, Self.pairs, Self.body, Self.bandwidth,
    Self.linear, Self.precision,
  ]
  let discussion = """
    Prints one JSON line a case. median_us, min_us and max_us are microseconds a step over all runs; \
    refresh_us is the scoring of all rows that opens an epoch, epoch_step_us a step's share of a \
    whole epoch. The data are drawn; sizes S, M and L have 600, 2000 and 10000 rows and 500, 2000 \
    and 5000 features.

    With --tape and --json each instruction is a line with its median time, its floating-point \
    operations, and the bytes that it reads and writes.

    With --linear the file holds X [n, p], Y [n, K] and lambda [m], and the line has the seconds of \
    each run of the path and the objectives that it reached.

    With --pairs it prints ns_per_pair: nanoseconds a pair for the sum and its slopes along both \
    sides.
    """
  let examples = [
    Example("rankine bench --size S,M --variant rank,uniform --threads 1,2", "eight cases"),
    Example("rankine bench --n 20000 --p 5000 --tasks 10 --batch 256", "a size of one's own"),
    Example("rankine bench --pairs 8192x8192 --body built-in,user --threads 1", "pairs alone"),
    Example("rankine bench --tape", "where the time of a step goes"),
  ]

  func run(_ arguments: ParsedArguments, console: Console) throws {
    if let file = arguments[Self.linear] {
      let benchmark = try LinearBenchmark(
        contentsOf: URL(fileURLWithPath: file), precision: arguments[Self.precision])
      return try console.printLine(try benchmark.run(times: arguments[Self.runs]))
    }
    if let extents = arguments[Self.pairs] {
      try timePairs(extents, arguments, console)
      return
    }
    let variants = arguments[Self.variant].names.compactMap(StepBenchmark.Variant.init)
    for (size, sample) in try Self.samples(arguments) {
      for variant in variants {
        for threads in arguments[Self.threads].numbers {
          let benchmark = StepBenchmark(sample(), variant: variant, threads: threads)
          if arguments[Self.tape] {
            try list(benchmark, arguments, console)
          } else {
            try console.printLine(
              try benchmark.run(
                size: size, steps: arguments[Self.steps], runs: arguments[Self.runs],
                countingAllocations: Self.allocations))
          }
        }
      }
    }
  }

  private func timePairs(
    _ extents: PairExtents, _ arguments: ParsedArguments, _ console: Console
  ) throws {
    for body in arguments[Self.body].names.compactMap(PairBenchmark.Body.init) {
      for threads in arguments[Self.threads].numbers {
        let benchmark = PairBenchmark(
          rows: extents.rows, columns: extents.columns, body: body, threads: threads,
          bandwidth: arguments[Self.bandwidth])
        try console.printLine(try benchmark.run(times: arguments[Self.runs]))
      }
    }
  }

  private func list(
    _ benchmark: StepBenchmark, _ arguments: ParsedArguments, _ console: Console
  ) throws {
    for timing in try benchmark.instructionTimings(runs: arguments[Self.steps]) {
      if arguments[CommonOptions.json] {
        try console.printLine(timing)
      } else {
        console.print(String(format: "%9.2f µs  ", timing.microseconds) + timing.instruction)
      }
    }
  }

  /// The sizes asked for, each with its data.
  ///
  /// - Throws: `UsageError` (`invalid-value`) for a mini-batch larger than the sample, errors of a
  ///   reference file that cannot be read.
  private static func samples(
    _ arguments: ParsedArguments
  ) throws -> [(size: String, sample: () -> BenchmarkSample)] {
    if let file = arguments[Self.reference] {
      let ownSizes = [
        arguments.isGiven(Self.size), arguments.isGiven(Self.n), arguments.isGiven(Self.p),
        arguments.isGiven(Self.tasks), arguments.isGiven(Self.batch),
      ]
      guard !ownSizes.contains(true) else {
        throw UsageError(
          .invalidValue, in: "--reference",
          "the file says how many rows, features and tasks there are",
          hint: "leave out --size, --n, --p, --tasks and --batch")
      }
      let sample = try BenchmarkSample(reference: URL(fileURLWithPath: file))
      return [(URL(fileURLWithPath: file).deletingPathExtension().lastPathComponent, { sample })]
    }
    return try arguments[Self.size].names.compactMap(BenchmarkShape.Size.init).map { size in
      var shape = size.shape
      shape.n = arguments[Self.n] ?? shape.n
      shape.p = arguments[Self.p] ?? shape.p
      shape.tasks = arguments[Self.tasks] ?? shape.tasks
      shape.batch = arguments[Self.batch] ?? shape.batch
      guard shape.batch <= shape.n else {
        throw UsageError(
          .invalidValue, in: "--batch",
          "a mini-batch of \(shape.batch) rows is larger than the sample of \(shape.n)")
      }
      return (size.rawValue, { [shape] in BenchmarkSample(drawing: shape) })
    }
  }

  /// Calls of the allocator while the closure runs.
  private static func allocations(during body: () throws -> Void) throws -> Int? {
    guard allocation_counter_is_available() != 0 else { return nil }
    allocation_counter_start()
    defer { _ = allocation_counter_stop() }
    try body()
    return allocation_counter_stop()
  }
}

extension Console {
  /// Writes a value as one line of JSON.
  ///
  /// - Throws: `EncodingError` when a value's own `encode(to:)` does.
  fileprivate func printLine(_ value: some Encodable) throws {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
    print(String(decoding: try encoder.encode(value), as: UTF8.self))
  }
}
