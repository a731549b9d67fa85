import Foundation

extension StudyFindings {
  /// The findings of cells that lie in one or more folders, such as those of shards.
  ///
  /// - Throws: `FileError` for a damaged cell; `StudyError`: `no-cells` when there is none, `other-setup`
  ///   when they are of different studies, `two-cells` when two folders hold different cells of one
  ///   place.
  public init(of folders: [URL], reference: String? = nil) throws {
    var cells: [StudyCell: (cell: TimedCell, folder: StudyFolder)] = [:]
    var first: (record: StudyCellRecord, folder: StudyFolder)?
    for folder in folders.map(StudyFolder.init(root:)) {
      for cell in try folder.timedRecords() {
        let record = cell.record
        let path = folder.cells.file(record.cell.fileName).path
        if let first, let other = record.setup.difference(from: first.record.setup) {
          throw StudyError(
            "other-setup", in: path,
            "this cell was made with \(other) as \(first.record.cell.fileName)",
            hint: "collect the cells of one study at a time")
        }
        if let known = cells[record.cell], known.cell.record != record {
          throw StudyError(
            "two-cells", in: path, "another cell of this place lies in \(known.folder.root.path)",
            hint: "they were made with other hyperparameters, or on machines that round differently"
          )
        }
        first = first ?? (record, folder)
        cells[record.cell] = (cell, folder)
      }
    }
    if cells.isEmpty {
      throw StudyError(
        "no-cells", in: folders.map(\.path).joined(separator: ", "), "there is no finished cell",
        hint: "run the study with --out, then name that folder")
    }
    self.init(cells.values.map(\.cell), reference: reference)
  }
}
