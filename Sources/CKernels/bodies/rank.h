/// The smoothed rank criterion: value, row gradient and column gradient in one sweep.
///
/// Rows go in groups of four, so that a column's data is loaded once for all four, and columns two
/// vectors at a time, so that two pairs may share a reciprocal; columns go in tiles that stay in L1
/// while the rows pass.

#if !defined(RK_RANK_TILE)
/// Columns of a tile.
#define RK_RANK_TILE 2048
#define RK_RANK_GROUP 4
/// Vectors of columns that are swept side by side.
#define RK_RANK_VECTORS 2

/// How sigma of a difference is found.
typedef enum RankSigma {
  RK_SIGMA_OF_DIFFERENCE,  ///< by an exponential
  RK_SIGMA_OF_FACTORS,
  RK_SIGMA_OF_NEAR_FACTORS  ///< whose product is at most e^RK_RANK_NEAR
} RankSigma;
#endif

typedef struct RK_NAME(RankRow) {
  Vector score, high, low;  ///< `score` is the factor in factored form
} RK_NAME(RankRow);

typedef struct RK_NAME(RankSums) {
  Vector value, slope;
} RK_NAME(RankSums);

/// A tile of columns, filled up to whole steps of a sweep with columns that take no part.
typedef struct RK_NAME(RankTile) {
  ptrdiff_t count;  ///< a multiple of RK_RANK_VECTORS vectors
  const Real *score, *high, *low;
  Real *slope;  ///< or null
} RK_NAME(RankTile);

/// 1/a and 1/b by one reciprocal, for a and b in [1, 2^62], or up to 2^500 in double.
RK_INLINE void RK_NAME(reciprocals)(Vector a, Vector b, Vector *of_a, Vector *of_b) {
  const Vector of_both = RK_NAME(reciprocal)(a * b);
  *of_a = of_both * b, *of_b = of_both * a;
}

/// sigma(d) and sigma(-d) of a row's differences from two vectors of columns.
RK_INLINE void RK_NAME(rank_sigmas)(RankSigma form, Vector row, const Vector *score, Vector *up,
                                    Vector *down) {
  const Vector zero = RK_NAME(splat)(0), one = RK_NAME(splat)(1);
  Vector power[RK_RANK_VECTORS], large[RK_RANK_VECTORS];
  RK_UNROLLED for (int k = 0; k < RK_RANK_VECTORS; k++) {
    power[k] = form == RK_SIGMA_OF_DIFFERENCE
                   ? RK_NAME(exp_of_minus)(RK_NAME(absolute)(row - score[k]))
                   : row * score[k];
  }
  if (form == RK_SIGMA_OF_NEAR_FACTORS) {
    RK_NAME(reciprocals)(power[0] + one, power[1] + one, &large[0], &large[1]);
  } else {
    RK_UNROLLED for (int k = 0; k < RK_RANK_VECTORS; k++) {
      large[k] = RK_NAME(reciprocal)(power[k] + one);
    }
  }
  RK_UNROLLED for (int k = 0; k < RK_RANK_VECTORS; k++) {
    const Vector small = power[k] * large[k];
    up[k] = large[k], down[k] = small;
    if (form != RK_SIGMA_OF_DIFFERENCE) continue;
    const Mask is_negative = row - score[k] < zero;
    up[k] = is_negative ? small : large[k];
    down[k] = is_negative ? large[k] : small;
  }
}

/// Adds the terms of one row to its sums, and takes their slopes from those of the columns.
RK_INLINE void RK_NAME(rank_terms)(RankSigma form, int has_slope, const RK_NAME(RankRow) *row,
                                   const Vector *score, const Vector *high, const Vector *low,
                                   RK_NAME(RankSums) *sums, Vector *slope) {
// Without slopes, `down` could be fused into its sum, which would change the last bit of that.
#pragma clang fp contract(off)
  const Vector zero = RK_NAME(splat)(0);
  Vector up[RK_RANK_VECTORS], down[RK_RANK_VECTORS];
  RK_NAME(rank_sigmas)(form, row->score, score, up, down);
  RK_UNROLLED for (int k = 0; k < RK_RANK_VECTORS; k++) {
    const Mask wins = row->high > low[k], loses = high[k] > row->low;
    // Where a score is no number, a pair that does not count must not count in a product either.
    if (form != RK_SIGMA_OF_NEAR_FACTORS) down[k] = wins ? down[k] : (loses ? down[k] : zero);
    Vector counted = wins ? up[k] : zero;
    sums->value += counted;
    sums->value = loses ? sums->value + down[k] : sums->value;
    if (!has_slope) continue;
    counted = loses ? counted - up[k] : counted;
    sums->slope = RK_NAME(multiply_add)(counted, down[k], sums->slope);
    slope[k] = RK_NAME(multiply_add)(-counted, down[k], slope[k]);
  }
}

