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
} RK_NAME(PairState);

RK_INLINE const Real *RK_NAME(input_at)(const rk_pair_input *input, ptrdiff_t lead) {
  return (const Real *)input->base + lead * input->lead_stride;
}

/// Brings in a block of the column inputs; a part of a vector is copied, never read beyond its end.
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
}

/// Adds a value of the block to its sum, and to a sum per column of the same value.
static void RK_NAME(close_output)(const RK_NAME(PairState) *state, int i, ptrdiff_t row,
                                  ptrdiff_t column, ptrdiff_t count) {
  const Program *program = &state->program;
  const rk_pair_output *output = &state->pair->outputs[i];
  const Real *from = program->cells[program->cell_of[output->value]];
  const int is_block = RK_NAME(is_block)(program->variations[output->value]);
  const Real sign = output->is_negated ? -1 : 1;
  Real *to = state->results[i];
  const int partner = state->partners[i];
  if (output->sum == RK_COLUMNS) {
    if (is_block) {
      RK_NAME(sum_and_add)(from, to + column, sign, count);
    } else {
      for (ptrdiff_t j = 0; j < count; j++) to[column + j] += sign * *from;
    }
  } else if (partner >= 0) {
    const Real partner_sign = state->pair->outputs[partner].is_negated ? -1 : 1;
    to[row] += sign * RK_NAME(sum_and_add)(from, state->results[partner] + column, partner_sign,
                                           count);
  } else {
    to[row] += sign * (is_block ? RK_NAME(sum_of)(from, count) : *from * (Real)count);
  }
}

static void RK_NAME(run_row)(const RK_NAME(PairState) *state, ptrdiff_t row, ptrdiff_t column,
                             ptrdiff_t count) {
  const rk_pair *pair = state->pair;
  const Program *program = &state->program;
  for (int i = 0; i < pair->row_input_count; i++) {
    const Real *from = RK_NAME(input_at)(&pair->row_inputs[i], state->lead);
    RK_NAME(place_single)(program->cells[i], from[row]);
  }
  RK_NAME(run_steps)(program, RK_BY_ROW, 1);
  RK_NAME(run_steps)(program, RK_BY_BOTH, (count + RK_LANES - 1) / RK_LANES);
  for (int i = 0; i < pair->output_count; i++) {
    if (state->partners[i] != i) RK_NAME(close_output)(state, i, row, column, count);
  }
}

/// Finds pairs of a sum per row and a sum per column that one pass over the block can make.
static void RK_NAME(find_partners)(const rk_pair *pair, const uint8_t *variations,
                                   int *partners) {
  for (int i = 0; i < pair->output_count; i++) partners[i] = -1;
  for (int i = 0; i < pair->output_count; i++) {
    const int value = pair->outputs[i].value;
    if (pair->outputs[i].sum == RK_COLUMNS || !RK_NAME(is_block)(variations[value])) continue;
    for (int j = 0; j < pair->output_count && partners[i] < 0; j++) {
      const int is_match = pair->outputs[j].sum == RK_COLUMNS && pair->outputs[j].value == value;
      if (is_match && partners[j] < 0) partners[i] = j, partners[j] = j;
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
  Step steps[instructions + 1];
  Real *cells[values + instructions + 1], *blocks[columns + 1];
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
  };
  for (int i = 0; i < inputs; i++) {
    variations[i] = i < rows ? RK_BY_ROW : i < rows + columns ? RK_BY_COLUMN : RK_FIXED;
  }
  Program *program = &state.program;
  RK_NAME(decode)(program, kinds);
  RK_NAME(find_partners)(pair, variations, partners);
  for (int i = 0; i < pair->output_count; i++) {
    const int by_column = pair->outputs[i].sum == RK_COLUMNS;
    const ptrdiff_t begin = by_column ? column_begin : row_begin;
    const ptrdiff_t end = by_column ? column_end : row_end;
    RK_NAME(fill)(state.results[i] + begin, 0, end - begin);
  }

  // Storage: results, a vector for each row input and constant, a block for each column input.
  const ptrdiff_t result_elements = RK_NAME(result_elements)(program, RK_PAIR_BLOCK);
  const ptrdiff_t elements =
      result_elements + (inputs - columns) * RK_LANES + (columns + 1) * RK_PAIR_BLOCK;
  Real *storage = __builtin_alloca_with_align((size_t)elements * sizeof(Real), 512);
  RK_NAME(place_results)(program, RK_PAIR_BLOCK, storage);
  storage += result_elements;
  for (int i = 0; i < inputs; i++) {
    if (variations[i] == RK_BY_COLUMN) continue;
    cells[i] = storage;
    storage += RK_LANES;
  }
  for (int i = 0; i < columns; i++, storage += RK_PAIR_BLOCK) blocks[i] = storage;
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
    for (ptrdiff_t row = row_begin; row < row_end; row++) {
      RK_NAME(run_row)(&state, row, column, count);
    }
  }
}
