/// Elementwise chains with broadcasts and closing reductions, a block at a time.

/// Refreshes the inputs and instructions that are the same all over a row (or a stack of rows).
static void RK_NAME(enter_row)(const RK_NAME(LoopState) *state, ptrdiff_t row) {
  const Program *program = &state->program;
  for (int i = 0; i < state->loop->input_count; i++) {
    const RK_NAME(Lane) *lane = &state->inputs[i];
    if (program->variations[i] == RK_BY_ROW) {
      RK_NAME(place_single)(program->cells[i], lane->start[row * lane->row_stride]);
    }
  }
  RK_NAME(run_steps)(program, RK_BY_ROW, 1);
}

/// What was computed beyond the last whole vector is brought to the rest of a direct output.
RK_INLINE void RK_NAME(emit_tail)(const RK_NAME(LoopState) *state, int number, ptrdiff_t rest,
                                  ptrdiff_t count) {
  const Real *block = state->outputs[number].block;
  Real *to = state->program.cells[RK_NAME(output_cell)(state, number)];
  for (ptrdiff_t i = rest; i < count; i++) to[i] = block[i];
}

/// A value's elements of the tile, spread in `room` if it is the same all over it.
RK_INLINE const Real *RK_NAME(spread)(const RK_NAME(LoopState) *state, int value,
                                      RK_NAME(Tile) tile, Real *room) {
  const Program *program = &state->program;
  const Real *from = program->cells[program->cell_of[value]];
  if (RK_NAME(is_block)(program->variations[value])) return from;
  RK_NAME(fill)(room, *from, tile.rows * tile.columns);
  return room;
}

static void RK_NAME(emit)(const RK_NAME(LoopState) *state, int number, RK_NAME(Tile) tile) {
  const rk_output *output = &state->loop->outputs[number];
  RK_NAME(Lane) *lane = &state->outputs[number];
  if (lane->is_direct && RK_NAME(is_dense)(lane, tile)) return;
  const Real *from = RK_NAME(spread)(state, output->value, tile, state->spread);
  const Real *factor = from;
  if (output->combine == RK_SUM_OF_PRODUCTS && output->factor != output->value) {
    factor = RK_NAME(spread)(state, output->factor, tile, state->spread_factor);
  }
  if (output->combine == RK_STORE) {
    RK_NAME(store_tile)(lane, tile, from);
  } else if (lane->stride == 0) {
    const int is_kept_back = !state->is_stacked || lane->row_stride == 0;
    RK_NAME(combine_columns)(lane, output->combine, tile, is_kept_back, from, factor);
  } else {
    RK_NAME(combine_rows)(lane, output->combine, tile, from, factor);
  }
}

/// Runs the instructions over a tile's whole vectors where they lie, and over the rest in blocks.
static void RK_NAME(run_tile)(RK_NAME(LoopState) *state, RK_NAME(Tile) tile) {
  const Program *program = &state->program;
  const rk_loop *loop = state->loop;
  const ptrdiff_t count = tile.rows * tile.columns, rest = count - count % RK_LANES;
  for (int i = 0; i < loop->input_count; i++) {
    if (program->variations[i] != RK_BY_BOTH) continue;
    program->cells[i] = RK_NAME(gather_tile)(&state->inputs[i], tile, rest);
  }
  for (int i = 0; i < loop->output_count; i++) {
    RK_NAME(Lane) *lane = &state->outputs[i];
    if (!lane->is_direct) continue;
    program->cells[RK_NAME(output_cell)(state, i)] =
        RK_NAME(is_dense)(lane, tile) ? RK_NAME(tile_start)(lane, tile) : lane->block;
  }
  if (rest > 0) RK_NAME(run_steps)(program, RK_BY_BOTH, rest / RK_LANES);
  if (rest < count) {
    if (state->tail != rest) RK_NAME(aim_tail)(state, rest);
    RK_NAME(run_steps_on)(program, state->tail_cells, RK_BY_BOTH, 1);
    for (int i = 0; i < loop->output_count; i++) {
      if (state->outputs[i].is_direct) RK_NAME(emit_tail)(state, i, rest, count);
    }
  }
  // A sum may read an input that a stored value takes the place of.
  for (int i = 0; i < loop->output_count; i++) {
    if (loop->outputs[i].combine != RK_STORE) RK_NAME(emit)(state, i, tile);
  }
  for (int i = 0; i < loop->output_count; i++) {
    if (loop->outputs[i].combine == RK_STORE) RK_NAME(emit)(state, i, tile);
  }
}

/// Adds what `combine_columns` kept back.
static void RK_NAME(flush_sums)(const RK_NAME(LoopState) *state, ptrdiff_t row) {
  for (int i = 0; i < state->loop->output_count; i++) {
    RK_NAME(Lane) *lane = &state->outputs[i];
    const int combine = state->loop->outputs[i].combine;
    if (combine == RK_STORE || combine == RK_LARGEST || lane->stride != 0) continue;
    if (state->is_stacked && lane->row_stride != 0) continue;
    lane->start[row * lane->row_stride] += (Real)lane->sum;
    lane->sum = 0;
  }
}