/// Sweeps `rows` (1 or a group) of the plan's rows from `first` against a tile; returns the sum of
/// their values. The sums are local, so that they stay in registers.
RK_INLINE double RK_NAME(rank_sweep)(RankSigma form, int has_slope, int rows,
                                     const rk_rank_plan *plan, ptrdiff_t first,
                                     const RK_NAME(RankTile) *tile, Real *row_slope) {
  const RK_NAME(RankTile) columns = *tile;
  RK_NAME(RankRow) row[RK_RANK_GROUP];
  RK_NAME(RankSums) sums[RK_RANK_GROUP];
  RK_UNROLLED for (int i = 0; i < rows; i++) {
    row[i].score = RK_NAME(splat)(((const Real *)plan->row_factor)[first + i]);
    row[i].high = RK_NAME(splat)(((const Real *)plan->row_high)[first + i]);
    row[i].low = RK_NAME(splat)(((const Real *)plan->row_low)[first + i]);
    sums[i].value = sums[i].slope = RK_NAME(splat)(0);
  }
  for (ptrdiff_t j = 0; j < columns.count; j += RK_RANK_VECTORS * RK_LANES) {
    Vector score[RK_RANK_VECTORS], high[RK_RANK_VECTORS], low[RK_RANK_VECTORS];
    Vector slope[RK_RANK_VECTORS];
    RK_UNROLLED for (int k = 0; k < RK_RANK_VECTORS; k++) {
      score[k] = RK_NAME(load)(columns.score + j + k * RK_LANES);
      high[k] = RK_NAME(load)(columns.high + j + k * RK_LANES);
      low[k] = RK_NAME(load)(columns.low + j + k * RK_LANES);
      if (has_slope) slope[k] = RK_NAME(load)(columns.slope + j + k * RK_LANES);
    }
    RK_UNROLLED for (int i = 0; i < rows; i++) {
      RK_NAME(rank_terms)(form, has_slope, &row[i], score, high, low, &sums[i], slope);
    }
    RK_UNROLLED for (int k = 0; k < RK_RANK_VECTORS; k++) {
      if (has_slope) RK_NAME(store)(columns.slope + j + k * RK_LANES, slope[k]);
    }
  }
  RK_UNROLLED for (int i = 0; i < rows; i++) {
    if (row_slope) row_slope[first + i] += RK_NAME(sum_of_lanes)(sums[i].slope);
  }
  // Adding vectors before lanes leaves one sum over lanes for the group.
  RK_UNROLLED for (int i = 1; i < rows; i++) sums[0].value += sums[i].value;
  return (double)RK_NAME(sum_of_lanes)(sums[0].value);
}

/// Sweeps rows first..<last against a tile, group by group.
RK_INLINE double RK_NAME(rank_rows)(RankSigma form, int has_slope, const rk_rank_plan *plan,
                                    ptrdiff_t first, ptrdiff_t last,
                                    const RK_NAME(RankTile) *tile, Real *row_slope) {
  double value = 0;
  ptrdiff_t i = first;
  for (; i + RK_RANK_GROUP <= last; i += RK_RANK_GROUP) {
    value += RK_NAME(rank_sweep)(form, has_slope, RK_RANK_GROUP, plan, i, tile, row_slope);
  }
  for (; i < last; i++) {
    value += RK_NAME(rank_sweep)(form, has_slope, 1, plan, i, tile, row_slope);
  }
  return value;
}

