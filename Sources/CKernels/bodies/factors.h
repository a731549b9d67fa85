/// The factored form of the rank criterion: an exponential per score in place of one per pair.
///
/// sigma(s - t) = 1/(1 + e^(c - s) e^(t - c)) for any base c. Rows share a base with rows of about
/// their score, so that their factor is moderate; a column whose score is out of a base's reach gets
/// the factor at its end, where sigma of the difference is 0 or 1 to the last bit.

/// As many elements as doubles fit a vector.
typedef Real RK_NAME(Narrow)
    __attribute__((ext_vector_type(RK_VECTOR_BYTES / 8), aligned(RK_REAL_BYTES), may_alias));

/// to[i] = exp(sign * (scores[i] - base)) within reach of the base, in double and rounded once;
/// `count` is a multiple of the lanes.
static void RK_NAME(exponentiate)(const Real *scores, ptrdiff_t count, double sign, double base,
                                  Real *to) {
  const Vector_f64 reach = splat_f64(RK_RANK_REACH);
  for (ptrdiff_t i = 0; i < count; i += RK_VECTOR_BYTES / 8) {
    const RK_NAME(Narrow) score = *(const RK_NAME(Narrow) *)(scores + i);
    Vector_f64 exponent = (__builtin_convertvector(score, Vector_f64) - base) * sign;
    exponent = exponent < -reach ? -reach : exponent;
    exponent = exponent > reach ? reach : exponent;
    *(RK_NAME(Narrow) *)(to + i) = __builtin_convertvector(exp_f64(exponent), RK_NAME(Narrow));
  }
}

/// The range of some scores; infinite when one of them is not finite.
static void RK_NAME(range_of)(const Real *scores, ptrdiff_t count, double *lowest,
                              double *highest) {
  Real low = count > 0 ? scores[0] : 0, high = low;
  int is_finite = 1;
  for (ptrdiff_t i = 0; i < count; i++) {
    is_finite &= scores[i] - scores[i] == 0;
    low = scores[i] < low ? scores[i] : low;
    high = scores[i] > high ? scores[i] : high;
  }
  *lowest = is_finite ? (double)low : -(double)INFINITY;
  *highest = is_finite ? (double)high : (double)INFINITY;
}

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
  for (ptrdiff_t i = 0; i < rank->rows; i++) {
    const int32_t row = plan->order[i];
    to_factor[i] = score[row], to_high[i] = high[row], to_low[i] = low[row];
  }
  if (plan->form == RK_RANK_DIRECT) return;
  for (int32_t b = 0; b < plan->base_count; b++) {
    Real part[RK_VECTOR_BYTES / RK_REAL_BYTES];
    for (ptrdiff_t i = plan->firsts[b]; i < plan->firsts[b + 1]; i += RK_LANES) {
      const ptrdiff_t left = plan->firsts[b + 1] - i, count = left < RK_LANES ? left : RK_LANES;
      *(UnalignedVector *)part = RK_NAME(load_part)(to_factor + i, count, 0);
      RK_NAME(exponentiate)(part, RK_LANES, -1, plan->bases[b], part);
      memcpy(to_factor + i, part, (size_t)count * sizeof(Real));
    }
  }
}

static void RK_NAME(plan_rank)(const rk_rank *rank, ptrdiff_t lead, rk_rank_plan *plan) {
  const Real *scores = RK_NAME(input_at)(&rank->row_score, lead);
  double lowest, highest;
  RK_NAME(range_of)(scores, rank->rows, &lowest, &highest);
  plan->saturated = 0;
  // A base costs each column an exponential, like a row of the direct form.
  const double wanted = ceil((highest - lowest) / RK_RANK_SPREAD);
  const int is_cheaper = wanted <= 1 || 2 * wanted <= (double)rank->rows;
  plan->form = is_cheaper && plan->wanted != RK_RANK_DIRECT ? RK_RANK_FACTORED : RK_RANK_DIRECT;
  plan->base_count = plan->form == RK_RANK_FACTORED && wanted > 1 ? (int32_t)wanted : 1;
  RK_NAME(group_rows)(scores, rank->rows, lowest, highest, plan);
  RK_NAME(enter_rows)(rank, lead, plan);
}
