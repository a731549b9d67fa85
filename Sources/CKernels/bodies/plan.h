/// The plan of a sweep: its form, and the order and the factors of the rows.

/// Puts the rows that share a base side by side: `base_count` bases, evenly over the range.
static void RK_NAME(group_rows)(const Real *scores, ptrdiff_t rows, double lowest, double highest,
                                rk_rank_plan *plan) {
  const int32_t count = plan->base_count;
  const double step = (highest - lowest) / count;
  for (int32_t b = 0; b < count; b++) plan->bases[b] = lowest + (b + 0.5) * step;
  memset(plan->firsts, 0, (size_t)(count + 1) * sizeof(int32_t));
  if (count == 1) {
    for (int32_t i = 0; i < rows; i++) plan->order[i] = i;
    plan->firsts[1] = (int32_t)rows;
    return;
  }
#define RK_BASE_OF(score) \
  ((int32_t)(((double)(score) - lowest) / step) < count - 1 \
       ? (int32_t)(((double)(score) - lowest) / step) : count - 1)
  for (ptrdiff_t i = 0; i < rows; i++) plan->firsts[RK_BASE_OF(scores[i]) + 1]++;
  for (int32_t b = 0; b < count; b++) plan->firsts[b + 1] += plan->firsts[b];
  for (int32_t i = 0; i < rows; i++) plan->order[plan->firsts[RK_BASE_OF(scores[i])]++] = i;
#undef RK_BASE_OF
  memmove(plan->firsts + 1, plan->firsts, (size_t)count * sizeof(int32_t));
  plan->firsts[0] = 0;
}

/// Copies the rows' data in the plan's order, and makes factors of the scores.
static void RK_NAME(enter_rows)(const rk_rank *rank, ptrdiff_t lead, const rk_rank_plan *plan) {
  const Real *score = RK_NAME(input_at)(&rank->row_score, lead);
  const Real *high = RK_NAME(input_at)(&rank->row_high, lead);
  const Real *low = RK_NAME(input_at)(&rank->row_low, lead);
  Real *to_factor = plan->row_factor, *to_high = plan->row_high, *to_low = plan->row_low;
  if (plan->form != RK_RANK_BAND && plan->base_count == 1 && !plan->is_ordered) {
    // The order is the rows' own.
    const size_t size = (size_t)rank->rows * sizeof(Real);
    memcpy(to_factor, score, size), memcpy(to_high, high, size), memcpy(to_low, low, size);
  } else {
    for (ptrdiff_t i = 0; i < rank->rows; i++) {
      const int32_t row = plan->order[i];
      to_factor[i] = score[row], to_high[i] = high[row], to_low[i] = low[row];
    }
  }
  if (plan->form == RK_RANK_DIRECT) return;
  for (int32_t b = 0; b < plan->base_count; b++) {
    const ptrdiff_t first = plan->firsts[b], count = plan->firsts[b + 1] - first;
    RK_NAME(exponentiate_all)(to_factor + first, count, -1, plan->bases[b], to_factor + first);
  }
}

/// Finds where the groups of sorted rows begin.
static void RK_NAME(group_sorted_rows)(const Real *scores, ptrdiff_t rows, double lowest,
                                       double highest, rk_rank_plan *plan) {
  const int32_t count = plan->base_count;
  const double step = (highest - lowest) / count;
  ptrdiff_t row = 0;
  for (int32_t b = 0; b < count; b++) {
    plan->bases[b] = lowest + (b + 0.5) * step;
    plan->firsts[b] = (int32_t)row;
    const double end = b == count - 1 ? (double)INFINITY : lowest + (b + 1) * step;
    while (row < rows && (double)scores[plan->order[row]] < end) row++;
  }
  plan->firsts[count] = (int32_t)rows;
}

