extension Executable {
  /// Runs the tape a number of times with a clock around every instruction.
  ///
  /// - Returns: for each instruction its line in the listing and the median of its times in
  ///   microseconds.
  package func timings(runs: Int) -> [(line: String, microseconds: Double)] {
    var times = Array(repeating: [Double](), count: instructionCount)
    let clock = ContinuousClock()
    for _ in 0..<max(1, runs) {
      for position in 0..<instructionCount {
        let time = clock.measure { run(at: position) }
        times[position].append(time / .microseconds(1))
      }
    }
    return zip(listing, times).map { line, times in
      (line, times.sorted()[times.count / 2])
    }
  }
}
