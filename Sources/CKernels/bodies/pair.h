/// Sums of scalar expressions over all pairs of a row and a column.
///
/// Columns are walked in blocks, and all rows within each, so that a column block and what depends
/// on it alone stay in L1 while the rows pass.

#if !defined(RK_PAIR_BLOCK)
/// Columns of a block: what a row costs is small against that of its pairs, and half a dozen values
/// and as many inputs stay in the nearest caches.
#define RK_PAIR_BLOCK ((ptrdiff_t)(4096 / sizeof(Real)))
#endif

typedef struct RK_NAME(PairState) {
  const rk_pair *pair;
  Program program;
  ptrdiff_t lead;
  Real *const *results;
  /// For a sum per row, a sum per column of the same value; for that sum itself; else -1.
  const int *partners;
  /// For each output its gated terms over the present columns, and the sums of these.
  RK_NAME(GatedSum) *sums;
  Real **column_totals;
  /// Two outputs that one pass sums, the second with a partner; -1 for none.
  int joint[2];
} RK_NAME(PairState);

RK_INLINE const Real *RK_NAME(input_at)(const rk_pair_input *input, ptrdiff_t lead) {
  return (const Real *)input->base + lead * input->lead_stride;
}

RK_INLINE RK_NAME(Operand) RK_NAME(operand_of)(const Program *program, int value) {
  return (RK_NAME(Operand)){program->cells[program->cell_of[value]],
                            RK_NAME(is_block)(program->variations[value])};
}

/// Points the terms of an output at the cells of their values.
static void RK_NAME(enter_terms)(const Program *program, const rk_pair_output *output,
                                 RK_NAME(GatedSum) *sum) {
  sum->term_count = output->term_count;
  sum->second_sign = output->is_second_subtracted ? -1 : 1;
  for (int t = 0; t < sum->term_count; t++) {
    const rk_pair_term *term = &output->terms[t];
    sum->terms[t] = (RK_NAME(GatedTerm)){
        .form = term->form,
        .a = RK_NAME(operand_of)(program, term->a),
        .b = RK_NAME(operand_of)(program, term->b),
        .c = RK_NAME(operand_of)(program, term->c),
        .above = RK_NAME(operand_of)(program, term->above),
        .below = RK_NAME(operand_of)(program, term->below),
    };
  }
  RK_NAME(prepare_gated)(sum);
}

/// Brings in a block of the column inputs; a part of a vector is copied, never read beyond its end.
/// Sums per column begin at 0.
static void RK_NAME(enter_columns)(const RK_NAME(PairState) *state, Real *const *blocks,
                                   ptrdiff_t column, ptrdiff_t count) {
  const rk_pair *pair = state->pair;
  for (int i = 0; i < pair->column_input_count; i++) {
    Real **cell = &state->program.cells[pair->row_input_count + i];
    Real *from = (Real *)RK_NAME(input_at)(&pair->column_inputs[i], state->lead) + column;
    *cell = from;
    if (count % RK_LANES == 0) continue;
    *cell = blocks[i];
    memcpy(blocks[i], from, (size_t)count * sizeof(Real));
    for (ptrdiff_t j = count; j % RK_LANES != 0; j++) blocks[i][j] = 0;
  }
  RK_NAME(run_steps)(&state->program, RK_BY_COLUMN, (count + RK_LANES - 1) / RK_LANES);
  for (int i = 0; i < pair->output_count; i++) {
    RK_NAME(enter_terms)(&state->program, &pair->outputs[i], &state->sums[i]);
    if (pair->outputs[i].sum != RK_COLUMNS) continue;
    RK_NAME(fill)(state->column_totals[i], 0, RK_PAIR_BLOCK);
  }
}

