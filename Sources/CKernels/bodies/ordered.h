/// The sweep over columns in the order of their keys. Where a column has one key, those below a
/// row's are a prefix and those above it a suffix: no pair there is compared, and between them are
/// no pairs.
///
/// The order is kept from one plan to the next, as keys seldom change. Rows go in groups of about
/// the same key, whose prefixes and suffixes end near each other; only there pairs are compared.

/// What a plan's ordering holds.
typedef struct RK_NAME(Ordering) {
  int32_t *is_known;   ///< whether it belongs to the keys below
  int32_t *is_single;  ///< whether each column has one key or none
  int32_t *count;     ///< columns with a key
  Real *high, *low;   ///< the keys that were ordered
  int32_t *order;     ///< numbers of the columns
  Real *key, *score;  ///< in this order, filled up to a whole step
  int32_t *below;      ///< of each row of the plan the columns below its high key
  int32_t *above;      ///< likewise those not above its low key
  int32_t *places;     ///< of each row as numbered: both, and a copy of the plan's order
  RK_NAME(SortRoom) room;
} RK_NAME(Ordering);

/// Lays out the memory of an ordering; with none given only its size is found.
static size_t RK_NAME(lay_out_ordering)(ptrdiff_t rows, ptrdiff_t columns, void *memory,
                                        RK_NAME(Ordering) *ordering) {
  const size_t padded = (size_t)(columns + RK_RANK_VECTORS * RK_LANES);
  size_t used = 0;
#define RK_TAKE(field, count)                                                      \
  field = memory ? (void *)((char *)memory + used) : NULL;                         \
  used += ((size_t)(count) * sizeof(*(field)) + 63) / 64 * 64
  RK_TAKE(ordering->is_known, 1);
  RK_TAKE(ordering->is_single, 1);
  RK_TAKE(ordering->count, 1);
  RK_TAKE(ordering->high, columns);
  RK_TAKE(ordering->low, columns);
  RK_TAKE(ordering->order, columns);
  RK_TAKE(ordering->key, padded);
  RK_TAKE(ordering->score, padded);
  RK_TAKE(ordering->below, rows);
  RK_TAKE(ordering->above, rows);
  RK_TAKE(ordering->places, 3 * rows);
  RK_TAKE(ordering->room.keys, columns);
  RK_TAKE(ordering->room.other_keys, columns);
  RK_TAKE(ordering->room.items, columns);
  RK_TAKE(ordering->room.other_items, columns);
#undef RK_TAKE
  return used;
}

static size_t RK_NAME(rank_ordering)(ptrdiff_t rows, ptrdiff_t columns) {
  RK_NAME(Ordering) ordering;
  return RK_NAME(lay_out_ordering)(rows, columns, NULL, &ordering);
}

/// Orders the columns, unless their keys are those of the last time. Returns whether each has one
/// key or none.
static int RK_NAME(order_columns)(const rk_rank *rank, ptrdiff_t lead,
                                  RK_NAME(Ordering) *ordering) {
  const Real *high = RK_NAME(input_at)(&rank->column_high, lead);
  const Real *low = RK_NAME(input_at)(&rank->column_low, lead);
  const size_t size = (size_t)rank->columns * sizeof(Real);
  if (*ordering->is_known && memcmp(high, ordering->high, size) == 0 &&
      memcmp(low, ordering->low, size) == 0) {
    return *ordering->is_single;
  }
  memcpy(ordering->high, high, size), memcpy(ordering->low, low, size);
  *ordering->is_known = *ordering->is_single = 1;
  for (ptrdiff_t j = 0; j < rank->columns; j++) {
    const int has_none = high[j] != high[j] && low[j] != low[j];
    if (high[j] != low[j] && !has_none) *ordering->is_single = 0;
  }
  if (!*ordering->is_single) return 0;
  const ptrdiff_t count =
      RK_NAME(sort_order)(low, rank->columns, ordering->room, ordering->order);
  *ordering->count = (int32_t)count;
  for (ptrdiff_t j = 0; j < count; j++) ordering->key[j] = low[ordering->order[j]];
  for (ptrdiff_t j = count; j < count + RK_RANK_VECTORS * RK_LANES; j++) {
    ordering->key[j] = (Real)NAN;
  }
  return 1;
}

