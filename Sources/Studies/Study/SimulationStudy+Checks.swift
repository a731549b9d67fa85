import RankineData
import RankineSupport

extension SimulationStudy {
  /// - Throws: `StudyError`: `no-model`, `duplicate-model`, `no-cells`; `DataError` (`bad-simulation`).
  func validate() throws {
    if candidates.isEmpty {
      throw StudyError("no-model", in: "the study", "there is no model", hint: "name one")
    }
    var names: Set<String> = []
    for candidate in candidates where !names.insert(candidate.name).inserted {
      throw StudyError(
        "duplicate-model", in: "the study", "\"\(candidate.name)\" is there twice",
        hint: "name each model once")
    }
    if conditions.isEmpty {
      throw StudyError(
        "no-cells", in: "the study", "no setting has the variant that is asked for",
        hint: "only settings 1, 2 and 6 have a second response to cube")
    }
    for condition in conditions {
      var simulation = simulation
      simulation.setting = condition.setting
      try simulation.validate()
    }
  }

  /// - Throws: `StudyError` (`other-setup`) for cells that this study would not make alike.
  func check(_ known: [StudyCellRecord], in store: StudyFolder?) throws(StudyError) {
    let setup = setup
    for record in known {
      guard let store else { return }
      let settings = candidates.first { $0.name == record.cell.model }?.settings
      let other =
        record.setup.difference(from: setup)
        ?? settings.flatMap { difference(of: record, from: $0) }
      guard let other else { continue }
      throw StudyError(
        "other-setup", in: store.cells.file(record.cell.fileName).path,
        "this cell was made with \(other)",
        hint: "repeat the options of the first run, or write to another folder")
    }
  }

  private func difference(
    of record: StudyCellRecord, from settings: [Candidate.Setting]
  ) -> String? {
    func named(_ settings: [Candidate.Setting]) -> [String: String] {
      Dictionary(settings.map { ($0.name, $0.value) }, uniquingKeysWith: { first, _ in first })
    }
    return RankineStudies.difference(between: named(record.settings), and: named(settings))
      .map { "\(record.cell.model).\($0)" }
  }
}
