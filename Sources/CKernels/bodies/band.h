/// The band form of the rank criterion: where scores are spread far against the bandwidth, most pairs
/// are saturated to the last bit. Rows and columns are sorted by score, pairs near each other are
/// swept tile by tile, and of the others those in order are counted: a dominance count in
/// O((B + n) log n).

#if !defined(RK_BAND_TILE)
/// Columns of a tile of the band.
#define RK_BAND_TILE 256
/// What sorting and counting take for a row or a column, in pairs of a sweep.
#define RK_BAND_LEAST 3000.0
#endif

/// What a plan's workspace holds.
typedef struct RK_NAME(Band) {
  Real *score, *high, *low;  ///< of the columns in ascending order, filled up to whole tiles
  int32_t *order;            ///< numbers of the columns
  int32_t *begin, *end;      ///< for each tile the rows that are near it
  ptrdiff_t tiles;
  RK_NAME(SortRoom) room;
  RK_NAME(Ranks) ranks;
} RK_NAME(Band);

/// Lays out the workspace; with none given only its size is found.
static size_t RK_NAME(lay_out_band)(ptrdiff_t rows, ptrdiff_t columns, void *workspace,
                                    RK_NAME(Band) *band) {
  band->tiles = (columns + RK_BAND_TILE - 1) / RK_BAND_TILE;
  const size_t padded = (size_t)(band->tiles * RK_BAND_TILE);
  const size_t longest = (size_t)(rows > columns ? rows : columns);
  size_t used = 0;
#define RK_TAKE(field, count)                                                              \
  field = workspace ? (void *)((char *)workspace + used) : NULL;                           \
  used += ((size_t)(count) * sizeof(*(field)) + 63) / 64 * 64
  RK_TAKE(band->score, padded);
  RK_TAKE(band->high, padded);
  RK_TAKE(band->low, padded);
  RK_TAKE(band->order, columns);
  RK_TAKE(band->begin, band->tiles);
  RK_TAKE(band->end, band->tiles);
  RK_TAKE(band->room.keys, longest);
  RK_TAKE(band->room.other_keys, longest);
  RK_TAKE(band->room.items, longest);
  RK_TAKE(band->room.other_items, longest);
  RK_TAKE(band->ranks.values, columns);
  RK_TAKE(band->ranks.ranks, padded);
  RK_TAKE(band->ranks.tree, padded + 1);
#undef RK_TAKE
  return used;
}

static size_t RK_NAME(rank_workspace)(ptrdiff_t rows, ptrdiff_t columns) {
  RK_NAME(Band) band;
  // Where sorting cannot pay, none is asked for.
  const double harmonic = (double)rows * (double)columns / (double)(rows + columns + 1);
  return harmonic < RK_BAND_LEAST ? 0 : RK_NAME(lay_out_band)(rows, columns, NULL, &band);
}

/// The share of the pairs that are in the band, from counts of scores in narrow bins.
static double RK_NAME(band_share)(const rk_rank *rank, ptrdiff_t lead, double lowest,
                                  double highest) {
  enum { bins = 512 };
  const Real *rows = RK_NAME(input_at)(&rank->row_score, lead);
  const Real *columns = RK_NAME(input_at)(&rank->column_score, lead);
  if (!(highest - lowest > 2 * RK_RANK_BAND_WIDTH)) return 1;
  double row_counts[bins] = {0}, below[bins + 1] = {0}, share = 0;
  const double scale = (bins - 1) / (highest - lowest);
  for (ptrdiff_t i = 0; i < rank->rows; i++) {
    row_counts[(int)(((double)rows[i] - lowest) * scale)]++;
  }
  for (ptrdiff_t j = 0; j < rank->columns; j++) {
    below[(int)(((double)columns[j] - lowest) * scale) + 1]++;
  }
  for (int bin = 0; bin < bins; bin++) below[bin + 1] += below[bin];
  const int reach = (int)(RK_RANK_BAND_WIDTH * scale) + 1;
  for (int bin = 0; bin < bins; bin++) {
    const int first = bin < reach ? 0 : bin - reach;
    const int last = bin + reach >= bins ? bins : bin + reach + 1;
    share += row_counts[bin] * (below[last] - below[first]);
  }
  return share / ((double)rank->rows * (double)rank->columns);
}

/// Whether sorting, counting and sweeping the band take less time than sweeping all pairs; by the
/// scores alone, so that it is the same wherever it runs.
static int RK_NAME(band_pays)(const rk_rank *rank, ptrdiff_t lead, double lowest, double highest) {
  const double rows = (double)rank->rows, columns = (double)rank->columns;
  const double saved = (1 - RK_NAME(band_share)(rank, lead, lowest, highest)) * rows * columns;
  return saved > RK_BAND_LEAST * (rows + columns);
}

