import RankineTraining
import Synchronization

/// Shows how far a fit is: a progress line for each of its stages.
final class FitProgress: Sendable {
  private let stream: (any TextStream)?
  private let current: Mutex<(stage: String, line: ProgressLine)?> = Mutex(nil)

  /// Draws on the console's diagnostics where a person watches, else nothing.
  init(_ console: Console) {
    stream = console.isQuiet || !console.diagnostics.isTerminal ? nil : console.diagnostics
  }

  /// Says how far the fit has come.
  func show(_ progress: TrainingProgress) {
    current.withLock { current in
      if current?.stage != progress.stage {
        current?.line.finish()
        current = (
          progress.stage, ProgressLine(progress.stage, total: progress.fitCount, on: stream)
        )
      }
      current?.line.advance(
        to: progress.completedFits,
        "\(progress.completedFits) of \(progress.fitCount) fits")
    }
  }

  /// Erases what is shown.
  func finish() { current.withLock { $0?.line.finish() } }
}
