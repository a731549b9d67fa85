import Foundation
import RankineData
import RankineSparse

/// How long the linear model with a group lasso takes along a path, on the arrays of an npz file.
///
/// The file holds `X` [n, p], `Y` [n, K] and the strengths `lambda` [m], descending. What is minimized is
/// (1/2n)‖Y − X B‖² + λ Σⱼ ‖Bⱼ‖ over the features as they are, without intercepts.
public struct LinearBenchmark {
  /// One line of `rankine bench --linear`.
  public struct Result: Codable, Sendable {
    public let variant: String
    public let rows: Int
    public let features: Int
    public let tasks: Int
    /// The value that was reached at each λ.
    public let objectives: [Double]
    /// Features in use at each λ.
    public let used: [Int]
    /// Of each run of the path, the copy into columns included.
    public let seconds: [Double]
  }

  private let tasks: [SparseTask]
  private let strengths: [Double]
  private let precision: Double

  /// - Parameter precision: of `RowLasso`.
  /// - Throws: `DataError` for a damaged file; `StudyError` (`bad-reference`) for arrays that do not fit
  ///   together; `SparseError` for numbers that cannot be fitted.
  public init(contentsOf url: URL, precision: Double) throws {
    let archive = try NumpyArchive(contentsOf: url)
    let x = try archive.array("X")
    let y = try archive.array("Y")
    strengths = try archive.array("lambda").values
    guard x.shape.count == 2, y.shape.count == 2, x.shape[0] == y.shape[0],
      strengths.allSatisfy({ $0 > 0 && $0.isFinite })
    else {
      throw StudyError(
        "bad-reference", in: url.lastPathComponent,
        "expected X [n, p], Y [n, K] and positive lambda [m], got shapes \(x.shape), \(y.shape)",
        hint: "write the arrays as Tests/Peers/README.md says")
    }
    let (n, p, count) = (x.shape[0], x.shape[1], y.shape[1])
    let design = DesignMatrix(rowCount: n, columnCount: p) { x.values[$0 * p + $1] }
    tasks = try (0..<count).map { k in
      try SparseTask("\(k)", design: design, response: (0..<n).map { y.values[$0 * count + k] })
    }
    self.precision = precision
  }

  /// - Throws: `SparseError`.
  public func run(times: Int) throws -> Result {
    var (fits, seconds) = ([SparseFit](), [Double]())
    for _ in 0..<times {
      let start = Date()
      let problem = try SparseProblem(tasks, scaling: .asGiven)
      var lasso = RowLasso(groupShare: 1)
      lasso.precision = precision
      fits = lasso.path(problem, strengths: strengths)
      seconds.append(Date().timeIntervalSince(start))
    }
    return Result(
      variant: "group-lasso", rows: tasks[0].design.rowCount,
      features: tasks[0].design.columnCount, tasks: tasks.count,
      objectives: fits.map(\.objective), used: fits.map { Set($0.supports.joined()).count },
      seconds: seconds)
  }
}
