/// The smoothed rank criterion: value, row gradient and column gradient in one sweep.
///
/// Rows go in groups of four, so that a column's data is loaded once for all four; columns go in
/// tiles that stay in L1 while the rows pass.

#if !defined(RK_RANK_TILE)
/// Columns of a tile.
#define RK_RANK_TILE 2048
#define RK_RANK_GROUP 4
#endif

typedef struct RK_NAME(RankRow) {
  Vector score, high, low;  ///< `score` is the factor in factored form
} RK_NAME(RankRow);

typedef struct RK_NAME(RankSums) {
  Vector value, slope;
} RK_NAME(RankSums);

/// A tile of columns, filled up to whole vectors with columns that take no part.
typedef struct RK_NAME(RankTile) {
  ptrdiff_t count;  ///< in whole vectors
  const Real *score, *high, *low;
  Real *slope;  ///< or null
} RK_NAME(RankTile);

/// Adds the terms of one vector of columns to a row's sums and returns their slopes.
RK_INLINE Vector RK_NAME(rank_terms)(int is_factored, int has_slope, const RK_NAME(RankRow) *row,
                                     Vector score, Vector high, Vector low,
                                     RK_NAME(RankSums) *sums) {
  const Vector zero = RK_NAME(splat)(0), one = RK_NAME(splat)(1);
  Vector up, down;  // sigma(d) and sigma(-d)
  if (is_factored) {
    const Vector product = row->score * score;
    up = RK_NAME(reciprocal)(product + one);
    down = product * up;
  } else {
    const Vector d = row->score - score;
    const Vector e = RK_NAME(exp_of_minus)(RK_NAME(absolute)(d));
    const Vector large = RK_NAME(reciprocal)(e + one), small = e * large;
    const Mask is_negative = d < zero;
    up = is_negative ? small : large;
    down = is_negative ? large : small;
  }
  // Written so that each choice is one masked operation.
  const Mask wins = row->high > low, loses = high > row->low;
  sums->value = wins ? sums->value + up : sums->value;
  sums->value = loses ? sums->value + down : sums->value;
  if (!has_slope) return zero;
  const Vector slope = up * down;
  Vector signed_slope = wins ? slope : zero;
  signed_slope = loses ? signed_slope - slope : signed_slope;
  sums->slope += signed_slope;
  return signed_slope;
}

/// Sweeps `rows` (1 or a group) against a tile. The sums are local, so that they stay in registers.
RK_INLINE void RK_NAME(rank_sweep)(int is_factored, int has_slope, int rows,
                                   const RK_NAME(RankRow) *given, const RK_NAME(RankTile) *tile,
                                   RK_NAME(RankSums) *results) {
  const RK_NAME(RankTile) columns = *tile;
  RK_NAME(RankRow) row[RK_RANK_GROUP];
  RK_NAME(RankSums) sums[RK_RANK_GROUP];
  RK_UNROLLED for (int i = 0; i < rows; i++) {
    row[i] = given[i];
    sums[i].value = sums[i].slope = RK_NAME(splat)(0);
  }
  for (ptrdiff_t j = 0; j < columns.count; j += RK_LANES) {
    const Vector score = RK_NAME(load)(columns.score + j);
    const Vector high = RK_NAME(load)(columns.high + j), low = RK_NAME(load)(columns.low + j);
    Vector slope = RK_NAME(splat)(0);
    RK_UNROLLED for (int i = 0; i < rows; i++) {
      slope += RK_NAME(rank_terms)(is_factored, has_slope, &row[i], score, high, low, &sums[i]);
    }
    if (has_slope) {
      RK_NAME(store)(columns.slope + j, RK_NAME(load)(columns.slope + j) - slope);
    }
  }
  RK_UNROLLED for (int i = 0; i < rows; i++) results[i] = sums[i];
}

/// Chooses the sweep at compile time: both forms, with and without slopes, one row or a group.
static void RK_NAME(rank_choose)(int is_factored, int rows, const RK_NAME(RankRow) *row,
                                 const RK_NAME(RankTile) *tile, RK_NAME(RankSums) *sums) {
#define RK_SWEEP(factored, slope, count) \
  RK_NAME(rank_sweep)(factored, slope, count, row, tile, sums)
  switch (4 * (rows > 1) + 2 * is_factored + (tile->slope != NULL)) {
    case 0: RK_SWEEP(0, 0, 1); break;
    case 1: RK_SWEEP(0, 1, 1); break;
    case 2: RK_SWEEP(1, 0, 1); break;
    case 3: RK_SWEEP(1, 1, 1); break;
    case 4: RK_SWEEP(0, 0, RK_RANK_GROUP); break;
    case 5: RK_SWEEP(0, 1, RK_RANK_GROUP); break;
    case 6: RK_SWEEP(1, 0, RK_RANK_GROUP); break;
    default: RK_SWEEP(1, 1, RK_RANK_GROUP); break;
  }
#undef RK_SWEEP
}

