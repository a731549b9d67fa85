// The kernels for x86-64 machines with AVX-512 and FMA; `dispatch.c` asks before it calls them.
#if defined(__x86_64__)

#define RK_TABLE rk_table_avx512
#define RK_TARGET "avx512f,avx512vl,avx512dq,avx512bw,avx2,fma"
#define RK_VECTOR_BYTES 64
#define RK_TILE_ROWS 14
#define RK_HAS_FMA 1

#include "bodies/level.h"

#endif
