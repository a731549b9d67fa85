import RankineSupport
import Testing

@testable import RankineStudies

@Test(arguments: 1...7)
func shardsHoldEveryElementOnceAndDifferByOneAtMost(_ count: Int) throws {
  let shares = try (1...count).map { try Shard($0, of: count).share(of: Array(0..<20)) }
  #expect(shares.flatMap { $0 }.sorted() == Array(0..<20))
  let sizes = shares.map(\.count)
  #expect((sizes.max() ?? 0) - (sizes.min() ?? 0) <= 1)
}

@Test func aTaskOfASlurmArrayIsAShard() throws {
  let task = [
    "SLURM_ARRAY_TASK_ID": "7", "SLURM_ARRAY_TASK_MIN": "3", "SLURM_ARRAY_TASK_STEP": "2",
    "SLURM_ARRAY_TASK_COUNT": "4", "SLURM_PROCID": "0",
  ]
  #expect(try Shard.launched(in: task) == Shard(3, of: 4))
}

@Test(arguments: [
  ["OMPI_COMM_WORLD_RANK": "1", "OMPI_COMM_WORLD_SIZE": "2"],
  ["PMI_RANK": "1", "PMI_SIZE": "2"],
  ["PMIX_RANK": "1", "SLURM_STEP_NUM_TASKS": "2"],
  ["SLURM_PROCID": "1", "SLURM_STEP_NUM_TASKS": "2"],
])
func aRankOfALaunchIsAShard(_ environment: [String: String]) throws {
  #expect(try Shard.launched(in: environment) == Shard(2, of: 2))
}

@Test func everyProcessOfEveryArrayTaskHasAShardOfItsOwn() throws {
  var seen: [Int] = []
  for task in 1...3 {
    for rank in 0...1 {
      let shard = try Shard.launched(in: [
        "SLURM_ARRAY_TASK_ID": "\(task)", "SLURM_ARRAY_TASK_MIN": "1",
        "SLURM_ARRAY_TASK_COUNT": "3", "OMPI_COMM_WORLD_RANK": "\(rank)",
        "OMPI_COMM_WORLD_SIZE": "2",
      ])
      #expect(shard.count == 6)
      seen.append(shard.number)
    }
  }
  #expect(seen == [1, 2, 3, 4, 5, 6])
}

@Test func whatIsNoShardIsRefusedWithTheRemedy() throws {
  func text(_ environment: [String: String]) -> String? {
    #expect(throws: StudyError.self) { try Shard.launched(in: environment) }?.description
  }
  #expect(
    text(["SLURM_PROCID": "0", "PATH": "/bin"]) == """
      error[bad-shard] in the environment: no launcher has numbered this process
        hint: start it with sbatch --array, srun or mpirun, or write --shard 1/2
      """)
  #expect(
    text(["PMI_RANK": "0"]) == """
      error[bad-shard] in the environment: PMI_RANK is set and PMI_SIZE is not
        hint: write --shard with a number and a count, for example 1/2
      """)
  #expect(
    text(["SLURM_ARRAY_TASK_ID": "1"])?.contains("SLURM_ARRAY_TASK_COUNT is not") == true)
  #expect(
    text(["PMI_RANK": "-1", "PMI_SIZE": "2"]) == """
      error[bad-shard] in PMI_RANK: expected a number from 0 to 1000000, got "-1"
        hint: start the process with its launcher, or write --shard 1/2
      """)
  #expect(text(["PMI_RANK": "9223372036854775807", "PMI_SIZE": "2"]) != nil)
  let outside = #expect(throws: StudyError.self) { try Shard(3, of: 2) }
  #expect(
    outside?.description == """
      error[bad-shard] in shard 3/2: there is no shard 3 of 2
        hint: count from 1/2 on
      """)
  #expect(throws: StudyError.self) { try Shard(1, of: 0) }
}
