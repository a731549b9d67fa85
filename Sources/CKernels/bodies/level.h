/// Compiles every body for one instruction-set level, in double and in float.
///
/// The including file defines RK_TABLE (the table to fill), RK_VECTOR_BYTES, RK_TILE_ROWS (rows of
/// a register tile), RK_HAS_FMA and, above the baseline, RK_TARGET (what the compiler may use).
/// Vectors are explicit, so summation orders are those written down, optimized or not.

#include <float.h>
#include <math.h>
#include <string.h>

#include "../table.h"

#define RK_JOIN_EXPANDED(name, suffix) name##_##suffix
#define RK_JOIN(name, suffix) RK_JOIN_EXPANDED(name, suffix)
/// A name that is distinct for each element type.
#define RK_NAME(name) RK_JOIN(name, RK_SUFFIX)
#define RK_INLINE static inline __attribute__((always_inline))
/// For what seldom runs within a loop that needs all registers.
#define RK_APART static __attribute__((noinline))
#define RK_UNROLLED _Pragma("clang loop unroll(full)")

#if defined(RK_TARGET)
#pragma clang attribute push(__attribute__((target(RK_TARGET))), apply_to = function)
#endif
#pragma clang fp contract(fast)

#include "f64.h"
#include "type.h"
#include "untype.h"

#include "f32.h"
#include "type.h"
#include "untype.h"

#if defined(RK_TARGET)
#pragma clang attribute pop
#endif

#define RK_PAIR_OF(name) {name##_f32, name##_f64}

const rk_table RK_TABLE = {
    .run_loop = RK_PAIR_OF(run_loop),
    .run_pair = RK_PAIR_OF(run_pair),
    .fill_pair_factor = RK_PAIR_OF(fill_pair_factor),
    .rank_workspace = RK_PAIR_OF(rank_workspace),
    .rank_ordering = RK_PAIR_OF(rank_ordering),
    .plan_rank = RK_PAIR_OF(plan_rank),
    .run_rank = RK_PAIR_OF(run_rank),
    .gemm = RK_PAIR_OF(gemm),
    .gemm_scratch = RK_PAIR_OF(gemm_scratch),
    .add_parts = RK_PAIR_OF(add_parts),
    .gather = RK_PAIR_OF(gather),
    .scatter_add = RK_PAIR_OF(scatter_add),
    .uniform = RK_PAIR_OF(uniform),
    .first_non_finite = RK_PAIR_OF(first_non_finite),
};
