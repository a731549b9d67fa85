import RankineSupport
import Testing

@testable import RankineData

struct FeatureMatrixTests {
  /// Rows (0, 1), (2, 3), (4, 5), of which the last lies first.
  private func turned(_ precision: Precision) -> FeatureMatrix {
    FeatureMatrix(names: ["a", "b"], rowCount: 3, precision: precision, laidOut: [2, 0, 1]) {
      for position in 0..<6 {
        $0.set(Double(position), row: position / 2, column: position % 2)
      }
    }
  }

  @Test(arguments: Precision.allCases)
  func rowsKeepTheirNumbersWhereverTheyLie(_ precision: Precision) {
    let matrix = turned(precision)
    #expect(matrix.values == [0, 1, 2, 3, 4, 5])
    #expect((0..<3).map(matrix.place(of:)) == [1, 2, 0])
    #expect(matrix == FeatureMatrix(names: ["a", "b"], rowCount: 3, values: [0, 1, 2, 3, 4, 5]))
    #expect(matrix.precision == precision)
  }

  @Test func aRunOfRowsIsOneThatLiesTogether() {
    let matrix = turned(.float)
    #expect(matrix.firstPlace(ofRun: [2, 0, 1]) == 0)
    #expect(matrix.firstPlace(ofRun: [0, 1]) == 1)
    #expect(matrix.firstPlace(ofRun: [1, 2]) == nil)
    #expect(matrix.firstPlace(ofRun: []) == 0)
  }

  @Test(arguments: Precision.allCases)
  func copiedRowsHaveThePrecisionAskedFor(_ precision: Precision) {
    var floats: [Float] = [0, 0, 0, 0]
    var doubles: [Double] = [0, 0, 0, 0]
    floats.withUnsafeMutableBytes { target in
      if let base = target.baseAddress {
        turned(precision).copy(rows: [2, 0], to: base, as: .float)
      }
    }
    doubles.withUnsafeMutableBytes { target in
      if let base = target.baseAddress {
        turned(precision).copy(rows: [2, 0], to: base, as: .double)
      }
    }
    #expect(floats == [4, 5, 0, 1])
    #expect(doubles == [4, 5, 0, 1])
  }

  @Test func theFirstValueThatIsNoNumberIsRemembered() {
    let values = [0, 1, 1e39, .nan]
    let single = FeatureMatrix(names: ["a"], rowCount: 4, values: values, precision: .float)
    #expect(single.misfit == FeatureMatrix.Misfit(row: 2, column: 0, value: 1e39))
    let double = FeatureMatrix(names: ["a"], rowCount: 4, values: values)
    #expect(double.misfit?.row == 3)
    #expect(turned(.float).misfit == nil)
  }
}
