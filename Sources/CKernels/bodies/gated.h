/// Sums over a block of columns of values that count where one value is above another.
///
/// A loss of pairs in order is such a sum, and so are its slopes: the last operation of each value,
/// the comparisons, the choice and the sums are one pass.

/// A cell of the program; the step is 0 for what is the same all over the block, else 1.
typedef struct RK_NAME(Operand) {
  const Real *base;
  ptrdiff_t step;
} RK_NAME(Operand);

/// One term: a value by its form from a, b and c, where `above` is greater than `below`.
typedef struct RK_NAME(GatedTerm) {
  int form;  ///< rk_pair_form
  RK_NAME(Operand) a, b, c, above, below;
} RK_NAME(GatedTerm);

/// Up to two terms, the second added or subtracted.
typedef struct RK_NAME(GatedSum) {
  RK_NAME(GatedTerm) terms[2];
  int term_count;
  Real second_sign;
  /// Whether the first term counts where the row's key is above the columns', and the second where
  /// it is below, and each has a part of the row's.
  int is_both_orders;
  /// Whether both terms read the same values of the pair, and ramps the same column.
  int is_shared;
  const Real *row_keys[2], *row_values[2];
  Real row_signs[2];
} RK_NAME(GatedSum);

/// What a term has of the row: its factor, or its part of a difference and the sign of that, and
/// its key.
typedef struct RK_NAME(RowPart) {
  Vector value, sign, key;
} RK_NAME(RowPart);

RK_INLINE int RK_NAME(is_ramp)(int form) {
  return form == RK_PAIR_RAMP || form == RK_PAIR_SQUARE;
}

RK_INLINE Vector RK_NAME(at)(RK_NAME(Operand) operand, ptrdiff_t j) {
  return RK_NAME(load)(operand.base + j * operand.step);
}

RK_INLINE Vector RK_NAME(ramp)(Vector x) { return x > 0 ? x : RK_NAME(splat)(0); }

/// A term for the vector of columns at `j`, whatever its operands vary with.
RK_INLINE Vector RK_NAME(any_term)(const RK_NAME(GatedTerm) *term, ptrdiff_t j) {
  Vector value = RK_NAME(at)(term->a, j);
  if (term->form == RK_PAIR_PRODUCT) {
    value *= RK_NAME(at)(term->b, j) * RK_NAME(at)(term->c, j);
  } else if (term->form == RK_PAIR_RAMP) {
    value = RK_NAME(ramp)(value - RK_NAME(at)(term->b, j)) + RK_NAME(at)(term->c, j);
  } else if (term->form == RK_PAIR_SQUARE) {
    value = RK_NAME(ramp)(value - RK_NAME(at)(term->b, j));
    value *= value * RK_NAME(at)(term->c, j);
  }
  const Vector above = RK_NAME(at)(term->above, j), below = RK_NAME(at)(term->below, j);
  return above > below ? value : RK_NAME(splat)(0);
}

/// What a term reads of the pair itself.
RK_INLINE RK_NAME(Operand) RK_NAME(pair_operand)(const RK_NAME(GatedTerm) *term, int form) {
  return form == RK_PAIR_VALUE ? term->a : term->c;
}

/// The value of a term of known form; b is the column's part, `rest` what it reads of the pair.
RK_INLINE Vector RK_NAME(formed)(const RK_NAME(GatedTerm) *term, int form, RK_NAME(RowPart) row,
                                 Vector rest, ptrdiff_t j) {
  if (form == RK_PAIR_VALUE) return rest;
  const Vector column = RK_NAME(load)(term->b.base + j);
  if (form == RK_PAIR_PRODUCT) return row.value * column * rest;
  const Vector ramp = RK_NAME(ramp)(RK_NAME(multiply_add)(-row.sign, column, row.value));
  return form == RK_PAIR_SQUARE ? ramp * ramp * rest : ramp + rest;
}

/// The total for the vector of columns at `j`, whatever the terms are.
RK_INLINE Vector RK_NAME(any_total)(const RK_NAME(GatedSum) *sum, Vector sign, ptrdiff_t j) {
  const Vector total = RK_NAME(any_term)(&sum->terms[0], j);
  if (sum->term_count < 2) return total;
  return RK_NAME(multiply_add)(RK_NAME(any_term)(&sum->terms[1], j), sign, total);
}

