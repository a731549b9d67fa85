// The kernels for the target's own instruction set: SSE2 on x86-64, NEON on arm64.
#define RK_TABLE rk_table_baseline
#define RK_VECTOR_BYTES 16
#define RK_TILE_ROWS 6
#if defined(__ARM_FEATURE_FMA)
#define RK_HAS_FMA 1
#else
#define RK_HAS_FMA 0
#endif

#include "bodies/level.h"
