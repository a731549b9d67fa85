import CRankineKernels
import Testing

@Test func aForcedLevelIsCappedByTheMachineAndKnownByName() {
  let before = rk_current_level()
  defer { _ = rk_set_level(before) }
  #expect(rk_set_level(RK_AVX512) == rk_best_level())
  #expect(rk_set_level(RK_BASELINE) == RK_BASELINE)
  #expect(rk_current_level() == RK_BASELINE)
  #expect(String(cString: rk_level_name(RK_BASELINE)) == "baseline")
  #expect(String(cString: rk_level_name(RK_AVX2)) == "avx2")
  #expect(String(cString: rk_level_name(RK_AVX512)) == "avx512")
}