/// The total of terms of known forms, where it is known which of them count.
RK_INLINE Vector RK_NAME(known_total)(const RK_NAME(GatedSum) *sum, int first, int second,
                                      int is_shared, const RK_NAME(RowPart) *rows, Vector sign,
                                      Mask wins, Mask loses, ptrdiff_t j) {
  const RK_NAME(GatedTerm) *terms = sum->terms;
  const RK_NAME(GatedTerm) *last = RK_NAME(is_ramp)(first) ? &terms[0] : &terms[1];
  const Vector rest = RK_NAME(at)(RK_NAME(pair_operand)(&terms[0], first), j);
  const Vector own =
      is_shared ? rest : RK_NAME(at)(RK_NAME(pair_operand)(&terms[1], second), j);
  const Vector value = RK_NAME(formed)(&terms[0], first, rows[0], rest, j);
  const Vector other = RK_NAME(formed)(last, second, rows[1], own, j);
  const Vector total = wins ? value : RK_NAME(splat)(0);
  return loses ? RK_NAME(multiply_add)(other, sign, total) : total;
}

RK_INLINE void RK_NAME(load_row_parts)(const RK_NAME(GatedSum) *sum, RK_NAME(RowPart) *rows) {
  RK_UNROLLED for (int t = 0; t < 2; t++) {
    rows[t].key = RK_NAME(load)(sum->row_keys[t]);
    rows[t].sign = RK_NAME(splat)(sum->row_signs[t]);
    rows[t].value = RK_NAME(load)(sum->row_values[t]) * rows[t].sign;
  }
}

/// For which columns at `j` the row's key is above, and for which it is below.
RK_INLINE void RK_NAME(compare_keys)(const RK_NAME(GatedSum) *sum, const RK_NAME(RowPart) *rows,
                                     ptrdiff_t j, Mask *wins, Mask *loses) {
  *wins = rows[0].key > RK_NAME(load)(sum->terms[0].below.base + j);
  *loses = RK_NAME(load)(sum->terms[1].above.base + j) > rows[1].key;
}

RK_INLINE Vector RK_NAME(gated_total)(const RK_NAME(GatedSum) *sum, int is_both_orders, int first,
                                      int second, const RK_NAME(RowPart) *rows, Vector sign,
                                      ptrdiff_t j) {
  if (!is_both_orders) return RK_NAME(any_total)(sum, sign, j);
  Mask wins, loses;
  RK_NAME(compare_keys)(sum, rows, j, &wins, &loses);
  const int is_shared = RK_NAME(is_ramp)(first);
  return RK_NAME(known_total)(sum, first, second, is_shared, rows, sign, wins, loses, j);
}

/// The lanes that hold one of `count` columns; the others take no part in a sum.
RK_INLINE Vector RK_NAME(within)(Vector value, ptrdiff_t count) {
  return RK_NAME(lane_numbers)() < RK_NAME(splat)((Real)count) ? value : RK_NAME(splat)(0);
}

RK_INLINE void RK_NAME(add_signed)(Vector value, Vector signs, Real *to) {
  RK_NAME(store)(to, RK_NAME(multiply_add)(value, signs, RK_NAME(load)(to)));
}

/// Returns the sum over `count` columns and adds each column's total, times `column_sign`, to
/// `columns`, which has room for whole vectors, unless that is null.
RK_INLINE Real RK_NAME(sum_gated)(const RK_NAME(GatedSum) *given, int is_both_orders, int first,
                                  int second, int has_columns, Real *columns, Real column_sign,
                                  ptrdiff_t count) {
  const RK_NAME(GatedSum) sum = *given;
  const Vector sign = RK_NAME(splat)(sum.second_sign), signs = RK_NAME(splat)(column_sign);
  Vector total = RK_NAME(splat)(0), other = total;
  RK_NAME(RowPart) rows[2];
  if (is_both_orders) RK_NAME(load_row_parts)(&sum, rows);
#define RK_TOTAL(j) \
  RK_NAME(gated_total)(&sum, is_both_orders, first, second, rows, sign, j)
  ptrdiff_t j = 0;
  for (; j + 2 * RK_LANES <= count; j += 2 * RK_LANES) {
    const Vector a = RK_TOTAL(j), b = RK_TOTAL(j + RK_LANES);
    total += a, other += b;
    if (!has_columns) continue;
    RK_NAME(add_signed)(a, signs, columns + j);
    RK_NAME(add_signed)(b, signs, columns + j + RK_LANES);
  }
  for (; j < count; j += RK_LANES) {
    const Vector a = RK_TOTAL(j);
    total += RK_NAME(within)(a, count - j);
    if (has_columns) RK_NAME(add_signed)(a, signs, columns + j);
  }
#undef RK_TOTAL
  return RK_NAME(sum_of_lanes)(total + other);
}

