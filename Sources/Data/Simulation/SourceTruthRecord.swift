/// What simulated tasks with rows of their own were made from, as `rankine simulate` writes it.
public struct SourceTruthRecord: Codable, Sendable, Equatable {
  /// The design and its seed.
  public let simulation: SourceSimulation
  public let replication: Int
  /// βᵣ, a list for each task.
  public let coefficients: [[Double]]
  /// The response without its error, in the order of the rows.
  public let signals: [Double]
  /// The same of the test rows.
  public let testSignals: [Double]

  init(_ data: SimulatedSources, of simulation: SourceSimulation, replication: Int) {
    (self.simulation, self.replication) = (simulation, replication)
    coefficients = data.coefficients
    signals = data.fittingRows.map { data.signals[$0] }
    testSignals = data.parts.test.map { data.signals[$0] }
  }
}

extension SimulatedSources {
  /// The rows of training and validation, in the order of the data.
  var fittingRows: [Int] { (parts.training + parts.validation).sorted() }

  /// The tables of a replication: one to fit to, and one of test rows. Both have the predictors, the
  /// column `task` and the response `y`.
  ///
  /// - Throws: `DataError` for a table that cannot be cut.
  public func tables() throws(DataError) -> (fitting: Table, test: Table) {
    (try table(of: fittingRows), try table(of: parts.test))
  }

  private func table(of rows: [Int]) throws(DataError) -> Table {
    try Table(
      dataset.table.name,
      columns: dataset.table.columns.map { column in
        let texts = column.texts()
        return Column(column.name, texts: rows.map { texts[$0] })
      })
  }
}

extension SourceSimulation {
  /// The truth of a replication that was drawn.
  public func truth(of data: SimulatedSources, replication: Int) -> SourceTruthRecord {
    SourceTruthRecord(data, of: self, replication: replication)
  }
}
