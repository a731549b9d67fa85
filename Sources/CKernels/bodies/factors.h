/// The factored form of the rank criterion: an exponential per score in place of one per pair.

/// Extends lowest...highest by the scores; non-finite ones make the range infinite.
static void RK_NAME(extend_range)(const Real *scores, ptrdiff_t count, double *lowest,
                                  double *highest) {
  for (ptrdiff_t i = 0; i < count; i++) {
    const double score = (double)scores[i];
    if (!(score - score == 0)) *highest = (double)INFINITY;
    if (score < *lowest) *lowest = score;
    if (score > *highest) *highest = score;
  }
}

/// to[i] = exp(sign * (scores[i] - center)), in double and rounded once.
static void RK_NAME(exponentiate)(const Real *scores, ptrdiff_t count, double sign, double center,
                                  Real *to) {
  enum { lanes = RK_VECTOR_BYTES / sizeof(double) };
  for (ptrdiff_t i = 0; i < count; i += lanes) {
    Vector_f64 exponent = splat_f64(0);
    for (int lane = 0; lane < lanes && i + lane < count; lane++) {
      exponent[lane] = sign * ((double)scores[i + lane] - center);
    }
    const Vector_f64 power = exp_f64(exponent);
    for (int lane = 0; lane < lanes && i + lane < count; lane++) to[i + lane] = (Real)power[lane];
  }
}

static int RK_NAME(rank_factors)(const rk_rank *rank, ptrdiff_t lead, void *row_factor,
                                 void *column_factor) {
  const Real *rows = RK_NAME(input_at)(&rank->row_score, lead);
  const Real *columns = RK_NAME(input_at)(&rank->column_score, lead);
  double lowest = (double)INFINITY, highest = -(double)INFINITY;
  RK_NAME(extend_range)(rows, rank->rows, &lowest, &highest);
  RK_NAME(extend_range)(columns, rank->columns, &lowest, &highest);
  if (rank->rows + rank->columns == 0) return 1;
  if (!(highest - lowest <= RK_RANK_SPREAD)) return 0;
  const double center = lowest + (highest - lowest) / 2;
  RK_NAME(exponentiate)(rows, rank->rows, -1, center, row_factor);
  RK_NAME(exponentiate)(columns, rank->columns, 1, center, column_factor);
  return 1;
}