/// places[i] = how many of the ascending keys are below values[i], or not above it; 0 for no
/// number. All rows take a step before the next, so that they do not wait for their own.
static void RK_NAME(find_places)(const Real *keys, ptrdiff_t count, const Real *values,
                                 ptrdiff_t rows, int counts_equal, int32_t *places) {
  for (ptrdiff_t i = 0; i < rows; i++) places[i] = 0;
  for (ptrdiff_t left = count, half; left > 0; left -= half) {
    half = (left + 1) / 2;
    for (ptrdiff_t i = 0; i < rows; i++) {
      const Real key = keys[places[i] + half - 1];
      const int is_there = counts_equal ? key <= values[i] : key < values[i];
      places[i] += is_there ? (int32_t)half : 0;
    }
  }
}

/// Puts rows of a base that have about the same key side by side, and finds where their prefixes
/// and suffixes end.
static void RK_NAME(order_rows)(const rk_rank *rank, ptrdiff_t lead,
                                const RK_NAME(Ordering) *ordering, const rk_rank_plan *plan) {
  enum { bins = 64 };
  const ptrdiff_t rows = rank->rows, count = *ordering->count;
  const Real *high = RK_NAME(input_at)(&rank->row_high, lead);
  const Real *low = RK_NAME(input_at)(&rank->row_low, lead);
  int32_t *below = ordering->places, *above = below + rows, *given = above + rows;
  RK_NAME(find_places)(ordering->key, count, high, rows, 0, below);
  RK_NAME(find_places)(ordering->key, count, low, rows, 1, above);
  memcpy(given, plan->order, (size_t)rows * sizeof(int32_t));
#define RK_BIN_OF(row) ((ptrdiff_t)below[row] * bins / (count + 1))
  for (int32_t b = 0; b < plan->base_count; b++) {
    int32_t firsts[bins + 1] = {0};
    const int32_t first = plan->firsts[b], last = plan->firsts[b + 1];
    for (int32_t i = first; i < last; i++) firsts[RK_BIN_OF(given[i]) + 1]++;
    for (int bin = 0; bin < bins; bin++) firsts[bin + 1] += firsts[bin];
    for (int32_t i = first; i < last; i++) {
      const int32_t row = given[i], place = first + firsts[RK_BIN_OF(row)]++;
      plan->order[place] = row;
      ordering->below[place] = below[row];
      ordering->above[place] = low[row] == low[row] ? above[row] : (int32_t)count;
    }
  }
#undef RK_BIN_OF
}

/// Whether a factored plan goes by the order of the keys; its rows are then put in order.
static int RK_NAME(takes_order)(const rk_rank *rank, ptrdiff_t lead, const rk_rank_plan *plan) {
  if (!plan->ordering || plan->form != RK_RANK_FACTORED) return 0;
  RK_NAME(Ordering) ordering;
  RK_NAME(lay_out_ordering)(rank->rows, rank->columns, plan->ordering, &ordering);
  if (!RK_NAME(order_columns)(rank, lead, &ordering)) return 0;
  RK_NAME(order_rows)(rank, lead, &ordering, plan);
  const Real *score = RK_NAME(input_at)(&rank->column_score, lead);
  const ptrdiff_t count = *ordering.count;
  for (ptrdiff_t j = 0; j < count; j++) ordering.score[j] = score[ordering.order[j]];
  for (ptrdiff_t j = count; j < count + RK_RANK_VECTORS * RK_LANES; j++) {
    ordering.score[j] = count > 0 ? ordering.score[0] : 0;
  }
  return 1;
}

/// How a step of columns stands to all rows of a group.
typedef enum RK_NAME(Standing) {
  RK_NAME(BELOW),   ///< below them: the rows win
  RK_NAME(ABOVE),   ///< above them: the rows lose
  RK_NAME(MIXED)    ///< to be compared
} RK_NAME(Standing);

