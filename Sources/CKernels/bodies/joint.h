/// A loss over pairs and its slopes in one pass over the columns.

/// Two sums over pairs in both orders with the same keys in one pass: a loss and its slopes. The
/// second has sums per column, times `column_sign`; `totals` gets the two sums over all columns.
RK_INLINE void RK_NAME(sum_two)(const RK_NAME(GatedSum) *given, const RK_NAME(GatedSum) *slope,
                                int first, int second, int slope_first, int slope_second,
                                int is_slope_shared,
                                Real *columns, Real column_sign, ptrdiff_t count, Real *totals) {
  const RK_NAME(GatedSum) sums[2] = {*given, *slope};
  const Vector signs = RK_NAME(splat)(column_sign);
  const Vector value_sign = RK_NAME(splat)(sums[0].second_sign);
  const Vector slope_sign = RK_NAME(splat)(sums[1].second_sign);
  RK_NAME(RowPart) rows[2], slope_rows[2];
  RK_NAME(load_row_parts)(&sums[0], rows);
  RK_NAME(load_row_parts)(&sums[1], slope_rows);
  Vector total[2] = {RK_NAME(splat)(0), RK_NAME(splat)(0)}, slopes[2] = {total[0], total[0]};
#define RK_TOTALS(j, a, b)                                                                       \
  Mask wins_##a, loses_##a;                                                                      \
  RK_NAME(compare_keys)(&sums[0], rows, j, &wins_##a, &loses_##a);                               \
  const Vector a = RK_NAME(known_total)(&sums[0], first, second, RK_NAME(is_ramp)(first), rows,  \
                                        value_sign, wins_##a, loses_##a, j);                     \
  const Vector b = RK_NAME(known_total)(&sums[1], slope_first, slope_second, is_slope_shared,    \
                                        slope_rows, slope_sign, wins_##a, loses_##a, j)
  ptrdiff_t j = 0;
  for (; j + 2 * RK_LANES <= count; j += 2 * RK_LANES) {
    RK_TOTALS(j, a, b);
    RK_TOTALS(j + RK_LANES, c, d);
    total[0] += a, slopes[0] += b, total[1] += c, slopes[1] += d;
    RK_NAME(add_signed)(b, signs, columns + j);
    RK_NAME(add_signed)(d, signs, columns + j + RK_LANES);
  }
  for (; j < count; j += RK_LANES) {
    RK_TOTALS(j, a, b);
    total[0] += RK_NAME(within)(a, count - j);
    slopes[0] += RK_NAME(within)(b, count - j);
    RK_NAME(add_signed)(b, signs, columns + j);
  }
#undef RK_TOTALS
  totals[0] = RK_NAME(sum_of_lanes)(total[0] + total[1]);
  totals[1] = RK_NAME(sum_of_lanes)(slopes[0] + slopes[1]);
}

/// Whether `sum_two_terms` takes these two.
static int RK_NAME(can_sum_two)(const RK_NAME(GatedSum) *sum, const RK_NAME(GatedSum) *slope) {
  if (!sum->is_both_orders || !slope->is_both_orders) return 0;
  // The slope of a square is a ramp; those of other forms are not.
  const int is_square = sum->terms[0].form == RK_PAIR_SQUARE;
  if (is_square ? slope->terms[0].form != RK_PAIR_RAMP
                : RK_NAME(is_ramp)(slope->terms[0].form)) return 0;
  return sum->row_keys[0] == slope->row_keys[0] && sum->row_keys[1] == slope->row_keys[1] &&
         sum->terms[0].below.base == slope->terms[0].below.base &&
         sum->terms[1].above.base == slope->terms[1].above.base;
}

/// Chooses the sums at compile time.
static void RK_NAME(sum_two_terms)(const RK_NAME(GatedSum) *sum, const RK_NAME(GatedSum) *slope,
                                   Real *columns, Real column_sign, ptrdiff_t count,
                                   Real *totals) {
#define RK_CASE(first, second, slope_first, slope_second, is_shared)                           \
  case 32 * (4 * first + second) + 2 * (4 * slope_first + slope_second) + is_shared:           \
    RK_NAME(sum_two)(sum, slope, first, second, slope_first, slope_second, is_shared, columns, \
                     column_sign, count, totals);                                              \
    break
#define RK_CASES_OF(first, second, is_shared)                                \
  RK_CASE(first, second, RK_PAIR_VALUE, RK_PAIR_VALUE, is_shared);           \
  RK_CASE(first, second, RK_PAIR_VALUE, RK_PAIR_PRODUCT, is_shared);         \
  RK_CASE(first, second, RK_PAIR_PRODUCT, RK_PAIR_VALUE, is_shared);         \
  RK_CASE(first, second, RK_PAIR_PRODUCT, RK_PAIR_PRODUCT, is_shared)
#define RK_CASES(first, second)  \
  RK_CASES_OF(first, second, 0); \
  RK_CASES_OF(first, second, 1)
  switch (32 * RK_NAME(forms_of)(sum) + 2 * RK_NAME(forms_of)(slope) + slope->is_shared) {
    RK_CASES(RK_PAIR_VALUE, RK_PAIR_VALUE);
    RK_CASES(RK_PAIR_VALUE, RK_PAIR_PRODUCT);
    RK_CASES(RK_PAIR_PRODUCT, RK_PAIR_VALUE);
    RK_CASES(RK_PAIR_PRODUCT, RK_PAIR_PRODUCT);
    RK_CASES(RK_PAIR_RAMP, RK_PAIR_RAMP);
    RK_CASE(RK_PAIR_SQUARE, RK_PAIR_SQUARE, RK_PAIR_RAMP, RK_PAIR_RAMP, 1);
    default: break;
  }
#undef RK_CASES
#undef RK_CASES_OF
#undef RK_CASE
}