/// Runs all of the last two axes at one index of the axes before.
static void RK_NAME(run_plane)(RK_NAME(LoopState) *state, ptrdiff_t rows,
                               ptrdiff_t columns) {
  if (state->is_stacked) {
    RK_NAME(enter_row)(state, 0);
    for (ptrdiff_t row = 0; row < rows; row += state->tile_rows) {
      const ptrdiff_t left = rows - row;
      const ptrdiff_t count = left < state->tile_rows ? left : state->tile_rows;
      RK_NAME(run_tile)(state, (RK_NAME(Tile)){row, 0, count, columns});
    }
    RK_NAME(flush_sums)(state, 0);
    return;
  }
  for (ptrdiff_t row = 0; row < rows; row++) {
    RK_NAME(enter_row)(state, row);
    for (ptrdiff_t column = 0; column < columns; column += state->block) {
      const ptrdiff_t left = columns - column;
      const ptrdiff_t count = left < state->block ? left : state->block;
      RK_NAME(run_tile)(state, (RK_NAME(Tile)){row, column, 1, count});
    }
    RK_NAME(flush_sums)(state, row);
  }
}

static void RK_NAME(run_planes)(RK_NAME(LoopState) *state) {
  const rk_loop *loop = state->loop;
  const RK_NAME(Space) *space = &state->space;
  const int last = space->rank - 1;
  ptrdiff_t index[RK_MAX_RANK] = {0};
  for (;;) {
    for (int i = 0; i < loop->input_count; i++) {
      RK_NAME(aim)(state, &loop->inputs[i], index, &state->inputs[i]);
    }
    for (int i = 0; i < loop->output_count; i++) {
      RK_NAME(aim)(state, &loop->outputs[i].to, index, &state->outputs[i]);
    }
    const ptrdiff_t rows = last > 0 ? space->extent[last - 1] : 1, columns = space->extent[last];
    if (state->is_flat) RK_NAME(run_plane)(state, 1, rows * columns);
    else RK_NAME(run_plane)(state, rows, columns);
    int axis = last - 2;
    while (axis >= 0 && ++index[axis] == space->extent[axis]) index[axis--] = 0;
    if (axis < 0) return;
  }
}

static void RK_NAME(run_loop)(const rk_loop *loop, ptrdiff_t begin, ptrdiff_t end) {
  if (end <= begin && loop->extent[loop->chunk_axis] != 0) return;
  const int inputs = loop->input_count, constants = loop->constant_count;
  const int instructions = loop->instruction_count, outputs = loop->output_count;
  const int values = inputs + constants + loop->slot_count;
  const int all_cells = values + instructions + outputs;
  RK_NAME(Lane) lanes[inputs + outputs + 1];
  uint8_t variations[values + 1], kinds[instructions + 1];
  int cell_of[values + 1];
  Step steps[instructions + 1];
  Real *cells[all_cells + 1], *tail_cells[all_cells + 1];
  RK_NAME(LoopState) state = {
      .loop = loop,
      .program = {.instructions = loop->instructions,
                  .instruction_count = instructions,
                  .first_slot = inputs + constants,
                  .slot_count = loop->slot_count,
                  .variations = variations,
                  .cell_of = cell_of,
                  .steps = steps,
                  .cells = cells},
      .space = RK_NAME(space_of)(loop, begin, end),
      .inputs = lanes,
      .outputs = lanes + inputs,
      .tail_cells = tail_cells,
      .tail = -1,
      .block = RK_NAME(block_for)(instructions),
  };
  const ptrdiff_t block = state.block;
  memset(lanes, 0, sizeof lanes);
  for (int i = 0; i < outputs; i++) {
    if (loop->outputs[i].combine == RK_STORE) continue;
    RK_NAME(clear_output)(loop, &state.space, &loop->outputs[i]);
  }
  if (RK_NAME(is_empty)(&state.space)) return;
  state.is_stacked = state.space.rank > 1 && 2 * state.space.full_columns <= block;
  if (state.is_stacked) state.tile_rows = block / state.space.full_columns;
  else state.is_flat = state.space.full_columns % RK_LANES != 0 && RK_NAME(can_be_flat)(&state);
  for (int i = 0; i < inputs; i++) {
    variations[i] = (uint8_t)RK_NAME(input_variation)(&state, &loop->inputs[i]);
  }
  memset(variations + inputs, RK_FIXED, (size_t)constants);
  Program *program = &state.program;
  RK_NAME(decode)(program, kinds);
  RK_NAME(direct_outputs)(&state);

  // Storage: results, a vector for each constant, a block for each input, for each output and two
  // for spreading.
  const ptrdiff_t results = RK_NAME(result_elements)(program, block);
  const ptrdiff_t elements = results + constants * RK_LANES + (inputs + outputs + 2) * block;
  Real *storage = __builtin_alloca_with_align((size_t)elements * sizeof(Real), 512);
  RK_NAME(place_results)(program, block, storage);
  storage += results;
  storage = RK_NAME(place_constants)(&state, storage);
  for (int i = 0; i < inputs + outputs; i++, storage += block) lanes[i].block = storage;
  for (int i = 0; i < inputs; i++) lanes[i].start = (Real *)loop->inputs[i].base;
  RK_NAME(place_fixed_inputs)(&state);
  state.spread = storage, state.spread_factor = storage + block;
  RK_NAME(run_steps)(program, RK_FIXED, 1);
  RK_NAME(run_planes)(&state);
}
