import Foundation

/// The options that every command takes.
public enum CommonOptions {
  /// Fixes every random choice: the same seed gives the same bits for any number of threads.
  public static let seed = Argument<UInt64>.option(
    "seed", "N", default: 1, "Fixes every random choice")

  public static let threads = Argument<Int>.option(
    "threads", "N", default: ProcessInfo.processInfo.activeProcessorCount, showing: "all cores",
    check: .within(1...1024), "Worker threads; results do not depend on it")

  public static let json = Argument<Bool>.flag("json", "Print JSON for other programs")
  public static let quiet = Argument<Bool>.flag("quiet", "No progress and no notes on stderr")
  public static let help = Argument<Bool>.flag("help", "Show this help (also -h)")

  static let all: [any ArgumentDeclaration] = [seed, threads, json, quiet, help]
}
