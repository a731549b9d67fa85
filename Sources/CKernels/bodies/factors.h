/// The factored form of the rank criterion: an exponential per score in place of one per pair.
///
/// sigma(s - t) = 1/(1 + e^(c - s) e^(t - c)) for any base c. Rows share a base with rows of about
/// their score, so that their factor is moderate; a column whose score is out of a base's reach gets
/// the factor at its end, where sigma of the difference is 0 or 1 to the last bit.

/// As many elements as doubles fit a vector.
typedef Real RK_NAME(Narrow)
    __attribute__((ext_vector_type(RK_VECTOR_BYTES / 8), aligned(RK_REAL_BYTES), may_alias));

/// scale * (score - base) within reach of the base, of as many scores as doubles fit a vector.
RK_INLINE Vector_f64 RK_NAME(factor_exponent)(const Real *scores, double scale, double base) {
  const Vector_f64 reach = splat_f64(RK_RANK_REACH);
  const RK_NAME(Narrow) score = *(const RK_NAME(Narrow) *)scores;
  Vector_f64 exponent = (__builtin_convertvector(score, Vector_f64) - base) * scale;
  exponent = exponent < -reach ? -reach : exponent;
  return exponent > reach ? reach : exponent;
}

/// to[i] = exp(scale * (scores[i] - base)) within reach of the base; `count` is a multiple of the
/// lanes. A difference of scores loses digits that its exponential needs, so it is reduced in double;
/// what is left is small and takes a polynomial of the type itself.
static void RK_NAME(exponentiate)(const Real *scores, ptrdiff_t count, double scale, double base,
                                  Real *to) {
  for (ptrdiff_t i = 0; i < count; i += RK_LANES) {
#if RK_REAL_BYTES == 4
    const Reduced_f64 first = reduce_f64(1, RK_NAME(factor_exponent)(scores + i, scale, base));
    const Reduced_f64 second =
        reduce_f64(1, RK_NAME(factor_exponent)(scores + i + RK_LANES / 2, scale, base));
    Vector remainder, power;
    remainder.lo = __builtin_convertvector(first.remainder, RK_NAME(Narrow));
    remainder.hi = __builtin_convertvector(second.remainder, RK_NAME(Narrow));
    power.lo = __builtin_convertvector(first.real_power, RK_NAME(Narrow));
    power.hi = __builtin_convertvector(second.real_power, RK_NAME(Narrow));
    const Vector value = RK_NAME(exp_near_zero)(1, remainder);
    const Mask integers = __builtin_convertvector(power, Mask);
    RK_NAME(store)(to + i, RK_NAME(scaled_by_power)(value, power, integers));
#else
    const Vector exponent = RK_NAME(factor_exponent)(scores + i, scale, base);
    RK_NAME(store)(to + i, RK_NAME(exp_of_moderate)(1, exponent));
#endif
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
  Real low[RK_VECTOR_BYTES / sizeof(Real)], high[RK_VECTOR_BYTES / sizeof(Real)];
  RK_NAME(store)(low, lows), RK_NAME(store)(high, highs);
  RK_UNROLLED for (ptrdiff_t half = RK_LANES / 2; half > 0; half /= 2) {
    RK_UNROLLED for (ptrdiff_t i = 0; i < half; i++) {
      low[i] = low[i + half] < low[i] ? low[i + half] : low[i];
      high[i] = high[i + half] > high[i] ? high[i + half] : high[i];
    }
  }
  const int is_finite = RK_NAME(sum_of_lanes)(nothing) == 0;
  *lowest = is_finite ? (double)low[0] : -(double)INFINITY;
  *highest = is_finite ? (double)high[0] : (double)INFINITY;
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
