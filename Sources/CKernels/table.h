/// The functions of one instruction-set level, and the door through which `dispatch.c` finds them.
#pragma once

#include "rankine_kernels.h"

/// One level's kernels; index 0 of each pair is float, index 1 is double.
typedef struct rk_table {
  void (*run_loop[2])(const rk_loop *loop, ptrdiff_t begin, ptrdiff_t end);
  void (*run_pair[2])(const rk_pair *pair, ptrdiff_t lead, ptrdiff_t row_begin, ptrdiff_t row_end,
                      ptrdiff_t column_begin, ptrdiff_t column_end, void *const *results);
  int (*fill_pair_factor[2])(const rk_pair_factor *factor, ptrdiff_t lead);
  size_t (*rank_workspace[2])(ptrdiff_t rows, ptrdiff_t columns);
  size_t (*rank_ordering[2])(ptrdiff_t rows, ptrdiff_t columns);
  void (*plan_rank[2])(const rk_rank *rank, ptrdiff_t lead, rk_rank_plan *plan);
  double (*run_rank[2])(const rk_rank *rank, ptrdiff_t lead, const rk_rank_plan *plan,
                        ptrdiff_t row_begin, ptrdiff_t row_end, ptrdiff_t column_begin,
                        ptrdiff_t column_end, void *row_slope, void *column_slope);
  void (*gemm[2])(ptrdiff_t m, ptrdiff_t n, ptrdiff_t k, const rk_matrix *a, const rk_matrix *b,
                  void *c, ptrdiff_t ldc, int accumulate, void *scratch,
                  const rk_closing *closing);
  size_t (*gemm_scratch[2])(ptrdiff_t m, ptrdiff_t n, ptrdiff_t k);
  double (*add_parts[2])(ptrdiff_t parts, ptrdiff_t stride, ptrdiff_t count, const void *from,
                         const int32_t *order, void *to);
  void (*gather[2])(ptrdiff_t outer, ptrdiff_t extent, ptrdiff_t inner, const int32_t *indices,
                    ptrdiff_t count, const void *from, void *to);
  void (*scatter_add[2])(ptrdiff_t outer, ptrdiff_t extent, ptrdiff_t inner,
                         const int32_t *indices, ptrdiff_t count, const void *from, void *to);
  void (*uniform[2])(uint64_t seed, uint64_t stream, uint64_t position, ptrdiff_t count, void *to);
  ptrdiff_t (*first_non_finite[2])(const void *from, ptrdiff_t count);
} rk_table;

extern const rk_table rk_table_baseline;
#if defined(__x86_64__)
extern const rk_table rk_table_avx2;
extern const rk_table rk_table_avx512;
#endif