/// Sweeps the columns from..<to of a tile with one standing to a group of rows.
RK_INLINE void RK_NAME(ordered_part)(RK_NAME(Standing) standing, RankSigma form, int has_slope,
                                     int rows, const RK_NAME(RankRow) *row, const Real *score,
                                     const Real *key, ptrdiff_t from, ptrdiff_t to,
                                     RK_NAME(RankSums) *sums) {
#pragma clang fp contract(off)
  const Vector zero = RK_NAME(splat)(0);
  for (ptrdiff_t j = from; j < to; j += RK_RANK_VECTORS * RK_LANES) {
    Vector factor[RK_RANK_VECTORS], keys[RK_RANK_VECTORS];
    RK_UNROLLED for (int k = 0; k < RK_RANK_VECTORS; k++) {
      factor[k] = RK_NAME(load)(score + j + k * RK_LANES);
      if (standing == RK_NAME(MIXED)) keys[k] = RK_NAME(load)(key + j + k * RK_LANES);
    }
    RK_UNROLLED for (int i = 0; i < rows; i++) {
      Vector up[RK_RANK_VECTORS], down[RK_RANK_VECTORS];
      RK_NAME(rank_sigmas)(form, row[i].score, factor, up, down);
      RK_UNROLLED for (int k = 0; k < RK_RANK_VECTORS; k++) {
        Vector counted = up[k];
        if (standing == RK_NAME(MIXED)) {
          const Mask wins = row[i].high > keys[k], loses = keys[k] > row[i].low;
          if (form != RK_SIGMA_OF_NEAR_FACTORS) down[k] = wins ? down[k] : (loses ? down[k] : zero);
          counted = wins ? up[k] : zero;
          sums[i].value += counted;
          sums[i].value = loses ? sums[i].value + down[k] : sums[i].value;
          counted = loses ? counted - up[k] : counted;
        } else {
          sums[i].value += standing == RK_NAME(BELOW) ? up[k] : down[k];
          if (standing == RK_NAME(ABOVE)) counted = -counted;
        }
        if (has_slope) sums[i].slope = RK_NAME(multiply_add)(counted, down[k], sums[i].slope);
      }
    }
  }
}

/// A tile of ordered columns.
typedef struct RK_NAME(OrderedTile) {
  ptrdiff_t first, count;  ///< its place in the order
  const Real *score, *key; ///< `score` is the factor
} RK_NAME(OrderedTile);

/// Sweeps `rows` (1 or a group) of the plan's rows from `first` against a tile; returns the sum of
/// their values.
RK_INLINE double RK_NAME(ordered_sweep)(RankSigma form, int has_slope, int rows,
                                        const rk_rank_plan *plan,
                                        const RK_NAME(Ordering) *ordering, ptrdiff_t first,
                                        const RK_NAME(OrderedTile) *tile, Real *row_slope) {
  RK_NAME(RankRow) row[RK_RANK_GROUP];
  RK_NAME(RankSums) sums[RK_RANK_GROUP];
  ptrdiff_t all_won = PTRDIFF_MAX, any_won = 0, none_lost = PTRDIFF_MAX, some_kept = 0;
  RK_UNROLLED for (int i = 0; i < rows; i++) {
    row[i].score = RK_NAME(splat)(((const Real *)plan->row_factor)[first + i]);
    row[i].high = RK_NAME(splat)(((const Real *)plan->row_high)[first + i]);
    row[i].low = RK_NAME(splat)(((const Real *)plan->row_low)[first + i]);
    sums[i].value = sums[i].slope = RK_NAME(splat)(0);
    const ptrdiff_t below = ordering->below[first + i], above = ordering->above[first + i];
    all_won = below < all_won ? below : all_won, any_won = below > any_won ? below : any_won;
    none_lost = above < none_lost ? above : none_lost;
    some_kept = above > some_kept ? above : some_kept;
  }
  // Of the tile's columns: before `won` all rows win and none loses, from `drawn` none wins, before
  // `kept` none loses, from `lost` all lose and none wins.
  const ptrdiff_t step = RK_RANK_VECTORS * RK_LANES, count = tile->count;
#define RK_IN_TILE(place)                                                          \
  ((place) < tile->first ? 0 : (place) > tile->first + count ? count : (place) - tile->first)
  const ptrdiff_t whole = (count + step - 1) / step * step;
  const ptrdiff_t won = RK_IN_TILE(all_won < none_lost ? all_won : none_lost) / step * step;
  ptrdiff_t drawn = (RK_IN_TILE(any_won) + step - 1) / step * step;
  ptrdiff_t kept = RK_IN_TILE(none_lost) / step * step;
  const ptrdiff_t end_kept = RK_IN_TILE(some_kept > any_won ? some_kept : any_won);
  ptrdiff_t lost = (end_kept + step - 1) / step * step;
  const ptrdiff_t filled = count / step * step;
#undef RK_IN_TILE
  if (drawn < won) drawn = won;
  if (kept < drawn) kept = drawn;
  if (lost < kept) lost = kept;
#define RK_PART(standing, from, to)                                                           \
  RK_NAME(ordered_part)(RK_NAME(standing), form, has_slope, rows, row, tile->score, tile->key, \
                        from, to, sums)
  RK_PART(BELOW, 0, won);
  RK_PART(MIXED, won, drawn);
  RK_PART(MIXED, kept, lost);
  RK_PART(ABOVE, lost, filled);
  RK_PART(MIXED, lost > filled ? lost : filled, whole);
#undef RK_PART
  RK_UNROLLED for (int i = 0; i < rows; i++) {
    if (row_slope) row_slope[first + i] += RK_NAME(sum_of_lanes)(sums[i].slope);
  }
  RK_UNROLLED for (int i = 1; i < rows; i++) sums[0].value += sums[i].value;
  return (double)RK_NAME(sum_of_lanes)(sums[0].value);
}

