import Foundation
import RankineGraph
import RankineRuntime
import RankineTraining

extension Inspection {
  /// What a fit to the data would take, item by item, and what takes the room of a training step.
  ///
  /// - Parameters:
  ///   - threads: as the fit is given them.
  ///   - count: how many instructions of a training step are listed.
  func memory(threads: Int, listing count: Int = 12) throws -> String {
    let options = TrainingOptions()
    let estimate = try MemoryEstimate(
      model, rowCount: rowCount, featureCount: featureCount, tasks: tasks, threads: threads)
    // Of the rows a split of 60/20/20 leaves for training.
    let training = max(1, rowCount * 3 / 5)
    let programs = try compiled()
    let (tape, size) = (programs.step.tape, options.precision.byteCount)
    let extents = [
      Dimension.sample.description: training,
      Dimension.batch.description: options.batchSize(rowCount: training) / programs.rowSetCount,
    ]
    let items = try tape.workspaceItems(extents, elementSize: size)
    let sum = try tape.workspaceByteCount(extents, elementSize: size)
    let lines = items.prefix(count).map { Self.kilobytes($0.byteCount) + "  " + $0.line }
    let rest = items.count > count ? "\n…and \(items.count - count) smaller ones" : ""
    return """
      \(estimate.text)

      Results of a training step's instructions, largest first. They share \
      \(Self.kilobytes(sum).trimmed), as not all are needed at the same time:
      \(lines.joined(separator: "\n"))\(rest)
      """
  }

  private static func kilobytes(_ byteCount: Int) -> String {
    String(format: "%10.1f kB", Double(byteCount) / 1000)
  }
}
