import Foundation

/// Data that come with the framework.
public enum BundledData {
  /// SUPPORT2: 9105 seriously ill adults, 25 predictors, one task of each outcome type.
  ///
  /// - `hospdead`: died in hospital (binary);
  /// - `totcst`: total cost in dollars (continuous, a tenth missing);
  /// - `survival`: days to death (censored, from `d.time` and `death`);
  /// - `sfdm2`: functional state at two months, worse is higher (ordinal, 5 levels);
  /// - `slos`: days in hospital (count).
  ///
  /// No outcome column is a predictor of another task. `Resources/README.md` has the source.
  ///
  /// - Throws: `DataError` `missing-file` when the framework's resources are not installed.
  public static func support2() throws(DataError) -> Dataset {
    try Dataset(try support2Table(), outcomes: support2Outcomes, features: support2Features)
  }

  /// All columns of SUPPORT2, to declare other tasks on it.
  ///
  /// - Throws: `DataError` `missing-file` when the framework's resources are not installed.
  public static func support2Table() throws(DataError) -> Table {
    try Table(contentsOf: try resource("support2.csv.gz"))
  }

  /// The tasks that `support2()` declares.
  public static let support2Outcomes: [Outcome] = [
    Outcome("hospdead", .binary),
    Outcome("totcst", .continuous),
    Outcome("survival", .censored(time: "d.time", event: "death")),
    Outcome(
      "sfdm2",
      .ordinal(
        "no(M2 and SIP pres)", "adl>=4 (>=5 if sur)", "SIP>=30", "Coma or Intub",
        "<2 mo. follow-up")),
    Outcome("slos", .count),
  ]

  /// The predictors of `support2()`: every column but the outcomes, used or not.
  public static let support2Features = Features(
    .allOther,
    excluding: [
      "hospdead", "slos", "totcst", "avtisst", "d.time", "death", "adls", "sfdm2",
    ])

  /// A file of the resources: beside the executable, as the build leaves it there, or in the
  /// source folder. The generated `Bundle.module` would stop the program where neither is there.
  private static func resource(_ name: String) throws(DataError) -> URL {
    let executableFolder = Bundle.main.bundleURL
    let sources = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
      .deletingLastPathComponent()
    let candidates = [
      executableFolder.appendingPathComponent("Rankine_RankineData.resources/Resources/\(name)"),
      executableFolder.appendingPathComponent("Rankine_RankineData.bundle/Resources/\(name)"),
      sources.appendingPathComponent("Resources/\(name)"),
    ]
    for candidate in candidates where FileManager.default.fileExists(atPath: candidate.path) {
      return candidate
    }
    throw DataError(
      "missing-file", in: name, "the bundled data are not beside \(executableFolder.path)",
      hint: "keep Rankine_RankineData.resources beside the executable, or name a data file")
  }
}

extension Dataset {
  /// The bundled mixed-outcome data set, `BundledData.support2()`.
  ///
  /// - Throws: `DataError` `missing-file` when the framework's resources are not installed.
  public static var bundled: Dataset {
    get throws(DataError) { try BundledData.support2() }
  }
}