/// Sweeps rows begin..<end of the plan against a tile, group by group.
RK_INLINE double RK_NAME(ordered_rows)(RankSigma form, int has_slope, const rk_rank_plan *plan,
                                       const RK_NAME(Ordering) *ordering, ptrdiff_t begin,
                                       ptrdiff_t end, const RK_NAME(OrderedTile) *tile,
                                       Real *row_slope) {
  double value = 0;
  ptrdiff_t i = begin;
  for (; i + RK_RANK_GROUP <= end; i += RK_RANK_GROUP) {
    value += RK_NAME(ordered_sweep)(form, has_slope, RK_RANK_GROUP, plan, ordering, i, tile,
                                    row_slope);
  }
  for (; i < end; i++) {
    value += RK_NAME(ordered_sweep)(form, has_slope, 1, plan, ordering, i, tile, row_slope);
  }
  return value;
}

/// Sweeps all pairs of the given rows, by their place in the plan, and columns, by theirs in the
/// order; base by base.
static double RK_NAME(run_ordered)(const rk_rank *rank, const rk_rank_plan *plan,
                                   ptrdiff_t row_begin, ptrdiff_t row_end,
                                   ptrdiff_t column_begin, ptrdiff_t column_end,
                                   void *row_slope) {
  RK_NAME(Ordering) ordering;
  RK_NAME(lay_out_ordering)(rank->rows, rank->columns, plan->ordering, &ordering);
  if (row_slope) RK_NAME(fill)((Real *)row_slope + row_begin, 0, row_end - row_begin);
  const ptrdiff_t end = column_end < *ordering.count ? column_end : *ordering.count;
  Real factor[RK_RANK_TILE] __attribute__((aligned(RK_VECTOR_BYTES)));
  double value = 0;
  for (ptrdiff_t column = column_begin; column < end; column += RK_RANK_TILE) {
    const ptrdiff_t count = end - column < RK_RANK_TILE ? end - column : RK_RANK_TILE;
    const ptrdiff_t step = RK_RANK_VECTORS * RK_LANES, whole = (count + step - 1) / step * step;
    const RK_NAME(OrderedTile) tile = {column, count, factor, ordering.key + column};
    for (int32_t b = 0; b < plan->base_count; b++) {
      const ptrdiff_t first = plan->firsts[b] > row_begin ? plan->firsts[b] : row_begin;
      const ptrdiff_t last = plan->firsts[b + 1] < row_end ? plan->firsts[b + 1] : row_end;
      if (first >= last) continue;
      RK_NAME(exponentiate)(ordering.score + column, whole, 1, plan->bases[b], factor);
#define RK_ROWS(form, slope) \
  RK_NAME(ordered_rows)(form, slope, plan, &ordering, first, last, &tile, row_slope)
      if (plan->is_near && row_slope) value += RK_ROWS(RK_SIGMA_OF_NEAR_FACTORS, 1);
      else if (plan->is_near) value += RK_ROWS(RK_SIGMA_OF_NEAR_FACTORS, 0);
      else if (row_slope) value += RK_ROWS(RK_SIGMA_OF_FACTORS, 1);
      else value += RK_ROWS(RK_SIGMA_OF_FACTORS, 0);
#undef RK_ROWS
    }
  }
  return value;
}
