import Foundation
import RankineSupport
import RankineTraining

/// The epochs of a fit as event files, which TensorBoard shows: a folder for every strength that was tried.
///
///     path-0/events.out.tfevents.…, path-1/…, adaptive-0/…
///
/// Tags: `loss`, `features`, `concordance/TASK` and `weight/TASK`; steps are epochs. Strengths that were
/// tried in several folds have a folder for each: `path-0`, `path-0-2`, ….
public struct TrainingEvents: Sendable {
  /// What the events are of.
  public let fit: FittedModel

  /// The events of a fit that was made, not read: only that one has its history.
  public init(_ fit: FittedModel) { self.fit = fit }

  /// Writes the folders into one that exists or is made.
  ///
  /// - Parameter time: seconds since 1970 of the first epoch; TensorBoard needs one, and shows it.
  /// - Throws: `FileError` (`cannot-write`).
  public func write(
    into folder: URL, time: Double = Date().timeIntervalSince1970
  ) throws {
    for run in runs {
      try writeAtomically(
        Data(events(of: run.epochs, time: time).bytes),
        to: folder.appendingPathComponent(run.name)
          .appendingPathComponent("events.out.tfevents.\(Int(time)).rankine"))
    }
  }

  /// The epochs of each fit, with a name for its folder.
  private var runs: [(name: String, epochs: [EpochRecord])] {
    var runs: [(name: String, epochs: [EpochRecord])] = []
    var counts: [String: Int] = [:]
    for record in fit.history {
      if record.epoch == 1 || runs.isEmpty {
        let owner = record.task.map { $0.map { $0.isLetter || $0.isNumber ? $0 : "-" } + "-" }
        let name = "\(String(owner ?? []))\(record.stage)-\(record.strengthIndex)"
        counts[name, default: 0] += 1
        let number = counts[name] ?? 1
        runs.append((number > 1 ? "\(name)-\(number)" : name, []))
      }
      runs[runs.count - 1].epochs.append(record)
    }
    return runs
  }

  private func events(of epochs: [EpochRecord], time: Double) -> EventFile {
    var file = EventFile(time: time)
    for record in epochs {
      let moment = time + Double(record.epoch)
      func add(_ tag: String, _ value: Double?) {
        file.scalar(tag, value ?? .nan, step: record.epoch, time: moment)
      }
      let tasks = fit.tasks(ofNetwork: record.task, count: record.weights.count)
      add("loss", record.loss)
      add("features", Double(record.nonzeroCount))
      for (task, value) in zip(tasks, record.concordance) { add("concordance/\(task)", value) }
      for (task, value) in zip(tasks, record.weights) { add("weight/\(task)", value) }
    }
    return file
  }
}

extension FittedModel {
  /// The tasks of a network, by what records call it: all, or the one whose own network it is.
  func tasks(ofNetwork name: String?, count: Int) -> [String] {
    let tasks = outcomes.map(\.name)
    guard count < tasks.count, let name else { return tasks }
    return [tasks.first { name == $0 || name.hasSuffix(", \($0)") } ?? name]
  }
}
