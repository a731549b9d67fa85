/// What one run of a loop keeps, and where the instructions of its program read and write.

/// Everything that one call keeps on its stack.
typedef struct RK_NAME(LoopState) {
  const rk_loop *loop;
  Program program;
  RK_NAME(Space) space;
  RK_NAME(Lane) *inputs, *outputs;
  Real *spread, *spread_factor;  ///< blocks for values of outputs that do not vary along them
  Real **tail_cells;   ///< the cells for the elements from `tail` on
  ptrdiff_t tail;
  int is_stacked;      ///< several rows to a tile
  int is_flat;         ///< the last two axes run as one
  ptrdiff_t tile_rows, block;
} RK_NAME(LoopState);

/// Elements of a block: the fewer instructions pass over it, the less has to stay in L1, and the
/// more what a block costs by itself counts.
RK_INLINE ptrdiff_t RK_NAME(block_for)(int instructions) {
  return RK_BLOCK * (instructions <= 4 ? 4 : instructions <= 8 ? 2 : 1);
}

/// What an input varies with. Rows that are stacked in a tile vary as its columns do.
static int RK_NAME(input_variation)(const RK_NAME(LoopState) *state, const rk_stream *stream) {
  const RK_NAME(Space) *space = &state->space;
  const int last = space->rank - 1;
  int is_fixed = 1;
  for (int axis = 0; axis < last; axis++) {
    is_fixed &= RK_NAME(stride_of)(state->loop, space, stream, axis) == 0;
  }
  if (RK_NAME(stride_of)(state->loop, space, stream, last) != 0) return RK_BY_BOTH;
  if (is_fixed) return RK_FIXED;
  const ptrdiff_t row_stride = RK_NAME(stride_of)(state->loop, space, stream, last - 1);
  return state->is_stacked && row_stride != 0 ? RK_BY_BOTH : RK_BY_ROW;
}

static void RK_NAME(aim)(const RK_NAME(LoopState) *state, const rk_stream *stream,
                         const ptrdiff_t *index, RK_NAME(Lane) *lane) {
  const int last = state->space.rank - 1;
  lane->start = RK_NAME(start_of)(&state->space, stream, index);
  lane->row_stride = RK_NAME(stride_of)(state->loop, &state->space, stream, last - 1);
  lane->stride = RK_NAME(stride_of)(state->loop, &state->space, stream, last);
  if (!state->is_flat) return;
  if (lane->row_stride == 0 && lane->stride != 0) lane->period = state->space.extent[last];
  lane->row_stride = 0;
}

/// Whether the last two axes may run as one, so that tiles need not end with the rows: all outputs
/// are stored densely, and inputs lie densely or are the same in all rows.
static int RK_NAME(can_be_flat)(const RK_NAME(LoopState) *state) {
  const RK_NAME(Space) *space = &state->space;
  const rk_loop *loop = state->loop;
  const int last = space->rank - 1;
  if (last < 1) return 0;
  for (int i = 0; i < loop->input_count + loop->output_count; i++) {
    const int is_output = i >= loop->input_count;
    const rk_output *output = is_output ? &loop->outputs[i - loop->input_count] : 0;
    const rk_stream *stream = is_output ? &output->to : &loop->inputs[i];
    const ptrdiff_t row_stride = RK_NAME(stride_of)(loop, space, stream, last - 1);
    const ptrdiff_t stride = RK_NAME(stride_of)(loop, space, stream, last);
    if (is_output && output->combine != RK_STORE) return 0;
    if (!is_output && row_stride == 0) continue;
    if (stride != 1 || row_stride != space->extent[last]) return 0;
  }
  return 1;
}

/// The cell that the instructions write for an output that is direct.
RK_INLINE int RK_NAME(output_cell)(const RK_NAME(LoopState) *state, int output) {
  const Program *program = &state->program;
  return program->first_slot + program->instruction_count + program->slot_count + output;
}

