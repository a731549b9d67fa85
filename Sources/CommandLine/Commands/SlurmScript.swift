/// A batch script that runs a study as an array of Slurm tasks, a shard each.
struct SlurmScript {
  /// After the tool's name, without shard and threads.
  let words: [String]
  let taskCount: Int
  /// Of each task.
  let threads: Int

  var text: String {
    """
    #!/bin/sh
    #SBATCH --job-name=rankine-study
    #SBATCH --array=1-\(taskCount)
    #SBATCH --cpus-per-task=\(threads)
    #SBATCH --output=rankine-study-%A-%a.log
    # Each task makes a part of the fits and then the tables of all that are finished. Finished fits are
    # kept: after an interruption submit the script again. RANKINE may name the tool.
    exec "${RANKINE:-rankine}" \(words.map(shellQuoted).joined(separator: " ")) \\
      --shard auto --threads \(threads)

    """
  }
}
