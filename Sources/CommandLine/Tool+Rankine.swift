import RankineSupport

extension Tool {
  /// The command `rankine`. A new command is one line in its list.
  public static let rankine: Tool = Tool(
    name: "rankine", version: Release.version,
    summary: "multitask models with calibrated, inspectable predictions",
    commands: [
      FitCommand(),
      PredictCommand(),
      EvaluateCommand(),
      TransferCommand(),
      SelectCommand(),
      CompareCommand(),
      StudyCommand(),
      SimulateCommand(),
      ZooCommand(),
      CheckCommand(),
      InspectCommand(),
      BenchCommand(),
    ])
}

/// Runs `rankine` on the words after its name.
///
/// - Returns: the exit code: 0 done, 1 failed, 2 the command line was not understood.
public func main(arguments: [String], console: Console = .standard) -> Int32 {
  DescriptorStream.ignoreClosedPipes()
  return Tool.rankine.run(arguments, console: console)
}