/// For each tile the rows whose difference from one of its columns may be unsaturated.
static void RK_NAME(find_neighbors)(const Real *rows, const int32_t *order, ptrdiff_t row_count,
                                    ptrdiff_t columns, const RK_NAME(Band) *band) {
  ptrdiff_t begin = 0, end = 0;
  for (ptrdiff_t tile = 0; tile < band->tiles; tile++) {
    const ptrdiff_t first = tile * RK_BAND_TILE, after = first + RK_BAND_TILE;
    const double low = (double)band->score[first] - RK_RANK_BAND_WIDTH;
    const double high =
        (double)band->score[(after < columns ? after : columns) - 1] + RK_RANK_BAND_WIDTH;
    while (begin < row_count && (double)rows[order[begin]] < low) begin++;
    while (end < row_count && (double)rows[order[end]] <= high) end++;
    band->begin[tile] = (int32_t)begin, band->end[tile] = (int32_t)end;
  }
}

/// Counts the pairs outside the band whose sigma is 1: rows above a tile that win, and below it that
/// lose.
static double RK_NAME(count_saturated)(const rk_rank_plan *plan, ptrdiff_t rows,
                                       ptrdiff_t columns, RK_NAME(Band) *band) {
  const Real *row_high = plan->row_high, *row_low = plan->row_low;
  double total = 0;
  RK_NAME(rank_values)(&band->ranks, band->low, columns, band->room);
  for (ptrdiff_t row = 0, tile = 0, come = 0; row < rows; row++) {
    for (; tile < band->tiles && band->end[tile] <= row; tile++) {
      for (; come < columns && come < (tile + 1) * RK_BAND_TILE; come++) {
        RK_NAME(add_value)(&band->ranks, come);
      }
    }
    total += (double)RK_NAME(count_values)(&band->ranks, 0, row_high[row], 0);
  }
  RK_NAME(rank_values)(&band->ranks, band->high, columns, band->room);
  ptrdiff_t numbers = 0, left = columns;
  for (ptrdiff_t row = rows - 1, tile = band->tiles - 1; row >= 0; row--) {
    for (; tile >= 0 && band->begin[tile] > row; tile--) {
      for (; left > tile * RK_BAND_TILE; left--) {
        RK_NAME(add_value)(&band->ranks, left - 1);
        numbers += band->ranks.ranks[left - 1] >= 0;
      }
    }
    total += (double)RK_NAME(count_values)(&band->ranks, 1, row_low[row], numbers);
  }
  return total;
}

/// Sorts the columns into the band, and fills the last tile up with ones that take no part.
static void RK_NAME(enter_band_columns)(const rk_rank *rank, ptrdiff_t lead,
                                        RK_NAME(Band) *band) {
  const Real *score = RK_NAME(input_at)(&rank->column_score, lead);
  const Real *high = RK_NAME(input_at)(&rank->column_high, lead);
  const Real *low = RK_NAME(input_at)(&rank->column_low, lead);
  RK_NAME(sort_order)(score, rank->columns, band->room, band->order);
  for (ptrdiff_t i = 0; i < rank->columns; i++) {
    const int32_t column = band->order[i];
    band->score[i] = score[column], band->high[i] = high[column], band->low[i] = low[column];
  }
  for (ptrdiff_t i = rank->columns; i < band->tiles * RK_BAND_TILE; i++) {
    band->score[i] = band->score[rank->columns - 1];
    band->high[i] = band->low[i] = (Real)NAN;
  }
}

/// Sweeps tiles of the band, given by their sorted columns.
static double RK_NAME(run_band)(const rk_rank *rank, const rk_rank_plan *plan,
                                ptrdiff_t column_begin, ptrdiff_t column_end, void *row_slope,
                                void *column_slope) {
  RK_NAME(Band) band;
  RK_NAME(lay_out_band)(rank->rows, rank->columns, plan->workspace, &band);
  Real slope[RK_BAND_TILE];
  const int has_slope = row_slope != NULL || column_slope != NULL;
  if (row_slope) RK_NAME(fill)(row_slope, 0, rank->rows);
  double value = 0;
  for (ptrdiff_t column = column_begin; column < column_end; column += RK_BAND_TILE) {
    const ptrdiff_t tile = column / RK_BAND_TILE;
    const RK_NAME(RankTile) columns = {
        .count = RK_BAND_TILE,
        .score = band.score + column,
        .high = band.high + column,
        .low = band.low + column,
        .slope = has_slope ? slope : NULL,
    };
    if (has_slope) RK_NAME(fill)(slope, 0, RK_BAND_TILE);
    value += RK_NAME(rank_tile)(plan, band.begin[tile], band.end[tile], &columns, row_slope);
    if (!column_slope) continue;
    for (ptrdiff_t j = 0; j < RK_BAND_TILE && column + j < column_end; j++) {
      ((Real *)column_slope)[band.order[column + j]] = slope[j];
    }
  }
  return value;
}