static void RK_NAME(plan_band)(const rk_rank *rank, ptrdiff_t lead, double lowest, double highest,
                               rk_rank_plan *plan) {
  const Real *scores = RK_NAME(input_at)(&rank->row_score, lead);
  RK_NAME(Band) band;
  RK_NAME(lay_out_band)(rank->rows, rank->columns, plan->workspace, &band);
  RK_NAME(sort_order)(scores, rank->rows, band.room, plan->order);
  RK_NAME(enter_band_columns)(rank, lead, &band);
  RK_NAME(find_neighbors)(scores, plan->order, rank->rows, rank->columns, &band);
  RK_NAME(group_sorted_rows)(scores, rank->rows, lowest, highest, plan);
  RK_NAME(enter_rows)(rank, lead, plan);
  plan->saturated = RK_NAME(count_saturated)(plan, rank->rows, rank->columns, &band);
}

/// Whether the band is to be taken, by the range of all scores; then they are finite.
static int RK_NAME(takes_band)(const rk_rank *rank, ptrdiff_t lead, double lowest, double highest,
                               const rk_rank_plan *plan) {
  const int is_wanted = plan->wanted == RK_RANK_BAND || plan->wanted == RK_RANK_FREE;
  if (!plan->workspace || !is_wanted || rank->rows == 0 || rank->columns == 0) return 0;
  if (!(highest - lowest < (double)INFINITY)) return 0;
  return plan->wanted == RK_RANK_BAND || RK_NAME(band_pays)(rank, lead, lowest, highest);
}

static void RK_NAME(plan_rank)(const rk_rank *rank, ptrdiff_t lead, rk_rank_plan *plan) {
  const Real *scores = RK_NAME(input_at)(&rank->row_score, lead);
  double lowest, highest, all_lowest, all_highest;
  RK_NAME(range_of)(scores, rank->rows, &lowest, &highest);
  RK_NAME(range_of)(RK_NAME(input_at)(&rank->column_score, lead), rank->columns, &all_lowest,
                    &all_highest);
  if (lowest < all_lowest) all_lowest = lowest;
  if (highest > all_highest) all_highest = highest;
  plan->saturated = 0;
  plan->is_ordered = 0;
  // A base costs each column an exponential, like a row of the direct form.
  const double wanted = ceil((highest - lowest) / RK_RANK_SPREAD);
  const int is_cheaper = wanted <= 1 || 2 * wanted <= (double)rank->rows;
  plan->form = is_cheaper && plan->wanted != RK_RANK_DIRECT ? RK_RANK_FACTORED : RK_RANK_DIRECT;
  plan->base_count = plan->form == RK_RANK_FACTORED && wanted > 1 ? (int32_t)wanted : 1;
  plan->is_near = plan->form == RK_RANK_FACTORED && all_highest - all_lowest <= RK_RANK_NEAR;
  if (wanted <= (double)rank->rows &&
      RK_NAME(takes_band)(rank, lead, all_lowest, all_highest, plan)) {
    plan->form = RK_RANK_BAND;
    plan->base_count = wanted > 1 ? (int32_t)wanted : 1;
    RK_NAME(plan_band)(rank, lead, lowest, highest, plan);
    return;
  }
  RK_NAME(group_rows)(scores, rank->rows, lowest, highest, plan);
  plan->is_ordered = RK_NAME(takes_order)(rank, lead, plan);
  RK_NAME(enter_rows)(rank, lead, plan);
}

static double RK_NAME(run_rank)(const rk_rank *rank, ptrdiff_t lead, const rk_rank_plan *plan,
                                ptrdiff_t row_begin, ptrdiff_t row_end, ptrdiff_t column_begin,
                                ptrdiff_t column_end, void *row_slope, void *column_slope) {
  if (plan->form == RK_RANK_BAND) {
    return RK_NAME(run_band)(rank, plan, column_begin, column_end, row_slope, column_slope);
  }
  if (plan->is_ordered && !column_slope) {
    return RK_NAME(run_ordered)(rank, plan, row_begin, row_end, column_begin, column_end,
                                row_slope);
  }
  return RK_NAME(run_all)(rank, lead, plan, row_begin, row_end, column_begin, column_end,
                          row_slope, column_slope);
}
