import Foundation
import RankineStudies
import RankineSupport

/// `rankine study`: models on replications of the simulated settings, and the tables of it.
struct StudyCommand: Command {
  static let shard = Argument<String?>.optional(
    "shard", "I/K", showing: "1/1",
    "Make the I-th of K parts of the fits, or auto: what Slurm, srun or mpirun says")
  static let resume = Argument<Bool>.flag("resume", "Continue the study in --out")
  static let collect = Argument<[String]>.repeated(
    "collect", "DIR", "Fit nothing; make the tables of the fits in DIR, or in several")
  static let output = Argument<String?>.optional(
    "out", "DIR", "The folder to write; with --collect the first of those unless given")
  static let slurm = Argument<String?>.optional(
    "write-slurm", "FILE", "Fit nothing; write a batch script that runs this study as a Slurm array"
  )
  static let scenarios = Argument<NameList?>.optional(
    "scenarios", "A,B,…", showing: "A,B,C,D,E,F", "Scenarios of the design sources")
  static let array = Argument.option(
    "array", "K", default: 20, check: .within(1...10_000), "Tasks of the Slurm array")

  let name = "study"
  let summary = "run the simulation study: models on data of which the truth is known"
  let discussion = """
    A fit is a model on a replication of a setting. All models of a replication have the same data, \
    split and seed; strengths are chosen on validation rows; test rows are for the metrics alone.

    DIR gets a file for each finished fit in cells, and table.txt, table.md, table.tex, table.csv, \
    excess.csv, differences.csv, results.json and report.html, which are of every fit in DIR. \
    Interrupted at any moment, a study goes on with --resume. Processes with different shards may \
    share a DIR, or have one each and be collected later. None of this changes a number.
    """
  let arguments: [any ArgumentDeclaration] =
    StudyArguments.all + [scenarios, shard, resume, collect, output, slurm, array]
  let examples = [
    Example(
      "rankine study --settings 1-6 --replications 20 --out study", "the paper's models"),
    Example(
      "rankine study --settings 1,2,6 --variants cubed --models deep-smoothed-rank,uniform "
        + "--replications 21-40 --out cubed", "fresh data, one response transformed"),
    Example(
      "rankine study --shard auto --threads 1 --out study", "one of the processes of mpirun or srun"
    ),
    Example(
      "rankine study --design overlap --replications 20 --out overlap",
      "sparse linear models, by how much supports overlap"),
    Example(
      "rankine study --design sources --scenarios A,E --replications 20 --out sources",
      "tasks with rows of their own"),
    Example("rankine study --collect study-1 --collect study-2 --out all", "tables of two parts"),
  ]

  func run(_ arguments: ParsedArguments, console: Console) throws {
    if let file = arguments[Self.slurm] {
      try writeScript(file, arguments, console)
    } else if arguments[StudyArguments.design] == "sources" {
      try runSources(arguments, console)
    } else if arguments[StudyArguments.design] == "transfer" {
      try runTransfer(arguments, console)
    } else if let design = arguments[StudyArguments.design] {
      try experiment(design, arguments, console)
    } else if !arguments[Self.collect].isEmpty {
      try collect(arguments, console)
    } else {
      try fit(arguments, console)
    }
  }

  private func fit(_ arguments: ParsedArguments, _ console: Console) throws {
    let study = try StudyArguments.study(arguments)
    let folder = URL(fileURLWithPath: try output(arguments))
    let shard = try shard(arguments)
    let threads = arguments[CommonOptions.threads]
    let total = study.cells(of: shard).count
    let part = shard == .whole ? "" : " of shard \(shard.number)/\(shard.count)"
    console.note("\(total) fits\(part) on \(min(threads, max(1, total))) threads")
    let findings = try console.withProgress("fitting", total: total) { line in
      try study.run(
        threads: threads, folder: folder, shard: shard, isResuming: arguments[Self.resume]
      ) { progress in
        line.advance(
          to: progress.completedCells,
          "\(progress.cell.model), setting \(progress.cell.condition.setting)")
      }
    }
    if findings.records.isEmpty, let failure = findings.failure { throw failure }
    try show(findings, in: folder, arguments, console)
    if let failure = findings.failure { throw failure }
  }

  private func collect(_ arguments: ParsedArguments, _ console: Console) throws {
    let folders = arguments[Self.collect].map { URL(fileURLWithPath: $0) }
    let findings = try StudyFindings(of: folders, reference: arguments[StudyArguments.reference])
    let target = arguments[Self.output].map { URL(fileURLWithPath: $0) } ?? folders[0]
    try show(findings, in: target, arguments, console)
  }

  private func show(
    _ findings: StudyFindings, in folder: URL, _ arguments: ParsedArguments, _ console: Console
  ) throws {
    try findings.write(to: folder, command: arguments.commandLine)
    let written =
      "Written to \(folder.relativePath): "
      + StudyFindings.fileNames.joined(separator: ", ")
    if arguments[CommonOptions.json] {
      try console.printRecord(StudySummary(findings))
      console.note(written)
    } else {
      console.output.write(findings.text(width: max(80, min(console.output.width, 110))))
      console.print("\n" + written)
    }
  }

  private func writeScript(_ file: String, _ arguments: ParsedArguments, _ console: Console) throws
  {
    _ =
      arguments[StudyArguments.design] == "sources"
      ? try sourceStudy(arguments).cells().count : try StudyArguments.study(arguments).cells().count
    _ = try output(arguments)
    let ours = [Self.shard.name, Self.slurm.name, Self.array.name, CommonOptions.threads.name]
    let words = arguments.words(
      for: self.arguments + [CommonOptions.seed], except: ours + [Self.resume.name])
    let script = SlurmScript(
      words: [name] + words, taskCount: arguments[Self.array],
      threads: arguments.isGiven(CommonOptions.threads) ? arguments[CommonOptions.threads] : 1)
    try writeAtomically(script.text, to: URL(fileURLWithPath: file))
    console.print("Written to \(file): submit it with `sbatch \(shellQuoted(file))`")
  }

  func output(_ arguments: ParsedArguments) throws -> String {
    if let path = arguments[Self.output] { return path }
    throw UsageError.missing("--out DIR", summary: "The folder of the study")
  }

  /// - Throws: `UsageError` (`invalid-value`) for a text that is no shard; `StudyError` (`bad-shard`).
  func shard(_ arguments: ParsedArguments) throws -> Shard {
    guard let text = arguments[Self.shard] else { return .whole }
    if text == "auto" { return try .launched(in: ProcessInfo.processInfo.environment) }
    let parts = text.split(separator: "/", omittingEmptySubsequences: false)
    let numbers = parts.compactMap { Int($0) }
    guard parts.count == 2, numbers.count == 2 else {
      throw UsageError(
        .invalidValue, in: "--shard", "expected I/K or auto, got \"\(text)\"",
        hint: "write the second of four parts as 2/4")
    }
    return try Shard(numbers[0], of: numbers[1])
  }
}
