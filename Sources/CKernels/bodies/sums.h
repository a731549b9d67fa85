/// Sums and maxima of contiguous runs, in an order that depends on the length alone.

/// Adds the upper half to the lower until one lane is left.
RK_INLINE Real RK_NAME(sum_of_lanes)(Vector value) {
#if RK_VECTOR_BYTES / RK_REAL_BYTES == 16
  const __auto_type eight = value.lo + value.hi;
#elif RK_VECTOR_BYTES / RK_REAL_BYTES == 8
  const __auto_type eight = value;
#endif
#if RK_VECTOR_BYTES / RK_REAL_BYTES >= 8
  const __auto_type four = eight.lo + eight.hi;
#elif RK_VECTOR_BYTES / RK_REAL_BYTES == 4
  const __auto_type four = value;
#endif
#if RK_VECTOR_BYTES / RK_REAL_BYTES >= 4
  const __auto_type two = four.lo + four.hi;
#else
  const __auto_type two = value;
#endif
  return two.lo + two.hi;
}

/// Four vectors are summed side by side, then pairwise; a part of a vector counts as filled with 0.
static Real RK_NAME(sum_of)(const Real *from, ptrdiff_t count) {
  const Vector zero = RK_NAME(splat)(0);
  Vector sum[4] = {zero, zero, zero, zero};
  ptrdiff_t i = 0;
  for (; i + 4 * RK_LANES <= count; i += 4 * RK_LANES) {
    RK_UNROLLED for (int j = 0; j < 4; j++) sum[j] += RK_NAME(load)(from + i + j * RK_LANES);
  }
  for (; i + RK_LANES <= count; i += RK_LANES) sum[0] += RK_NAME(load)(from + i);
  if (i < count) sum[1] += RK_NAME(load_part)(from + i, count - i, 0);
  return RK_NAME(sum_of_lanes)((sum[0] + sum[1]) + (sum[2] + sum[3]));
}

/// The same for the products of two runs.
static Real RK_NAME(sum_of_products)(const Real *a, const Real *b, ptrdiff_t count) {
  const Vector zero = RK_NAME(splat)(0);
  Vector sum[4] = {zero, zero, zero, zero};
  ptrdiff_t i = 0;
  for (; i + 4 * RK_LANES <= count; i += 4 * RK_LANES) {
    RK_UNROLLED for (int j = 0; j < 4; j++) {
      const ptrdiff_t at = i + j * RK_LANES;
      sum[j] = RK_NAME(multiply_add)(RK_NAME(load)(a + at), RK_NAME(load)(b + at), sum[j]);
    }
  }
  for (; i + RK_LANES <= count; i += RK_LANES) {
    sum[0] = RK_NAME(multiply_add)(RK_NAME(load)(a + i), RK_NAME(load)(b + i), sum[0]);
  }
  if (i < count) {
    const Vector rest = RK_NAME(load_part)(a + i, count - i, 0);
    sum[1] = RK_NAME(multiply_add)(rest, RK_NAME(load_part)(b + i, count - i, 0), sum[1]);
  }
  return RK_NAME(sum_of_lanes)((sum[0] + sum[1]) + (sum[2] + sum[3]));
}

/// to[i] += sign * from[i]; returns the sum of `from`, in an order of its own.
static Real RK_NAME(sum_and_add)(const Real *from, Real *to, Real sign, ptrdiff_t count) {
  const Vector signs = RK_NAME(splat)(sign);
  Vector sum = RK_NAME(splat)(0), other = sum;
  ptrdiff_t i = 0;
  for (; i + 2 * RK_LANES <= count; i += 2 * RK_LANES) {
    const Vector a = RK_NAME(load)(from + i), b = RK_NAME(load)(from + i + RK_LANES);
    sum += a, other += b;
    RK_NAME(store)(to + i, RK_NAME(multiply_add)(a, signs, RK_NAME(load)(to + i)));
    RK_NAME(store)(to + i + RK_LANES,
                   RK_NAME(multiply_add)(b, signs, RK_NAME(load)(to + i + RK_LANES)));
  }
  Real rest = 0;
  for (; i < count; i++) to[i] += sign * from[i], rest += from[i];
  return RK_NAME(sum_of_lanes)(sum + other) + rest;
}

/// The largest element, -infinity of none, NaN when one is.
static Real RK_NAME(largest_of)(const Real *from, ptrdiff_t count) {
  Vector best = RK_NAME(splat)(-RK_INFINITY);
  ptrdiff_t i = 0;
  for (; i + RK_LANES <= count; i += RK_LANES) {
    best = RK_NAME(larger)(best, RK_NAME(load)(from + i));
  }
  if (i < count) {
    best = RK_NAME(larger)(best, RK_NAME(load_part)(from + i, count - i, -RK_INFINITY));
  }
  Real result = best[0];
  for (ptrdiff_t lane = 1; lane < RK_LANES; lane++) {
    const Real other = best[lane];
    result = result != result || result > other ? result : other;
  }
  return result;
}

