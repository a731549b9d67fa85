// The kernels for x86-64 machines with AVX2 and FMA; `dispatch.c` asks before it calls them.
#if defined(__x86_64__)

#define RK_TABLE rk_table_avx2
#define RK_TARGET "avx2,fma"
#define RK_VECTOR_BYTES 32
#define RK_TILE_ROWS 6
#define RK_HAS_FMA 1

#include "bodies/level.h"

#endif
