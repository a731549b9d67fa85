import CRankineKernels
import RankineSupport
import Testing

@Suite struct MoveTests {
  @Test func gatherPicksRunsOfEachOuterSlice() {
    // Two slices of three runs of two elements.
    let from: [Float] = [0, 1, 2, 3, 4, 5, 10, 11, 12, 13, 14, 15]
    onEveryLevel { _ in
      let to = Memory<Float>(count: 8)
      rk_gather(RK_F32, 2, 3, 2, [2, 0], 2, from, to.base)
      #expect(to.values == [4, 5, 0, 1, 14, 15, 10, 11])
      let single = Memory<Double>(count: 3)
      rk_gather(RK_F64, 1, 2, 1, [1, 1, 0], 3, [5.0, 6], single.base)
      #expect(single.values == [6, 6, 5])
    }
  }

  @Test(arguments: [1, 2, 19])
  func scatterAddSumsRepeatedIndicesAndClearsTheRest(_ inner: Int) {
    let from = (0..<2 * 3 * inner).map { Double($0) }
    onEveryLevel { _ in
      let to = Memory<Double>(count: 2 * 4 * inner)
      rk_scatter_add(RK_F64, 2, 4, inner, [3, 1, 3], 3, from, to.base)
      for outer in 0..<2 {
        for i in 0..<inner {
          let runs = (0..<3).map { from[(outer * 3 + $0) * inner + i] }
          let got = (0..<4).map { to.values[(outer * 4 + $0) * inner + i] }
          #expect(got == [0, runs[1], 0, runs[0] + runs[2]])
        }
      }
    }
  }

  @Test func partsAreAddedUpInTheirOrder() {
    // Two parts of three elements, four apart; 1e8 + 1 is 1e8 in float.
    let from: [Float] = [1e8, 2, 3, 9, 1, 20, 30, 9]
    onEveryLevel { _ in
      let to = Memory<Float>(count: 3)
      #expect(rk_add_parts(RK_F32, 2, 4, 3, from, nil, to.base) == 1e8 + 22 + 33)
      #expect(to.values == [1e8, 22, 33])
      _ = rk_add_parts(RK_F32, 2, 4, 3, from, [2, 0, 1], to.base)
      #expect(to.values == [22, 33, 1e8])
      #expect(rk_add_parts(RK_F32, 2, 4, 0, from, nil, nil) == 0)
    }
  }

  @Test func uniformDrawsAreThoseOfCounterRandom() {
    var random = CounterRandom(seed: 9, stream: 4)
    let words = (0..<105).map { _ in random.next() }
    onEveryLevel { _ in
      let doubles = Memory<Double>(count: 100), floats = Memory<Float>(count: 100)
      rk_uniform(RK_F64, 9, 4, 5, 100, doubles.base)
      rk_uniform(RK_F32, 9, 4, 5, 100, floats.base)
      #expect(doubles.values == words[5...].map { Double($0 >> 11) * 0x1p-53 })
      #expect(floats.values == words[5...].map { Float($0 >> 40) * 0x1p-24 })
    }
  }

  @Test(arguments: [0, 1, 127, 128, 500, 802])
  func theFirstNonFiniteElementIsFound(_ place: Int) {
    onEveryLevel { _ in
      for bad in [Float.nan, .infinity, -.infinity] {
        var values = [Float](repeating: .greatestFiniteMagnitude, count: 803)
        values[802] = .nan
        values[place] = bad
        #expect(rk_first_non_finite(RK_F32, values, 803) == place)
        #expect(rk_first_non_finite(RK_F32, values, place) == -1)
        let wide = values.map { Double($0) }
        #expect(rk_first_non_finite(RK_F64, wide, 803) == place)
      }
    }
  }
}
