import Foundation
import Rankine

/// Something to try: code to edit, and a name to run it by.
struct Experiment: Sendable {
  let name: String
  /// One line for the list.
  let summary: String
  let run: @Sendable () throws -> Void
}

/// `swift run Playground NAME` runs an experiment; without a name it lists them.
@main
enum Playground {
  /// A new experiment is one file and one line here.
  static let experiments: [Experiment] = [
    .columns,
    .fit,
    .hinge,
  ]

  static func main() {
    let name = CommandLine.arguments.dropFirst().first
    guard let experiment = experiments.first(where: { $0.name == name }) else {
      if let name { fail(unknown: name) }
      print("Experiments; swift run Playground NAME runs one.")
      for experiment in experiments { print("  \(experiment.name): \(experiment.summary)") }
      return
    }
    do {
      try experiment.run()
    } catch {
      print(error)
      exit(1)
    }
  }

  private static func fail(unknown name: String) -> Never {
    let hint = suggestion(for: name, among: experiments.map(\.name))
    print("There is no experiment \"\(name)\": \(hint)")
    exit(2)
  }
}
