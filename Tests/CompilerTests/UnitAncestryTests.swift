import Testing

@testable import RankineCompiler

struct UnitAncestryTests {
  /// 1 and 2 read 0, 3 reads 1, 4 reads nothing.
  private func diamond() -> UnitAncestry {
    var ancestry = UnitAncestry(capacity: 70)
    for operands in [[], [0], [0], [1], []] as [Set<Int>] { ancestry.append(reading: operands) }
    return ancestry
  }

  @Test func aUnitReadsWhatItsOperandsRead() {
    let ancestry = diamond()
    #expect(ancestry.reads(3, 1) && ancestry.reads(3, 0) && ancestry.reads(2, 0))
    #expect(!ancestry.reads(3, 2) && !ancestry.reads(0, 3) && !ancestry.reads(4, 0))
  }

  /// When 1 and 2 are one and read 4 too, so does 3, which reads 1.
  @Test func whatReadsOneOfAUnionReadsAllThatTheUnionReads() {
    var ancestry = diamond()
    ancestry.join([1, 2], into: 1, reading: [0, 4])
    #expect(ancestry.reads(1, 0) && ancestry.reads(1, 4) && ancestry.reads(3, 4))
    #expect(!ancestry.reads(1, 1) && !ancestry.reads(4, 1))
  }

  /// Numbers beyond the first word of bits.
  @Test func manyUnitsAreKeptApart() {
    var ancestry = UnitAncestry(capacity: 130)
    for unit in 0..<130 { ancestry.append(reading: unit == 0 ? [] : [unit - 1]) }
    #expect((0..<129).allSatisfy { ancestry.reads(129, $0) })
    #expect((65..<130).allSatisfy { !ancestry.reads(64, $0) })
  }
}
