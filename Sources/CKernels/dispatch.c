// The public functions: each looks up the level in use and calls its kernel.
#include <stdlib.h>
#include <string.h>

#include "table.h"

static const rk_table *const tables[] = {
    &rk_table_baseline,
#if defined(__x86_64__)
    &rk_table_avx2,
    &rk_table_avx512,
#endif
};

static const char *const level_names[] = {"baseline", "avx2", "avx512"};

/// The level chosen at start, and what a thread forces in its place (-1: nothing).
static rk_level level_at_start = RK_BASELINE;
static _Thread_local int forced_level = -1;

rk_level rk_best_level(void) {
#if defined(__x86_64__)
  __builtin_cpu_init();
  if (!__builtin_cpu_supports("avx2") || !__builtin_cpu_supports("fma")) return RK_BASELINE;
  const int has_avx512 = __builtin_cpu_supports("avx512f") && __builtin_cpu_supports("avx512vl") &&
                         __builtin_cpu_supports("avx512dq") && __builtin_cpu_supports("avx512bw");
  return has_avx512 ? RK_AVX512 : RK_AVX2;
#else
  return RK_BASELINE;
#endif
}

rk_level rk_current_level(void) {
  return forced_level < 0 ? level_at_start : (rk_level)forced_level;
}

rk_level rk_set_level(rk_level level) {
  const rk_level best = rk_best_level();
  forced_level = (int)(level < best ? level : best);
  return (rk_level)forced_level;
}

static const rk_table *table(void) { return tables[rk_current_level()]; }

const char *rk_level_name(rk_level level) {
  return (unsigned)level <= RK_AVX512 ? level_names[level] : "unknown";
}

/// Runs before main; an unknown name in the environment asks for nothing.
__attribute__((constructor)) static void choose_level(void) {
  rk_level wanted = RK_AVX512;
  const char *name = getenv("RANKINE_ISA");
  for (int level = RK_BASELINE; name && level <= RK_AVX512; level++) {
    if (strcmp(name, level_names[level]) == 0) wanted = (rk_level)level;
  }
  const rk_level best = rk_best_level();
  level_at_start = wanted < best ? wanted : best;
}

void rk_run_loop(const rk_loop *loop, ptrdiff_t begin, ptrdiff_t end) {
  table()->run_loop[loop->type](loop, begin, end);
}

void rk_run_pair(const rk_pair *pair, ptrdiff_t lead, ptrdiff_t row_begin, ptrdiff_t row_end,
                 ptrdiff_t column_begin, ptrdiff_t column_end, void *const *results) {
  table()->run_pair[pair->type](pair, lead, row_begin, row_end, column_begin, column_end, results);
}

int rk_fill_pair_factor(const rk_pair_factor *factor, ptrdiff_t lead) {
  return table()->fill_pair_factor[factor->type](factor, lead);
}

size_t rk_rank_workspace(rk_type type, ptrdiff_t rows, ptrdiff_t columns) {
  return table()->rank_workspace[type](rows, columns);
}

size_t rk_rank_ordering(rk_type type, ptrdiff_t rows, ptrdiff_t columns) {
  return table()->rank_ordering[type](rows, columns);
}

void rk_plan_rank(const rk_rank *rank, ptrdiff_t lead, rk_rank_plan *plan) {
  table()->plan_rank[rank->type](rank, lead, plan);
}

double rk_run_rank(const rk_rank *rank, ptrdiff_t lead, const rk_rank_plan *plan,
                   ptrdiff_t row_begin, ptrdiff_t row_end, ptrdiff_t column_begin,
                   ptrdiff_t column_end, void *row_slope, void *column_slope) {
  return table()->run_rank[rank->type](rank, lead, plan, row_begin, row_end, column_begin,
                                       column_end, row_slope, column_slope);
}

void rk_gemm(rk_type type, ptrdiff_t m, ptrdiff_t n, ptrdiff_t k, const rk_matrix *a,
             const rk_matrix *b, void *c, ptrdiff_t ldc, int accumulate, void *scratch,
             const rk_closing *closing) {
  table()->gemm[type](m, n, k, a, b, c, ldc, accumulate, scratch, closing);
}

size_t rk_gemm_scratch(rk_type type, ptrdiff_t m, ptrdiff_t n, ptrdiff_t k) {
  return table()->gemm_scratch[type](m, n, k);
}

double rk_add_parts(rk_type type, ptrdiff_t parts, ptrdiff_t stride, ptrdiff_t count,
                    const void *from, const int32_t *order, void *to) {
  return table()->add_parts[type](parts, stride, count, from, order, to);
}

void rk_gather(rk_type type, ptrdiff_t outer, ptrdiff_t extent, ptrdiff_t inner,
               const int32_t *indices, ptrdiff_t count, const void *from, void *to) {
  table()->gather[type](outer, extent, inner, indices, count, from, to);
}

void rk_scatter_add(rk_type type, ptrdiff_t outer, ptrdiff_t extent, ptrdiff_t inner,
                    const int32_t *indices, ptrdiff_t count, const void *from, void *to) {
  table()->scatter_add[type](outer, extent, inner, indices, count, from, to);
}

void rk_uniform(rk_type type, uint64_t seed, uint64_t stream, uint64_t position, ptrdiff_t count,
                void *to) {
  table()->uniform[type](seed, stream, position, count, to);
}

ptrdiff_t rk_first_non_finite(rk_type type, const void *from, ptrdiff_t count) {
  return table()->first_non_finite[type](from, count);
}