/// Adds an output's value over the block to its sum, and to a sum per column of the same value.
static void RK_NAME(close_output)(const RK_NAME(PairState) *state, int i, ptrdiff_t row,
                                  ptrdiff_t count) {
  const Program *program = &state->program;
  const rk_pair_output *output = &state->pair->outputs[i];
  const Real sign = output->is_negated ? -1 : 1;
  const int by_column = output->sum == RK_COLUMNS;
  const int partner = by_column ? i : state->partners[i];
  Real *to = by_column ? NULL : state->results[i] + row;
  Real *columns = partner < 0 ? NULL : state->column_totals[partner];
  const Real column_sign = partner >= 0 && state->pair->outputs[partner].is_negated ? -1 : 1;
  Real total;
  if (output->term_count > 0) {
    total = RK_NAME(sum_gated_terms)(&state->sums[i], columns, column_sign, count);
  } else {
    const RK_NAME(Operand) value = RK_NAME(operand_of)(program, output->value);
    if (value.step == 0) {
      total = *value.base * (Real)count;
      for (ptrdiff_t j = 0; columns && j < count; j++) columns[j] += column_sign * *value.base;
    } else {
      total = columns ? RK_NAME(sum_and_add)(value.base, columns, column_sign, count)
                      : RK_NAME(sum_of)(value.base, count);
    }
  }
  if (to) *to += sign * total;
}

/// The same for the two outputs that go together.
static void RK_NAME(close_joint)(const RK_NAME(PairState) *state, ptrdiff_t row, ptrdiff_t count) {
  const rk_pair_output *outputs = state->pair->outputs;
  const int *joint = state->joint, partner = state->partners[joint[1]];
  Real totals[2];
  RK_NAME(sum_two_terms)(&state->sums[joint[0]], &state->sums[joint[1]],
                         state->column_totals[partner], outputs[partner].is_negated ? -1 : 1,
                         count, totals);
  for (int i = 0; i < 2; i++) {
    state->results[joint[i]][row] += outputs[joint[i]].is_negated ? -totals[i] : totals[i];
  }
}

/// Looks for two outputs that one pass can sum; the terms are entered.
static void RK_NAME(find_joint)(RK_NAME(PairState) *state) {
  const rk_pair *pair = state->pair;
  state->joint[0] = state->joint[1] = -1;
  for (int i = 0; i < pair->output_count; i++) {
    if (pair->outputs[i].sum == RK_COLUMNS || state->partners[i] >= 0) continue;
    for (int j = 0; j < pair->output_count; j++) {
      if (pair->outputs[j].sum == RK_COLUMNS || state->partners[j] < 0) continue;
      if (!RK_NAME(can_sum_two)(&state->sums[i], &state->sums[j])) continue;
      state->joint[0] = i, state->joint[1] = j;
      return;
    }
  }
}

static void RK_NAME(run_row)(const RK_NAME(PairState) *state, ptrdiff_t row, ptrdiff_t count) {
  const rk_pair *pair = state->pair;
  const Program *program = &state->program;
  for (int i = 0; i < pair->row_input_count; i++) {
    const Real *from = RK_NAME(input_at)(&pair->row_inputs[i], state->lead);
    RK_NAME(place_single)(program->cells[i], from[row]);
  }
  RK_NAME(run_steps)(program, RK_BY_ROW, 1);
  RK_NAME(run_steps)(program, RK_BY_BOTH, (count + RK_LANES - 1) / RK_LANES);
  const int *joint = state->joint;
  if (joint[0] >= 0) RK_NAME(close_joint)(state, row, count);
  for (int i = 0; i < pair->output_count; i++) {
    if (state->partners[i] == i || i == joint[0] || i == joint[1]) continue;
    RK_NAME(close_output)(state, i, row, count);
  }
}

/// Whether two outputs sum the same values, their signs apart.
RK_INLINE int RK_NAME(is_same_value)(const rk_pair_output *a, const rk_pair_output *b) {
  if (a->term_count != b->term_count) return 0;
  if (a->term_count == 0) return a->value == b->value;
  const size_t size = (size_t)a->term_count * sizeof(rk_pair_term);
  return a->is_second_subtracted == b->is_second_subtracted && !memcmp(a->terms, b->terms, size);
}

/// Finds pairs of a sum per row and a sum per column that one pass over the block can make.
static void RK_NAME(find_partners)(const rk_pair *pair, int *partners) {
  for (int i = 0; i < pair->output_count; i++) partners[i] = -1;
  for (int i = 0; i < pair->output_count; i++) {
    if (pair->outputs[i].sum == RK_COLUMNS) continue;
    for (int j = 0; j < pair->output_count && partners[i] < 0; j++) {
      const rk_pair_output *other = &pair->outputs[j];
      if (other->sum != RK_COLUMNS || partners[j] >= 0) continue;
      if (RK_NAME(is_same_value)(&pair->outputs[i], other)) partners[i] = j, partners[j] = j;
    }
  }
}

