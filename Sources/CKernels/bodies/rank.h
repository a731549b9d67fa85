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

/// Adds the terms of one vector of columns to a row's sums and returns their slopes.
RK_INLINE Vector RK_NAME(rank_terms)(int is_factored, int has_slope, const RK_NAME(RankRow) *row,
                                     Vector score, Vector high, Vector low,
                                     RK_NAME(RankSums) *sums) {
  const Vector zero = RK_NAME(splat)(0), one = RK_NAME(splat)(1);
  Vector up, down;  // sigma(d) and sigma(-d)
  if (is_factored) {
    const Vector product = row->score * score;
    up = one / (product + one);
    down = product * up;
  } else {
    const Vector d = row->score - score;
    const Vector e = RK_NAME(exp)(-RK_NAME(absolute)(d));
    const Vector large = one / (e + one), small = e * large;
    const Mask is_negative = d < zero;
    up = is_negative ? small : large;
    down = is_negative ? large : small;
  }
  const Mask wins = row->high > low, loses = high > row->low;
  sums->value += wins ? up : zero;
  sums->value += loses ? down : zero;
  if (!has_slope) return zero;
  const Vector slope = up * down;
  const Vector signed_slope = (wins ? slope : zero) - (loses ? slope : zero);
  sums->slope += signed_slope;
  return signed_slope;
}

/// Sweeps `rows` (1 or a group) against `vectors` vectors of columns.
RK_INLINE void RK_NAME(rank_sweep)(int is_factored, int has_slope, int rows,
                                   const RK_NAME(RankRow) *row, const Real *score,
                                   const Real *high, const Real *low, Real *column_slope,
                                   ptrdiff_t vectors, RK_NAME(RankSums) *sums) {
  for (ptrdiff_t j = 0; j < vectors * RK_LANES; j += RK_LANES) {
    const Vector column_score = RK_NAME(load)(score + j);
    const Vector column_high = RK_NAME(load)(high + j), column_low = RK_NAME(load)(low + j);
    Vector slope = RK_NAME(splat)(0);
    RK_UNROLLED for (int i = 0; i < rows; i++) {
      slope += RK_NAME(rank_terms)(is_factored, has_slope, &row[i], column_score, column_high,
                                   column_low, &sums[i]);
    }
    if (has_slope) RK_NAME(store)(column_slope + j, RK_NAME(load)(column_slope + j) - slope);
  }
}

typedef struct RK_NAME(RankState) {
  const Real *row_score, *row_high, *row_low, *column_score, *column_high, *column_low;
  Real *row_value, *row_slope, *column_slope;
  int is_factored;
} RK_NAME(RankState);

