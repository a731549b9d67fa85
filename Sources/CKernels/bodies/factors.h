/// The factored form of the rank criterion: an exponential per score in place of one per pair.
///
/// sigma(s - t) = 1/(1 + e^(c - s) e^(t - c)) for any base c. Rows share a base with rows of about
/// their score, so that their factor is moderate; a column whose score is out of a base's reach gets
/// the factor at its end, where sigma of the difference is 0 or 1 to the last bit.

/// As many elements as doubles fit a vector.
typedef Real RK_NAME(Narrow)
    __attribute__((ext_vector_type(RK_VECTOR_BYTES / 8), aligned(RK_REAL_BYTES), may_alias));

/// to[i] = exp(scale * (scores[i] - base)) within reach of the base, in double and rounded once;
/// `count` is a multiple of the lanes.
static void RK_NAME(exponentiate)(const Real *scores, ptrdiff_t count, double scale, double base,
                                  Real *to) {
  const Vector_f64 reach = splat_f64(RK_RANK_REACH);
  for (ptrdiff_t i = 0; i < count; i += RK_VECTOR_BYTES / 8) {
    const RK_NAME(Narrow) score = *(const RK_NAME(Narrow) *)(scores + i);
    Vector_f64 exponent = (__builtin_convertvector(score, Vector_f64) - base) * scale;
    exponent = exponent < -reach ? -reach : exponent;
    exponent = exponent > reach ? reach : exponent;
    *(RK_NAME(Narrow) *)(to + i) = __builtin_convertvector(exp_f64(exponent), RK_NAME(Narrow));
  }
}

/// The range of some scores; infinite when one of them is not finite.
static void RK_NAME(range_of)(const Real *scores, ptrdiff_t count, double *lowest,
                              double *highest) {
  const Real first = count > 0 ? scores[0] : 0;
  Vector lows = RK_NAME(splat)(first), highs = lows, nothing = RK_NAME(splat)(0);
  for (ptrdiff_t i = 0; i < count; i += RK_LANES) {
    const Vector score = count - i < RK_LANES ? RK_NAME(load_part)(scores + i, count - i, first)
                                              : RK_NAME(load)(scores + i);
    lows = score < lows ? score : lows;
    highs = score > highs ? score : highs;
    nothing += score - score;  // NaN when one is not finite
  }
  Real low = first, high = first;
  for (ptrdiff_t lane = 0; lane < RK_LANES; lane++) {
    low = lows[lane] < low ? lows[lane] : low;
    high = highs[lane] > high ? highs[lane] : high;
  }
  const int is_finite = RK_NAME(sum_of_lanes)(nothing) == 0;
  *lowest = is_finite ? (double)low : -(double)INFINITY;
  *highest = is_finite ? (double)high : (double)INFINITY;
}

/// to[i] = exp(scale * (scores[i] - base)) for any count.
static void RK_NAME(exponentiate_all)(const Real *scores, ptrdiff_t count, double scale,
                                      double base, Real *to) {
  const ptrdiff_t whole = count - count % RK_LANES;
  RK_NAME(exponentiate)(scores, whole, scale, base, to);
  if (whole == count) return;
  Real part[RK_VECTOR_BYTES / RK_REAL_BYTES];
  *(UnalignedVector *)part = RK_NAME(load_part)(scores + whole, count - whole, 0);
  RK_NAME(exponentiate)(part, RK_LANES, scale, base, part);
  memcpy(to + whole, part, (size_t)(count - whole) * sizeof(Real));
}

static int RK_NAME(fill_pair_factor)(const rk_pair_factor *factor, ptrdiff_t lead) {
  const Real *rows = RK_NAME(input_at)(&factor->row_scores, lead);
  const Real *columns = RK_NAME(input_at)(&factor->column_scores, lead);
  double low, high, column_low, column_high;
  RK_NAME(range_of)(rows, factor->rows, &low, &high);
  RK_NAME(range_of)(columns, factor->columns, &column_low, &column_high);
  if (column_low < low) low = column_low;
  if (column_high > high) high = column_high;
  if (!((high - low) * fabs(factor->scale) <= RK_FACTOR_SPREAD)) return 0;
  const double base = low + (high - low) / 2;
  RK_NAME(exponentiate_all)(rows, factor->rows, factor->scale, base,
                            (Real *)factor->row_factors + lead * factor->rows);
  RK_NAME(exponentiate_all)(columns, factor->columns, -factor->scale, base,
                            (Real *)factor->column_factors + lead * factor->columns);
  return 1;
}
