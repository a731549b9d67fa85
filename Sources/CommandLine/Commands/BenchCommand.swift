import Foundation
import RankineStudies

/// `rankine bench`: how long a training step takes.
struct BenchCommand: Command {
  let name = "bench"
  let summary = "time training steps of a fixed model"

  private static let size = Argument<String>.option(
    "size", "S|M|L", default: "S", check: .oneOf(StepBenchmark.Size.allCases.map(\.rawValue)),
    "Rows, features and units of the model")
  private static let variant = Argument<String>.option(
    "variant", "NAME", default: "rank",
    check: .oneOf(StepBenchmark.Variant.allCases.map(\.rawValue)), "What is trained")
  private static let steps = Argument<Int>.option(
    "steps", "N", default: 200, check: .atLeast(1), "Steps to time, after 20 that are not")
  private static let tape = Argument<Bool>.flag(
    "tape", "List the instructions of a step with the median time of each instead")

  let arguments: [any ArgumentDeclaration] = [Self.size, Self.variant, Self.steps, Self.tape]
  let discussion = """
    Prints one JSON line: median_us, min_us and max_us are microseconds a step, refresh_us the \
    scoring of all rows that opens an epoch. The data are drawn; sizes S, M and L have 600, 2000 and \
    10000 rows and 500, 2000 and 5000 features.
    """
  let examples = [
    Example("rankine bench --size M --threads 1", "one case on one thread"),
    Example("rankine bench --tape", "where the time of a step goes"),
  ]

  func run(_ arguments: ParsedArguments, console: Console) throws {
    guard let size = StepBenchmark.Size(rawValue: arguments[Self.size]),
      let variant = StepBenchmark.Variant(rawValue: arguments[Self.variant])
    else { return }
    let benchmark = StepBenchmark(
      size: size, variant: variant, threads: arguments[CommonOptions.threads])
    if arguments[Self.tape] {
      for (line, microseconds) in try benchmark.instructionTimings(runs: arguments[Self.steps]) {
        console.print(String(format: "%9.2f µs  ", microseconds) + line)
      }
    } else {
      let encoder = JSONEncoder()
      encoder.outputFormatting = [.sortedKeys]
      let line = try encoder.encode(try benchmark.run(steps: arguments[Self.steps]))
      console.print(String(decoding: line, as: UTF8.self))
    }
  }
}