/// Chooses the sweep at compile time: both forms, with and without slopes, one row or a group.
static void RK_NAME(rank_choose)(int is_factored, int has_slope, int rows,
                                 const RK_NAME(RankRow) *row, const Real *score,
                                 const Real *high, const Real *low, Real *column_slope,
                                 ptrdiff_t vectors, RK_NAME(RankSums) *sums) {
#define RK_SWEEP(factored, slope, count)                                                       \
  RK_NAME(rank_sweep)(factored, slope, count, row, score, high, low, column_slope, vectors, sums)
  switch (4 * (rows > 1) + 2 * is_factored + has_slope) {
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

/// Sweeps `rows` rows from `first` against a tile of columns; the last, partial vector is padded
/// with NaN outcomes, which take no part.
static void RK_NAME(rank_rows)(const RK_NAME(RankState) *state, ptrdiff_t first, int rows,
                               ptrdiff_t column, ptrdiff_t count, Real *column_slope) {
  const int has_slope = column_slope != NULL;
  RK_NAME(RankRow) row[RK_RANK_GROUP];
  RK_NAME(RankSums) sums[RK_RANK_GROUP];
  for (int i = 0; i < rows; i++) {
    row[i].score = RK_NAME(splat)(state->row_score[first + i]);
    row[i].high = RK_NAME(splat)(state->row_high[first + i]);
    row[i].low = RK_NAME(splat)(state->row_low[first + i]);
    sums[i].value = sums[i].slope = RK_NAME(splat)(0);
  }
  const ptrdiff_t vectors = count / RK_LANES, rest = count % RK_LANES;
  RK_NAME(rank_choose)(state->is_factored, has_slope, rows, row, state->column_score + column,
                       state->column_high + column, state->column_low + column, column_slope,
                       vectors, sums);
  if (rest > 0) {
    const ptrdiff_t at = column + vectors * RK_LANES;
    const Vector score = RK_NAME(load_part)(state->column_score + at, rest, 0);
    const Vector high = RK_NAME(load_part)(state->column_high + at, rest, (Real)NAN);
    const Vector low = RK_NAME(load_part)(state->column_low + at, rest, (Real)NAN);
    Vector slope = RK_NAME(splat)(0);
    RK_NAME(rank_choose)(state->is_factored, has_slope, rows, row, (const Real *)&score,
                         (const Real *)&high, (const Real *)&low, (Real *)&slope, 1, sums);
    if (has_slope) {
      for (ptrdiff_t j = 0; j < rest; j++) column_slope[vectors * RK_LANES + j] += slope[j];
    }
  }
  for (int i = 0; i < rows; i++) {
    if (state->row_value) state->row_value[first + i] += RK_NAME(sum_of_lanes)(sums[i].value);
    if (state->row_slope) state->row_slope[first + i] += RK_NAME(sum_of_lanes)(sums[i].slope);
  }
}

static void RK_NAME(run_rank)(const rk_rank *rank, ptrdiff_t lead, ptrdiff_t row_begin,
                              ptrdiff_t row_end, ptrdiff_t column_begin, ptrdiff_t column_end,
                              const void *row_factor, const void *column_factor, void *row_value,
                              void *row_slope, void *column_slope) {
  const int is_factored = row_factor != NULL && column_factor != NULL;
  const RK_NAME(RankState) state = {
      .row_score = is_factored ? row_factor : RK_NAME(input_at)(&rank->row_score, lead),
      .row_high = RK_NAME(input_at)(&rank->row_high, lead),
      .row_low = RK_NAME(input_at)(&rank->row_low, lead),
      .column_score = is_factored ? column_factor : RK_NAME(input_at)(&rank->column_score, lead),
      .column_high = RK_NAME(input_at)(&rank->column_high, lead),
      .column_low = RK_NAME(input_at)(&rank->column_low, lead),
      .row_value = row_value,
      .row_slope = row_slope,
      .column_slope = column_slope,
      .is_factored = is_factored,
  };
  Real unwanted[RK_RANK_TILE];
  const int has_slope = row_slope != NULL || column_slope != NULL;
  if (has_slope && !column_slope) RK_NAME(fill)(unwanted, 0, RK_RANK_TILE);
  if (row_value) RK_NAME(fill)(state.row_value + row_begin, 0, row_end - row_begin);
  if (row_slope) RK_NAME(fill)(state.row_slope + row_begin, 0, row_end - row_begin);
  if (column_slope) {
    RK_NAME(fill)(state.column_slope + column_begin, 0, column_end - column_begin);
  }
  for (ptrdiff_t column = column_begin; column < column_end; column += RK_RANK_TILE) {
    const ptrdiff_t left = column_end - column;
    const ptrdiff_t count = left < RK_RANK_TILE ? left : RK_RANK_TILE;
    Real *slope = !has_slope ? NULL : column_slope ? state.column_slope + column : unwanted;
    ptrdiff_t row = row_begin;
    for (; row + RK_RANK_GROUP <= row_end; row += RK_RANK_GROUP) {
      RK_NAME(rank_rows)(&state, row, RK_RANK_GROUP, column, count, slope);
    }
    for (; row < row_end; row++) RK_NAME(rank_rows)(&state, row, 1, column, count, slope);
  }
}
