import RankineSupport

/// One of several processes that share the cells of a study without talking to each other.
public struct Shard: Sendable, Equatable {
  /// From 1.
  public let number: Int
  public let count: Int

  /// The only process.
  public static let whole: Shard = Shard(unchecked: 1, of: 1)

  /// - Throws: `StudyError` (`bad-shard`) unless 1 ≤ number ≤ count.
  public init(_ number: Int, of count: Int) throws(StudyError) {
    guard count >= 1, (1...count).contains(number) else {
      throw StudyError(
        "bad-shard", in: "shard \(number)/\(count)",
        "there is no shard \(number) of \(count)", hint: "count from 1/\(max(1, count)) on")
    }
    self.init(unchecked: number, of: count)
  }

  private init(unchecked number: Int, of count: Int) {
    (self.number, self.count) = (number, count)
  }

  /// Every count-th element, from the number-th on: shards of a list in order of cost cost alike.
  func share<Element>(of list: [Element]) -> [Element] {
    stride(from: number - 1, to: list.count, by: count).map { list[$0] }
  }
}

extension Shard {
  /// The shard that a launcher gave this process.
  ///
  /// A task of a Slurm array is read from `SLURM_ARRAY_TASK_ID`, `_MIN`, `_STEP` and `_COUNT`; a process
  /// of a parallel launch from `OMPI_COMM_WORLD_RANK` and `_SIZE` (Open MPI), `PMI_RANK` and `PMI_SIZE`
  /// (MPICH, Intel MPI), `PMIX_RANK` with `SLURM_STEP_NUM_TASKS`, or `SLURM_PROCID` with
  /// `SLURM_STEP_NUM_TASKS` (srun). Where an array's tasks launch several processes each, every process
  /// has a shard of its own.
  ///
  /// - Parameter environment: variables by name.
  /// - Throws: `StudyError` (`bad-shard`) without a launcher's variables, or for values that make no
  ///   shard.
  public static func launched(in environment: [String: String]) throws(StudyError) -> Shard {
    let array = try arrayTask(in: environment)
    let process = try rank(in: environment)
    guard array != nil || process != nil else {
      throw StudyError(
        "bad-shard", in: "the environment",
        "no launcher has numbered this process",
        hint: "start it with sbatch --array, srun or mpirun, or write --shard 1/2")
    }
    let (outer, inner) = (array ?? .whole, process ?? .whole)
    return try Shard(
      (outer.number - 1) * inner.count + inner.number, of: outer.count * inner.count)
  }

  private static func arrayTask(in environment: [String: String]) throws(StudyError) -> Shard? {
    let name = "SLURM_ARRAY_TASK_"
    guard let task = try number(name + "ID", in: environment) else { return nil }
    let least = try number(name + "MIN", in: environment) ?? 0
    let step = max(1, try number(name + "STEP", in: environment) ?? 1)
    guard let count = try number(name + "COUNT", in: environment) else {
      throw missing(name + "COUNT", beside: name + "ID")
    }
    return try Shard((task - least) / step + 1, of: count)
  }

  private static func rank(in environment: [String: String]) throws(StudyError) -> Shard? {
    let pairs = [
      ("OMPI_COMM_WORLD_RANK", "OMPI_COMM_WORLD_SIZE"), ("PMI_RANK", "PMI_SIZE"),
      ("PMIX_RANK", "SLURM_STEP_NUM_TASKS"), ("SLURM_PROCID", "SLURM_STEP_NUM_TASKS"),
    ]
    for (rank, size) in pairs {
      guard let own = try number(rank, in: environment) else { continue }
      if let count = try number(size, in: environment) { return try Shard(own + 1, of: count) }
      // A batch script has SLURM_PROCID too, and no step that would say of how many.
      if rank != "SLURM_PROCID" { throw missing(size, beside: rank) }
    }
    return nil
  }

  private static func number(
    _ name: String, in environment: [String: String]
  ) throws(StudyError) -> Int? {
    guard let text = environment[name] else { return nil }
    // Bounded, so that no sum or product of two of them overflows.
    guard let value = Int(text), (0...1_000_000).contains(value) else {
      throw StudyError(
        "bad-shard", in: name, "expected a number from 0 to 1000000, got \"\(text)\"",
        hint: "start the process with its launcher, or write --shard 1/2")
    }
    return value
  }

  private static func missing(_ name: String, beside other: String) -> StudyError {
    StudyError(
      "bad-shard", in: "the environment", "\(other) is set and \(name) is not",
      hint: "write --shard with a number and a count, for example 1/2")
  }
}