/// Chooses the sweep at compile time: the forms, with and without slopes.
static double RK_NAME(rank_choose)(RankSigma form, const rk_rank_plan *plan, ptrdiff_t first,
                                   ptrdiff_t last, const RK_NAME(RankTile) *tile,
                                   Real *row_slope) {
#define RK_SWEEP(form)                                                             \
  tile->slope ? RK_NAME(rank_rows)(form, 1, plan, first, last, tile, row_slope)    \
              : RK_NAME(rank_rows)(form, 0, plan, first, last, tile, row_slope)
  switch (form) {
    case RK_SIGMA_OF_DIFFERENCE: return RK_SWEEP(RK_SIGMA_OF_DIFFERENCE);
    case RK_SIGMA_OF_FACTORS: return RK_SWEEP(RK_SIGMA_OF_FACTORS);
    default: return RK_SWEEP(RK_SIGMA_OF_NEAR_FACTORS);
  }
#undef RK_SWEEP
}

/// Sweeps the plan's rows begin..<end against a tile, base by base.
static double RK_NAME(rank_tile)(const rk_rank_plan *plan, ptrdiff_t begin, ptrdiff_t end,
                                 const RK_NAME(RankTile) *given, Real *row_slope) {
  Real factor[RK_RANK_TILE] __attribute__((aligned(RK_VECTOR_BYTES)));
  RK_NAME(RankTile) tile = *given;
  const RankSigma form = plan->form == RK_RANK_DIRECT ? RK_SIGMA_OF_DIFFERENCE
                         : plan->is_near              ? RK_SIGMA_OF_NEAR_FACTORS
                                                      : RK_SIGMA_OF_FACTORS;
  double value = 0;
  for (int32_t b = 0; b < plan->base_count; b++) {
    const ptrdiff_t first = plan->firsts[b] > begin ? plan->firsts[b] : begin;
    const ptrdiff_t last = plan->firsts[b + 1] < end ? plan->firsts[b + 1] : end;
    if (first >= last) continue;
    if (plan->form != RK_RANK_DIRECT) {
      RK_NAME(exponentiate)(given->score, tile.count, 1, plan->bases[b], factor);
      tile.score = factor;
    }
    value += RK_NAME(rank_choose)(form, plan, first, last, &tile, row_slope);
  }
  return value;
}

/// Copies columns that are no whole number of steps, and fills them up.
RK_INLINE const Real *RK_NAME(filled_up)(const Real *from, ptrdiff_t count, ptrdiff_t whole,
                                         Real rest, Real *to) {
  if (count == whole) return from;
  memcpy(to, from, (size_t)count * sizeof(Real));
  for (ptrdiff_t i = count; i < whole; i++) to[i] = rest;
  return to;
}

/// Sweeps all pairs of the given rows and columns.
static double RK_NAME(run_all)(const rk_rank *rank, ptrdiff_t lead, const rk_rank_plan *plan,
                               ptrdiff_t row_begin, ptrdiff_t row_end, ptrdiff_t column_begin,
                               ptrdiff_t column_end, void *row_slope, void *column_slope) {
  const Real *score = RK_NAME(input_at)(&rank->column_score, lead);
  const Real *high = RK_NAME(input_at)(&rank->column_high, lead);
  const Real *low = RK_NAME(input_at)(&rank->column_low, lead);
  const ptrdiff_t step = RK_RANK_VECTORS * RK_LANES;
  Real copies[3][RK_RANK_TILE], slope[RK_RANK_TILE];
  const int has_slope = row_slope != NULL || column_slope != NULL;
  if (row_slope) RK_NAME(fill)((Real *)row_slope + row_begin, 0, row_end - row_begin);
  double value = 0;
  for (ptrdiff_t column = column_begin; column < column_end; column += RK_RANK_TILE) {
    const ptrdiff_t left = column_end - column;
    const ptrdiff_t count = left < RK_RANK_TILE ? left : RK_RANK_TILE;
    const ptrdiff_t whole = (count + step - 1) / step * step;
    const RK_NAME(RankTile) tile = {
        .count = whole,
        .score = RK_NAME(filled_up)(score + column, count, whole, score[column], copies[0]),
        .high = RK_NAME(filled_up)(high + column, count, whole, (Real)NAN, copies[1]),
        .low = RK_NAME(filled_up)(low + column, count, whole, (Real)NAN, copies[2]),
        .slope = has_slope ? slope : NULL,
    };
    if (has_slope) RK_NAME(fill)(slope, 0, tile.count);
    value += RK_NAME(rank_tile)(plan, row_begin, row_end, &tile, row_slope);
    if (!column_slope) continue;
    memcpy((Real *)column_slope + column, slope, (size_t)count * sizeof(Real));
  }
  return value;
}