/// sum + value, or sum + value * factor[at] if there are factors, which may be the values.
RK_INLINE Vector RK_NAME(add_term)(Vector sum, Vector value, const Real *from, const Real *factor,
                                   ptrdiff_t at, ptrdiff_t count) {
  if (!factor) return sum + value;
  if (factor == from) return RK_NAME(multiply_add)(value, value, sum);
  const Vector other = count < RK_LANES ? RK_NAME(load_part)(factor + at, count, 0)
                                        : RK_NAME(load)(factor + at);
  return RK_NAME(multiply_add)(value, other, sum);
}

/// Four vectors of columns side by side, so that a row's sums do not wait for each other.
RK_INLINE void RK_NAME(add_rows)(Real *to, const Real *from, const Real *factor, ptrdiff_t rows,
                                 ptrdiff_t columns) {
  ptrdiff_t i = 0;
  for (; i + 4 * RK_LANES <= columns; i += 4 * RK_LANES) {
    Vector sum[4];
    RK_UNROLLED for (int j = 0; j < 4; j++) sum[j] = RK_NAME(load)(to + i + j * RK_LANES);
    for (ptrdiff_t row = 0, at = i; row < rows; row++, at += columns) {
      RK_UNROLLED for (int j = 0; j < 4; j++) {
        const Vector value = RK_NAME(load)(from + at + j * RK_LANES);
        sum[j] = RK_NAME(add_term)(sum[j], value, from, factor, at + j * RK_LANES, RK_LANES);
      }
    }
    RK_UNROLLED for (int j = 0; j < 4; j++) RK_NAME(store)(to + i + j * RK_LANES, sum[j]);
  }
  for (; i + RK_LANES <= columns; i += RK_LANES) {
    Vector sum = RK_NAME(load)(to + i);
    for (ptrdiff_t row = 0, at = i; row < rows; row++, at += columns) {
      sum = RK_NAME(add_term)(sum, RK_NAME(load)(from + at), from, factor, at, RK_LANES);
    }
    RK_NAME(store)(to + i, sum);
  }
  if (i == columns) return;
  const ptrdiff_t rest = columns - i;
  Vector sum = RK_NAME(load_part)(to + i, rest, 0);
  for (ptrdiff_t row = 0, at = i; row < rows; row++, at += columns) {
    const Vector value = RK_NAME(load_part)(from + at, rest, 0);
    sum = RK_NAME(add_term)(sum, value, from, factor, at, rest);
  }
  RK_NAME(store_part)(to + i, rest, sum);
}

/// to[i] += from[i] of `rows` dense rows, one after the other; times factor[i] if there are
/// factors.
static void RK_NAME(add_rows_to)(Real *to, const Real *from, const Real *factor, ptrdiff_t rows,
                                 ptrdiff_t columns) {
  if (!factor) RK_NAME(add_rows)(to, from, NULL, rows, columns);
  else if (factor == from) RK_NAME(add_rows)(to, from, from, rows, columns);
  else RK_NAME(add_rows)(to, from, factor, rows, columns);
}

/// to[i] = the larger of to[i] and from[i], NaN when either is.
static void RK_NAME(raise_to)(Real *to, const Real *from, ptrdiff_t count) {
  ptrdiff_t i = 0;
  for (; i + RK_LANES <= count; i += RK_LANES) {
    RK_NAME(store)(to + i,
                   RK_NAME(larger)(RK_NAME(load)(to + i), RK_NAME(load)(from + i)));
  }
  for (; i < count; i++) {
    const Real a = to[i], b = from[i];
    to[i] = a != a || a > b ? a : b;
  }
}

static void RK_NAME(fill)(Real *to, Real value, ptrdiff_t count) {
  for (ptrdiff_t i = 0; i < count; i++) to[i] = value;
}

/// See `rk_add_parts`.
static double RK_NAME(add_parts)(ptrdiff_t parts, ptrdiff_t stride, ptrdiff_t count,
                                 const void *from, const int32_t *order, void *to) {
  const Real *source = from;
  Real *target = to;
  double total = 0;
  for (ptrdiff_t i = 0; i < count; i++) {
    Real sum = 0;
    for (ptrdiff_t part = 0; part < parts; part++) sum += source[part * stride + i];
    if (target) target[order ? order[i] : i] = sum;
    total += (double)sum;
  }
  return total;
}