/// Whether a step from `first` on reads an input that begins where the output does.
static int RK_NAME(is_read_later)(const RK_NAME(LoopState) *state, const Step *first,
                                  const rk_output *output) {
  const Program *program = &state->program;
  const Step *end = program->steps + program->first_step[RK_BY_BOTH + 1];
  for (int i = 0; i < state->loop->input_count; i++) {
    if (state->loop->inputs[i].base != output->to.base) continue;
    for (const Step *step = first; step < end; step++) {
      for (int operand = 0; operand < step->operands; operand++) {
        if (step->from[operand] == i) return 1;
      }
    }
    for (int o = 0; o < state->loop->output_count; o++) {
      const rk_output *other = &state->loop->outputs[o];
      if (other->value == i) return 1;
      if (other->combine == RK_SUM_OF_PRODUCTS && other->factor == i) return 1;
    }
  }
  return 0;
}

/// Which result of the step goes to the cell; -1 if none does.
RK_INLINE int RK_NAME(result_at)(const Step *step, int cell) {
  for (int result = step->results - 1; result >= 0; result--) {
    if (step->to[result] == cell) return result;
  }
  return -1;
}

/// Lets the last instruction that computes a stored value write it where it goes, unless an operand
/// that lies there is still to be read.
static void RK_NAME(direct_outputs)(RK_NAME(LoopState) *state) {
  Program *program = &state->program;
  const Step *begin = program->steps + program->first_step[RK_BY_BOTH];
  const Step *end = program->steps + program->first_step[RK_BY_BOTH + 1];
  for (int i = 0; i < state->loop->output_count; i++) {
    const rk_output *output = &state->loop->outputs[i];
    const int cell = program->cell_of[output->value], direct = RK_NAME(output_cell)(state, i);
    Step *last = (Step *)end;
    while (last > begin && RK_NAME(result_at)(last - 1, cell) < 0) last--;
    if (output->combine != RK_STORE || last == begin || cell < program->first_slot) continue;
    if (RK_NAME(is_read_later)(state, last, output)) continue;
    last[-1].to[RK_NAME(result_at)(last - 1, cell)] = direct;
    for (Step *step = last; step < end; step++) {
      for (int operand = 0; operand < step->operands; operand++) {
        if (step->from[operand] == cell) step->from[operand] = direct;
      }
    }
    program->cell_of[output->value] = direct;
    state->outputs[i].is_direct = 1;
  }
}

/// Points `tail_cells` at the part of each block that begins with element `tail`.
static void RK_NAME(aim_tail)(RK_NAME(LoopState) *state, ptrdiff_t tail) {
  const Program *program = &state->program;
  const int first_block = program->first_slot + program->instruction_count;
  const int first_output = first_block + program->slot_count;
  for (int cell = 0; cell < first_output; cell++) {
    state->tail_cells[cell] = program->cells[cell] + (cell < first_block ? 0 : tail);
  }
  for (int i = 0; i < state->loop->input_count; i++) {
    if (program->variations[i] == RK_BY_BOTH) state->tail_cells[i] = state->inputs[i].block + tail;
  }
  for (int i = 0; i < state->loop->output_count; i++) {
    if (!state->outputs[i].is_direct) continue;
    state->tail_cells[first_output + i] = state->outputs[i].block + tail;
  }
  state->tail = tail;
}

/// Puts the constants into cells at `storage`, and returns where these end.
static Real *RK_NAME(place_constants)(const RK_NAME(LoopState) *state, Real *storage) {
  const rk_loop *loop = state->loop;
  for (int i = 0; i < loop->constant_count; i++, storage += RK_LANES) {
    state->program.cells[loop->input_count + i] = storage;
    RK_NAME(place_single)(storage, (Real)loop->constants[i]);
  }
  return storage;
}

/// Makes the inputs' blocks their cells, and fills in those that are the same everywhere.
static void RK_NAME(place_fixed_inputs)(const RK_NAME(LoopState) *state) {
  const Program *program = &state->program;
  for (int i = 0; i < state->loop->input_count; i++) {
    program->cells[i] = state->inputs[i].block;
    if (program->variations[i] != RK_FIXED) continue;
    RK_NAME(place_single)(program->cells[i], *state->inputs[i].start);
  }
}