static void RK_NAME(run_pair)(const rk_pair *pair, ptrdiff_t lead, ptrdiff_t row_begin,
                              ptrdiff_t row_end, ptrdiff_t column_begin, ptrdiff_t column_end,
                              void *const *results) {
  const int rows = pair->row_input_count, columns = pair->column_input_count;
  const int scalars = pair->scalar_input_count, constants = pair->constant_count;
  const int inputs = rows + columns + scalars + constants;
  const int instructions = pair->instruction_count, values = inputs + pair->slot_count;
  uint8_t variations[values + 1], kinds[instructions + 1];
  int cell_of[values + 1], partners[pair->output_count + 1];
  RK_NAME(GatedSum) sums[pair->output_count + 1];
  Step steps[instructions + 1];
  Real *cells[values + instructions + 1], *blocks[columns + 1];
  Real *column_totals[pair->output_count + 1];
  RK_NAME(PairState) state = {
      .pair = pair,
      .program = {.instructions = pair->instructions,
                  .instruction_count = instructions,
                  .first_slot = inputs,
                  .slot_count = pair->slot_count,
                  .variations = variations,
                  .cell_of = cell_of,
                  .steps = steps,
                  .cells = cells},
      .lead = lead,
      .results = (Real *const *)results,
      .partners = partners,
      .sums = sums,
      .column_totals = column_totals,
  };
  for (int i = 0; i < inputs; i++) {
    variations[i] = i < rows ? RK_BY_ROW : i < rows + columns ? RK_BY_COLUMN : RK_FIXED;
  }
  Program *program = &state.program;
  RK_NAME(decode)(program, kinds);
  RK_NAME(find_partners)(pair, partners);
  for (int i = 0; i < pair->output_count; i++) {
    if (pair->outputs[i].sum == RK_COLUMNS) continue;
    RK_NAME(fill)(state.results[i] + row_begin, 0, row_end - row_begin);
  }

  // Storage: results, a vector for each row input and constant, a block for each column input and
  // for sums per column.
  const ptrdiff_t result_elements = RK_NAME(result_elements)(program, RK_PAIR_BLOCK);
  const ptrdiff_t blocks_of_columns = columns + 1 + pair->output_count;
  const ptrdiff_t elements =
      result_elements + (inputs - columns) * RK_LANES + blocks_of_columns * RK_PAIR_BLOCK;
  Real *storage = __builtin_alloca_with_align((size_t)elements * sizeof(Real), 512);
  RK_NAME(place_results)(program, RK_PAIR_BLOCK, storage);
  storage += result_elements;
  for (int i = 0; i < inputs; i++) {
    if (variations[i] == RK_BY_COLUMN) continue;
    cells[i] = storage;
    storage += RK_LANES;
  }
  for (int i = 0; i < columns; i++, storage += RK_PAIR_BLOCK) blocks[i] = storage;
  for (int i = 0; i < pair->output_count; i++, storage += RK_PAIR_BLOCK) column_totals[i] = storage;
  for (int i = 0; i < scalars; i++) {
    const Real *from = RK_NAME(input_at)(&pair->scalar_inputs[i], lead);
    RK_NAME(place_single)(cells[rows + columns + i], *from);
  }
  for (int i = 0; i < constants; i++) {
    RK_NAME(place_single)(cells[rows + columns + scalars + i], (Real)pair->constants[i]);
  }
  RK_NAME(run_steps)(program, RK_FIXED, 1);
  for (ptrdiff_t column = column_begin; column < column_end; column += RK_PAIR_BLOCK) {
    const ptrdiff_t left = column_end - column, count = left < RK_PAIR_BLOCK ? left : RK_PAIR_BLOCK;
    RK_NAME(enter_columns)(&state, blocks, column, count);
    RK_NAME(find_joint)(&state);
    for (ptrdiff_t row = row_begin; row < row_end; row++) {
      RK_NAME(run_row)(&state, row, count);
    }
    for (int i = 0; i < pair->output_count; i++) {
      if (pair->outputs[i].sum != RK_COLUMNS) continue;
      memcpy(state.results[i] + column, column_totals[i], (size_t)count * sizeof(Real));
    }
  }
}