/// The forms of both terms as one number.
RK_INLINE int RK_NAME(forms_of)(const RK_NAME(GatedSum) *sum) {
  return 4 * sum->terms[0].form + sum->terms[1].form;
}

/// Finds the row's part of a term; returns 0 where it has none. The column's part of a difference
/// comes to stand in b.
static int RK_NAME(find_row_part)(RK_NAME(GatedSum) *sum, int t) {
  RK_NAME(GatedTerm) *term = &sum->terms[t];
  const RK_NAME(Operand) key = t == 0 ? term->above : term->below;
  const RK_NAME(Operand) column_key = t == 0 ? term->below : term->above;
  if (key.step != 0 || column_key.step == 0) return 0;
  sum->row_keys[t] = sum->row_values[t] = key.base;
  sum->row_signs[t] = 1;
  if (term->form == RK_PAIR_VALUE) return 1;
  const int is_swapped = RK_NAME(is_ramp)(term->form) && term->a.step != 0;
  const RK_NAME(Operand) own = is_swapped ? term->b : term->a;
  const RK_NAME(Operand) column = is_swapped ? term->a : term->b;
  if (own.step != 0 || column.step == 0) return 0;
  sum->row_values[t] = own.base;
  sum->row_signs[t] = is_swapped ? -1 : 1;
  term->b = column;
  return 1;
}

/// Finds out what the rows of a block have in common; the terms are filled in.
static void RK_NAME(prepare_gated)(RK_NAME(GatedSum) *sum) {
  RK_NAME(GatedSum) found = *sum;
  // Of these forms a sum is compiled.
  const int first = sum->terms[0].form, second = sum->terms[1].form;
  const int is_known = sum->term_count == 2 &&
                       (first == second || (!RK_NAME(is_ramp)(first) && !RK_NAME(is_ramp)(second)));
  found.is_both_orders = is_known && RK_NAME(find_row_part)(&found, 0) &&
                         RK_NAME(find_row_part)(&found, 1);
  found.is_shared = RK_NAME(pair_operand)(&found.terms[0], first).base ==
                    RK_NAME(pair_operand)(&found.terms[1], second).base;
  if (RK_NAME(is_ramp)(first)) {
    // Of other ramps no sum is compiled.
    found.is_shared = found.is_shared && found.terms[0].b.base == found.terms[1].b.base;
    found.is_both_orders = found.is_both_orders && found.is_shared;
  }
  sum->is_both_orders = 0;
  if (found.is_both_orders) *sum = found;
}

/// Chooses the sum at compile time: for pairs in both orders by the forms of the two terms.
static Real RK_NAME(sum_gated_terms)(const RK_NAME(GatedSum) *sum, Real *columns,
                                     Real column_sign, ptrdiff_t count) {
#define RK_SUM(both, first, second)                                                         \
  (columns ? RK_NAME(sum_gated)(sum, both, first, second, 1, columns, column_sign, count)   \
           : RK_NAME(sum_gated)(sum, both, first, second, 0, NULL, column_sign, count))
#define RK_CASE(first, second) \
  case 4 * first + second: return RK_SUM(1, first, second)
  switch (sum->is_both_orders ? RK_NAME(forms_of)(sum) : -1) {
    RK_CASE(RK_PAIR_VALUE, RK_PAIR_VALUE);
    RK_CASE(RK_PAIR_VALUE, RK_PAIR_PRODUCT);
    RK_CASE(RK_PAIR_PRODUCT, RK_PAIR_VALUE);
    RK_CASE(RK_PAIR_PRODUCT, RK_PAIR_PRODUCT);
    RK_CASE(RK_PAIR_RAMP, RK_PAIR_RAMP);
    RK_CASE(RK_PAIR_SQUARE, RK_PAIR_SQUARE);
    default: return RK_SUM(0, RK_PAIR_VALUE, RK_PAIR_VALUE);
  }
#undef RK_CASE
#undef RK_SUM
}
