import RankineData
import RankineRuntime
import RankineSupport
import Testing

@testable import RankineTraining

struct FeatureRowsTests {
  private let matrix = FeatureMatrix(
    names: ["a", "b"], rowCount: 4, values: (0..<8).map(Double.init), precision: .float)

  private func read(_ values: FeatureRows.Values, _ count: Int) -> [Float] {
    (0..<count).map { values.base.load(fromByteOffset: 4 * $0, as: Float.self) }
  }

  private func isOne(_ a: AnyObject, _ b: AnyObject) -> Bool { a === b }

  @Test func rowsThatLieTogetherAreReadInPlace() {
    let rows = FeatureRows(matrix, rows: [1, 2])
    let values = rows.values(as: Float.self)
    #expect(isOne(values.owner, matrix.memory.owner))
    #expect(read(values, 4) == [2, 3, 4, 5])
    #expect(rows.copiedByteCount(as: .float) == 0)
    #expect(rows.copiedByteCount(as: .double) == 32)
  }

  @Test func otherRowsAreCopiedOnceForAllWhoReadThem() {
    let rows = FeatureRows(matrix, rows: [3, 0])
    let first = rows.values(as: Float.self)
    let second = rows.values(as: Float.self)
    #expect(isOne(first.owner, second.owner))
    #expect(!isOne(first.owner, matrix.memory.owner))
    #expect(read(first, 4) == [6, 7, 0, 1])
    #expect(rows.doubles == [6, 7, 0, 1])
  }

  @Test func lentMemoryIsNeverWritten() {
    let array = SharedArray<Float>(count: 2) { values in values[0] = 7 }
    let storage = Storage<Float>()
    storage.lend("x", array.base, ownedBy: array, extents: [2])
    #expect(storage.byteCount == 0)
    #expect(storage.values("x") == [7, 0])
    storage.set("x", [1, 2], extents: [2])
    #expect(storage.values("x") == [1, 2])
    #expect(array[0] == 7)
  }
}