/// Sweeps `rows` rows of the plan from `first`; returns the sum of their values.
static double RK_NAME(rank_rows)(const rk_rank_plan *plan, ptrdiff_t first, int rows,
                                 const RK_NAME(RankTile) *tile, Real *row_slope) {
  RK_NAME(RankRow) row[RK_RANK_GROUP];
  RK_NAME(RankSums) sums[RK_RANK_GROUP];
  for (int i = 0; i < rows; i++) {
    row[i].score = RK_NAME(splat)(((const Real *)plan->row_factor)[first + i]);
    row[i].high = RK_NAME(splat)(((const Real *)plan->row_high)[first + i]);
    row[i].low = RK_NAME(splat)(((const Real *)plan->row_low)[first + i]);
  }
  RK_NAME(rank_choose)(plan->form != RK_RANK_DIRECT, rows, row, tile, sums);
  double value = 0;
  for (int i = 0; i < rows; i++) {
    value += (double)RK_NAME(sum_of_lanes)(sums[i].value);
    if (row_slope) row_slope[first + i] += RK_NAME(sum_of_lanes)(sums[i].slope);
  }
  return value;
}

/// Sweeps the plan's rows begin..<end against a tile, base by base.
static double RK_NAME(rank_tile)(const rk_rank_plan *plan, ptrdiff_t begin, ptrdiff_t end,
                                 const RK_NAME(RankTile) *given, Real *row_slope) {
  Real factor[RK_RANK_TILE] __attribute__((aligned(RK_VECTOR_BYTES)));
  RK_NAME(RankTile) tile = *given;
  double value = 0;
  for (int32_t b = 0; b < plan->base_count; b++) {
    const ptrdiff_t first = plan->firsts[b] > begin ? plan->firsts[b] : begin;
    const ptrdiff_t last = plan->firsts[b + 1] < end ? plan->firsts[b + 1] : end;
    if (first >= last) continue;
    if (plan->form != RK_RANK_DIRECT) {
      RK_NAME(exponentiate)(given->score, tile.count, 1, plan->bases[b], factor);
      tile.score = factor;
    }
    ptrdiff_t row = first;
    for (; row + RK_RANK_GROUP <= last; row += RK_RANK_GROUP) {
      value += RK_NAME(rank_rows)(plan, row, RK_RANK_GROUP, &tile, row_slope);
    }
    for (; row < last; row++) value += RK_NAME(rank_rows)(plan, row, 1, &tile, row_slope);
  }
  return value;
}

/// Copies a part of a vector at the end of a tile and fills it up.
RK_INLINE const Real *RK_NAME(filled_up)(const Real *from, ptrdiff_t count, Real rest, Real *to) {
  if (count % RK_LANES == 0) return from;
  memcpy(to, from, (size_t)count * sizeof(Real));
  for (ptrdiff_t i = count; i % RK_LANES != 0; i++) to[i] = rest;
  return to;
}

/// Sweeps all pairs of the given rows and columns.
static double RK_NAME(run_all)(const rk_rank *rank, ptrdiff_t lead, const rk_rank_plan *plan,
                               ptrdiff_t row_begin, ptrdiff_t row_end, ptrdiff_t column_begin,
                               ptrdiff_t column_end, void *row_slope, void *column_slope) {
  const Real *score = RK_NAME(input_at)(&rank->column_score, lead);
  const Real *high = RK_NAME(input_at)(&rank->column_high, lead);
  const Real *low = RK_NAME(input_at)(&rank->column_low, lead);
  Real copies[3][RK_RANK_TILE], slope[RK_RANK_TILE];
  const int has_slope = row_slope != NULL || column_slope != NULL;
  if (row_slope) RK_NAME(fill)((Real *)row_slope + row_begin, 0, row_end - row_begin);
  double value = 0;
  for (ptrdiff_t column = column_begin; column < column_end; column += RK_RANK_TILE) {
    const ptrdiff_t left = column_end - column;
    const ptrdiff_t count = left < RK_RANK_TILE ? left : RK_RANK_TILE;
    const RK_NAME(RankTile) tile = {
        .count = (count + RK_LANES - 1) / RK_LANES * RK_LANES,
        .score = RK_NAME(filled_up)(score + column, count, 0, copies[0]),
        .high = RK_NAME(filled_up)(high + column, count, (Real)NAN, copies[1]),
        .low = RK_NAME(filled_up)(low + column, count, (Real)NAN, copies[2]),
        .slope = has_slope ? slope : NULL,
    };
    if (has_slope) RK_NAME(fill)(slope, 0, tile.count);
    value += RK_NAME(rank_tile)(plan, row_begin, row_end, &tile, row_slope);
    if (!column_slope) continue;
    memcpy((Real *)column_slope + column, slope, (size_t)count * sizeof(Real));
  }
  return value;
}
