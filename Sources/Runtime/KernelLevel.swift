import CRankineKernels

/// The instruction set that kernels use.
package enum KernelLevel {
  /// `baseline`, `avx2` or `avx512`: the machine's best, or a lower one that `RANKINE_ISA` asks for.
  package static var current: String { String(cString: rk_level_name(rk_current_level())) }
}
