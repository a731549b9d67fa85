/// Sums over a block of columns of values that count where one value is above another.
///
/// A loss of pairs in order is such a sum, and so are its slopes: the comparisons, the choice and the
/// sums are one pass over the values.

#if !defined(RK_GATES_ANY)
/// What the comparisons read: anything, or a row's value and the columns' with the row's above in the
/// first term and below in the second, or the other way round.
#define RK_GATES_ANY 0
#define RK_GATES_ROW_FIRST 1
#define RK_GATES_COLUMN_FIRST 2
#endif

/// One term: its value where `above` is greater than `below`; a step is 0 for what is the same all over
/// the block, else 1.
typedef struct RK_NAME(GatedTerm) {
  const Real *value, *above, *below;
  ptrdiff_t value_step, above_step, below_step;
} RK_NAME(GatedTerm);

/// Up to two terms, the second added or subtracted.
typedef struct RK_NAME(GatedSum) {
  RK_NAME(GatedTerm) terms[2];
  int term_count;
  Real second_sign;
} RK_NAME(GatedSum);

/// The terms' total for the vector of columns at `j`; `first` has the terms' row values.
RK_INLINE Vector RK_NAME(gated_terms)(const RK_NAME(GatedSum) *sum, int gates, int terms,
                                      const Vector *first, Vector sign, ptrdiff_t j) {
  const Vector zero = RK_NAME(splat)(0);
  Vector total = zero;
  RK_UNROLLED for (int t = 0; t < terms; t++) {
    const RK_NAME(GatedTerm) *term = &sum->terms[t];
    const int row_is_above = gates == (t == 0 ? RK_GATES_ROW_FIRST : RK_GATES_COLUMN_FIRST);
    const int row_is_below = gates != RK_GATES_ANY && !row_is_above;
    const Vector above =
        row_is_above ? first[t] : RK_NAME(load)(term->above + j * (row_is_below ? 1 : term->above_step));
    const Vector below =
        row_is_below ? first[t] : RK_NAME(load)(term->below + j * (row_is_above ? 1 : term->below_step));
    const Vector value = RK_NAME(load)(term->value + j * term->value_step);
    if (t == 0) {
      total = above > below ? value : zero;
    } else {
      total = above > below ? RK_NAME(multiply_add)(value, sign, total) : total;
    }
  }
  return total;
}

/// Returns the sum over the block and adds each column's total, times `sign`, to `to` unless that is
/// null.
RK_INLINE Real RK_NAME(sum_gated)(const RK_NAME(GatedSum) *given, int gates, int terms,
                                  int has_columns, Real *to, Real sign, ptrdiff_t count) {
  const RK_NAME(GatedSum) sum = *given;
  const Vector second = RK_NAME(splat)(sum.second_sign), signs = RK_NAME(splat)(sign);
  Vector first[2], total = RK_NAME(splat)(0), other = total;
  RK_UNROLLED for (int t = 0; t < terms; t++) {
    const int row_is_above = gates == (t == 0 ? RK_GATES_ROW_FIRST : RK_GATES_COLUMN_FIRST);
    first[t] = RK_NAME(load)(row_is_above ? sum.terms[t].above : sum.terms[t].below);
  }
  ptrdiff_t j = 0;
  for (; j + 2 * RK_LANES <= count; j += 2 * RK_LANES) {
    const ptrdiff_t next = j + RK_LANES;
    const Vector a = RK_NAME(gated_terms)(&sum, gates, terms, first, second, j);
    const Vector b = RK_NAME(gated_terms)(&sum, gates, terms, first, second, next);
    total += a, other += b;
    if (!has_columns) continue;
    RK_NAME(store)(to + j, RK_NAME(multiply_add)(a, signs, RK_NAME(load)(to + j)));
    RK_NAME(store)(to + next, RK_NAME(multiply_add)(b, signs, RK_NAME(load)(to + next)));
  }
  for (; j < count; j += RK_LANES) {
    const ptrdiff_t left = count - j < RK_LANES ? count - j : RK_LANES;
    Real lanes[RK_VECTOR_BYTES / RK_REAL_BYTES] __attribute__((aligned(RK_VECTOR_BYTES)));
    RK_NAME(store)(lanes, RK_NAME(gated_terms)(&sum, gates, terms, first, second, j));
    // What lies beyond the columns takes no part.
    for (ptrdiff_t lane = left; lane < RK_LANES; lane++) lanes[lane] = 0;
    total += RK_NAME(load)(lanes);
    for (ptrdiff_t lane = 0; has_columns && lane < left; lane++) to[j + lane] += sign * lanes[lane];
  }
  return RK_NAME(sum_of_lanes)(total + other);
}

/// Which of the forms of comparison all terms have.
static int RK_NAME(gates_of)(const RK_NAME(GatedSum) *sum) {
  int gates = RK_GATES_ROW_FIRST | RK_GATES_COLUMN_FIRST;
  for (int t = 0; t < sum->term_count; t++) {
    const RK_NAME(GatedTerm) *term = &sum->terms[t];
    if (term->above_step == term->below_step) return RK_GATES_ANY;
    const int row_is_above = term->above_step == 0;
    gates &= row_is_above == (t == 0) ? RK_GATES_ROW_FIRST : RK_GATES_COLUMN_FIRST;
  }
  return gates;
}

/// Chooses the sum at compile time.
static Real RK_NAME(sum_gated_terms)(const RK_NAME(GatedSum) *sum, Real *to, Real sign,
                                     ptrdiff_t count) {
#define RK_SUM(gates, terms)                                             \
  (to ? RK_NAME(sum_gated)(sum, gates, terms, 1, to, sign, count)        \
      : RK_NAME(sum_gated)(sum, gates, terms, 0, to, sign, count))
  switch (3 * (sum->term_count > 1) + RK_NAME(gates_of)(sum)) {
    case RK_GATES_ANY: return RK_SUM(RK_GATES_ANY, 1);
    case RK_GATES_ROW_FIRST: return RK_SUM(RK_GATES_ROW_FIRST, 1);
    case RK_GATES_COLUMN_FIRST: return RK_SUM(RK_GATES_COLUMN_FIRST, 1);
    case 3 + RK_GATES_ROW_FIRST: return RK_SUM(RK_GATES_ROW_FIRST, 2);
    case 3 + RK_GATES_COLUMN_FIRST: return RK_SUM(RK_GATES_COLUMN_FIRST, 2);
    default: return RK_SUM(RK_GATES_ANY, 2);
  }
#undef RK_SUM
}
