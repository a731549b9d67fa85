import RankineSupport

/// Where a command writes: results to the output, progress, notes and errors to the diagnostics.
public struct Console: Sendable {
  public let output: any TextStream
  public let diagnostics: any TextStream
  /// Whether notes and progress are left out.
  public let isQuiet: Bool

  public init(output: any TextStream, diagnostics: any TextStream, isQuiet: Bool = false) {
    (self.output, self.diagnostics, self.isQuiet) = (output, diagnostics, isQuiet)
  }

  /// The process's own standard output and standard error.
  public static let standard: Console = Console(
    output: DescriptorStream.standardOutput, diagnostics: DescriptorStream.standardError)

  /// Writes a line of the result.
  public func print(_ line: String) { output.write(line + "\n") }

  /// Writes a line for the person who waits; nothing under `--quiet`.
  public func note(_ line: String) {
    if !isQuiet { diagnostics.write(line + "\n") }
  }

  /// Writes an error in the form that all errors have.
  public func report(_ error: some UserError) { diagnostics.write(error.description + "\n") }

  /// The same console without notes and progress.
  func quieted() -> Console { Console(output: output, diagnostics: diagnostics, isQuiet: true) }

  /// Shows a progress line while the body runs, and erases it however the body ends.
  ///
  /// - Parameters:
  ///   - task: what is being done: `"training"`.
  ///   - total: how many steps make it complete.
  public func withProgress<Result>(
    _ task: String, total: Int, _ body: (ProgressLine) throws -> Result
  ) rethrows -> Result {
    let progress = ProgressLine(
      task, total: total, on: isQuiet || !diagnostics.isTerminal ? nil : diagnostics)
    defer { progress.finish() }
    return try body(progress)
  }
}
