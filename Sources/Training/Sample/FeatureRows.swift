import RankineData
import RankineRuntime
import RankineSupport
import Synchronization

/// Some rows of a feature matrix, read where they lie if they lie one behind the other.
///
/// Other rows are copied when they are first asked for. All who ask share the copy, which lives as long
/// as one of them does.
package final class FeatureRows: Sendable {
  package let matrix: FeatureMatrix
  package let rows: [Int]
  private let copy = Mutex(WeakReference())

  private struct WeakReference {
    weak var array: AnyObject?
  }

  /// Values row by row, and what keeps them there.
  package struct Values {
    package let base: UnsafeRawPointer
    package let owner: AnyObject
  }

  package init(_ matrix: FeatureMatrix, rows: [Int]) {
    (self.matrix, self.rows) = (matrix, rows)
  }

  /// Bytes of the copy that these rows need at a precision; 0 where they are read in place.
  package func copiedByteCount(as precision: Precision) -> Int {
    isInPlace(precision) ? 0 : rows.count * matrix.columnCount * precision.byteCount
  }

  private func isInPlace(_ precision: Precision) -> Bool {
    matrix.precision == precision && matrix.firstPlace(ofRun: rows) != nil
  }

  /// The values at the precision of a program.
  package func values<Scalar: KernelScalar>(as _: Scalar.Type) -> Values {
    let precision = Precision(of: Scalar.self)
    if matrix.precision == precision, let place = matrix.firstPlace(ofRun: rows) {
      let (base, owner) = matrix.memory
      return Values(
        base: base + place * matrix.columnCount * MemoryLayout<Scalar>.stride, owner: owner)
    }
    return copy.withLock { copy in
      if let known = copy.array as? SharedArray<Scalar> {
        return Values(base: known.base, owner: known)
      }
      let made = SharedArray<Scalar>(count: rows.count * matrix.columnCount) { target in
        guard let base = target.baseAddress else { return }
        matrix.copy(rows: rows, to: UnsafeMutableRawPointer(base), as: precision)
      }
      copy.array = made
      return Values(base: made.base, owner: made)
    }
  }

  /// A copy of some columns at the precision of a program.
  func values<Scalar: KernelScalar>(as type: Scalar.Type, of subset: ColumnSubset) -> Values {
    let all = values(as: type)
    let made = SharedArray<Scalar>(count: rows.count * subset.columns.count) { target in
      guard let base = target.baseAddress else { return }
      subset.gather(
        all.base.assumingMemoryBound(to: Scalar.self), rowCount: rows.count, into: base)
    }
    return withExtendedLifetime(all.owner) { Values(base: made.base, owner: made) }
  }

  /// A copy in Double, row by row.
  package var doubles: [Double] {
    rows.flatMap { row in (0..<matrix.columnCount).map { matrix[row, $0] } }
  }
}

extension Precision {
  /// Of the numbers that a program computes with.
  init<Scalar: KernelScalar>(of _: Scalar.Type) {
    self = MemoryLayout<Scalar>.stride == Precision.float.byteCount ? .float : .double
  }

  /// Bytes of a number.
  package var byteCount: Int {
    switch self {
    case .float: MemoryLayout<Float>.stride
    case .double: MemoryLayout<Double>.stride
    }
  }
}
