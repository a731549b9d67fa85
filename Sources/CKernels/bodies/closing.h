/// What a product closes with: elementwise instructions that take its elements as they are made, a
/// register tile at a time, while these are in L1.
///
/// The instructions run over the rows of the tile, with the other operands where they lie. Where
/// their elements do not lie densely along a row, or a row ends within a vector, they run over
/// copies.

#if !defined(RK_TILE_COLUMNS)
#define RK_TILE_COLUMNS (2 * RK_LANES)
#define RK_TILE_ELEMENTS (RK_TILE_ROWS * RK_TILE_COLUMNS)
#endif

typedef struct RK_NAME(Closing) {
  RK_NAME(LoopState) state;
  int product;      ///< the input that is the product
  Real *sums;       ///< its elements of a tile, in rows of RK_TILE_COLUMNS
  Step *on_copies;  ///< the steps with the rows of the blocks in the place of those in memory
  int is_dense;     ///< whether all other operands and results lie densely along the rows
} RK_NAME(Closing);

RK_INLINE void RK_NAME(aim_closing)(const rk_closing *given, const rk_stream *stream,
                                    RK_NAME(Lane) *lane) {
  const ptrdiff_t *stride = stream->stride;
  lane->start = (Real *)stream->base + given->lead * stride[0] + given->row * stride[1] +
                given->column * stride[2];
  lane->row_stride = stride[1], lane->stride = stride[2];
}

/// How far apart the rows of a cell lie, in memory or in a block.
static ptrdiff_t RK_NAME(cell_row)(const RK_NAME(Closing) *closing, int cell, int is_copied) {
  const RK_NAME(LoopState) *state = &closing->state;
  const int inputs = state->loop->input_count, outputs = RK_NAME(output_cell)(state, 0);
  if (is_copied || cell == closing->product) return RK_TILE_COLUMNS;
  if (cell < inputs) return state->inputs[cell].row_stride;
  return cell < outputs ? RK_TILE_COLUMNS : state->outputs[cell - outputs].row_stride;
}

static void RK_NAME(set_rows)(const RK_NAME(Closing) *closing, Step *step, int is_copied) {
  for (int i = 0; i < step->operands; i++) {
    step->from_row[i] =
        step->stride[i] == 0 ? 0 : RK_NAME(cell_row)(closing, step->from[i], is_copied);
  }
  for (int i = 0; i < step->results; i++) {
    step->to_row[i] = RK_NAME(cell_row)(closing, step->to[i], is_copied);
  }
}

/// Elements of storage that a closing needs.
static ptrdiff_t RK_NAME(closing_elements)(const rk_loop *loop) {
  const ptrdiff_t blocks = loop->input_count + loop->output_count + loop->slot_count;
  const ptrdiff_t singles =
      loop->constant_count + loop->instruction_count * (ptrdiff_t)RK_STEP_RESULTS;
  return blocks * RK_TILE_ELEMENTS + singles * RK_LANES;
}

/// Decodes the instructions of a closing whose state has room for all that.
static void RK_NAME(prepare_closing)(RK_NAME(Closing) *closing, const rk_closing *given,
                                     uint8_t *kinds, Real *storage) {
  RK_NAME(LoopState) *state = &closing->state;
  Program *program = &state->program;
  const rk_loop *loop = given->loop;
  closing->product = given->product;
  closing->is_dense = 1;
  for (int i = 0; i < loop->input_count; i++) {
    RK_NAME(Lane) *lane = &state->inputs[i];
    RK_NAME(aim_closing)(given, &loop->inputs[i], lane);
    const int is_product = i == given->product;
    const int is_fixed = !is_product && lane->row_stride == 0 && lane->stride == 0;
    program->variations[i] = is_fixed ? RK_FIXED : RK_BY_BOTH;
    if (!is_fixed && !is_product && lane->stride != 1) closing->is_dense = 0;
  }
  for (int i = 0; i < loop->output_count; i++) {
    RK_NAME(aim_closing)(given, &loop->outputs[i].to, &state->outputs[i]);
    const int is_stored = loop->outputs[i].combine == RK_STORE;
    if (is_stored && state->outputs[i].stride != 1) closing->is_dense = 0;
  }
  memset(program->variations + loop->input_count, RK_FIXED, (size_t)loop->constant_count);
  RK_NAME(decode)(program, kinds);
  RK_NAME(direct_outputs)(state);

  RK_NAME(place_results)(program, RK_TILE_ELEMENTS, storage);
  storage += RK_NAME(result_elements)(program, RK_TILE_ELEMENTS);
  for (int i = 0; i < loop->input_count + loop->output_count; i++) {
    state->inputs[i].block = storage;
    storage += RK_TILE_ELEMENTS;
  }
  storage = RK_NAME(place_constants)(state, storage);
  RK_NAME(place_fixed_inputs)(state);
  closing->sums = state->inputs[closing->product].block;
  program->cells[closing->product] = closing->sums;
  RK_NAME(run_steps)(program, RK_FIXED, 1);
  const int first = program->first_step[RK_BY_BOTH], end = program->first_step[RK_BY_BOTH + 1];
  for (int i = first; i < end; i++) {
    closing->on_copies[i] = program->steps[i];
    RK_NAME(set_rows)(closing, &program->steps[i], 0);
    RK_NAME(set_rows)(closing, &closing->on_copies[i], 1);
  }
}

/// Copies a tile of an operand into the lane's block; beyond `columns` a row is filled with zeros.
static void RK_NAME(copy_in)(const RK_NAME(Lane) *lane, RK_NAME(Tile) tile) {
  const Real *from = RK_NAME(tile_start)(lane, tile);
  Real *to = lane->block;
  for (ptrdiff_t row = 0; row < tile.rows; row++, from += lane->row_stride, to += RK_TILE_COLUMNS) {
    for (ptrdiff_t i = 0; i < tile.columns; i += RK_LANES) {
      const ptrdiff_t left = tile.columns - i, count = left < RK_LANES ? left : RK_LANES;
      if (lane->stride == 1) {
        RK_NAME(store)(to + i, count == RK_LANES ? RK_NAME(load)(from + i)
                                                 : RK_NAME(load_part)(from + i, count, 0));
        continue;
      }
      RK_NAME(store)(to + i, RK_NAME(splat)(0));
      for (ptrdiff_t j = i; j < i + count; j++) to[j] = from[j * lane->stride];
    }
  }
}

/// A value of a tile: vector i of a row lies i * step + row * row_step from its first element.
typedef struct RK_NAME(TileValue) {
  const Real *first;
  ptrdiff_t row_step, step;
} RK_NAME(TileValue);

RK_INLINE RK_NAME(TileValue) RK_NAME(tile_value)(const RK_NAME(Closing) *closing, int value,
                                                 int is_copied) {
  const Program *program = &closing->state.program;
  const int cell = program->cell_of[value];
  if (!RK_NAME(is_block)(program->variations[value])) {
    return (RK_NAME(TileValue)){program->cells[cell], 0, 0};
  }
  return (RK_NAME(TileValue)){program->cells[cell],
                              RK_NAME(cell_row)(closing, cell, is_copied), 1};
}

RK_INLINE Vector RK_NAME(tile_vector)(const RK_NAME(TileValue) *value, ptrdiff_t row,
                                      ptrdiff_t column) {
  return RK_NAME(load)(value->first + row * value->row_step + column * value->step);
}

/// Brings a value of a tile to where its output goes.
static void RK_NAME(copy_out)(const RK_NAME(Closing) *closing, int number, RK_NAME(Tile) tile,
                              int is_copied) {
  const RK_NAME(Lane) *lane = &closing->state.outputs[number];
  const RK_NAME(TileValue) value =
      RK_NAME(tile_value)(closing, closing->state.loop->outputs[number].value, is_copied);
  Real *to = RK_NAME(tile_start)(lane, tile);
  for (ptrdiff_t row = 0; row < tile.rows; row++, to += lane->row_stride) {
    for (ptrdiff_t i = 0; i < tile.columns; i += RK_LANES) {
      const ptrdiff_t left = tile.columns - i, count = left < RK_LANES ? left : RK_LANES;
      const Vector made = RK_NAME(tile_vector)(&value, row, i);
      if (lane->stride == 1 && count == RK_LANES) {
        RK_NAME(store)(to + i, made);
      } else if (lane->stride == 1) {
        RK_NAME(store_part)(to + i, count, made);
      } else {
        for (ptrdiff_t j = 0; j < count; j++) to[(i + j) * lane->stride] = made[j];
      }
    }
  }
}

/// Adds the rows of a tile to sums over all rows, which begin with the first tile of their columns.
static void RK_NAME(sum_rows)(const RK_NAME(Closing) *closing, int number, RK_NAME(Tile) tile,
                              int is_copied) {
  const rk_output *output = &closing->state.loop->outputs[number];
  const RK_NAME(TileValue) value = RK_NAME(tile_value)(closing, output->value, is_copied);
  const int has_factor = output->combine == RK_SUM_OF_PRODUCTS;
  const RK_NAME(TileValue) factor =
      RK_NAME(tile_value)(closing, has_factor ? output->factor : output->value, is_copied);
  Real *to = RK_NAME(tile_start)(&closing->state.outputs[number], tile);
  for (ptrdiff_t i = 0; i < tile.columns; i += RK_LANES) {
    const ptrdiff_t left = tile.columns - i, count = left < RK_LANES ? left : RK_LANES;
    Vector sum = RK_NAME(splat)(0);
    if (tile.row > 0 && count == RK_LANES) sum = RK_NAME(load)(to + i);
    else if (tile.row > 0) sum = RK_NAME(load_part)(to + i, count, 0);
    for (ptrdiff_t row = 0; row < tile.rows; row++) {
      const Vector a = RK_NAME(tile_vector)(&value, row, i);
      if (has_factor) {
        sum = RK_NAME(multiply_add)(a, RK_NAME(tile_vector)(&factor, row, i), sum);
      } else {
        sum += a;
      }
    }
    if (count == RK_LANES) RK_NAME(store)(to + i, sum);
    else RK_NAME(store_part)(to + i, count, sum);
  }
}

/// Sums over no rows.
static void RK_NAME(clear_sums)(const RK_NAME(Closing) *closing, ptrdiff_t columns) {
  const RK_NAME(LoopState) *state = &closing->state;
  for (int i = 0; i < state->loop->output_count; i++) {
    if (state->loop->outputs[i].combine == RK_STORE) continue;
    RK_NAME(fill)(state->outputs[i].start, 0, columns);
  }
}

/// Runs the instructions over a tile whose sums are there.
RK_APART void RK_NAME(close_tile)(const RK_NAME(Closing) *closing, ptrdiff_t row, ptrdiff_t rows,
                                   ptrdiff_t column, ptrdiff_t columns) {
  const RK_NAME(Tile) tile = {row, column, rows, columns};
  const RK_NAME(LoopState) *state = &closing->state;
  const Program *program = &state->program;
  const int is_copied = !closing->is_dense || tile.columns % RK_LANES != 0;
  for (int i = 0; i < state->loop->input_count; i++) {
    if (program->variations[i] == RK_FIXED || i == closing->product) continue;
    const RK_NAME(Lane) *lane = &state->inputs[i];
    if (is_copied) RK_NAME(copy_in)(lane, tile);
    program->cells[i] = is_copied ? lane->block : RK_NAME(tile_start)(lane, tile);
  }
  for (int i = 0; i < state->loop->output_count; i++) {
    const RK_NAME(Lane) *lane = &state->outputs[i];
    if (!lane->is_direct) continue;
    program->cells[RK_NAME(output_cell)(state, i)] =
        is_copied ? lane->block : RK_NAME(tile_start)(lane, tile);
  }
  const Step *steps = is_copied ? closing->on_copies : program->steps;
  const ptrdiff_t vectors = (tile.columns + RK_LANES - 1) / RK_LANES;
  for (int i = program->first_step[RK_BY_BOTH]; i < program->first_step[RK_BY_BOTH + 1]; i++) {
    steps[i].run(&steps[i], program->cells, tile.rows, vectors);
  }
  // A sum may read an input that a stored value takes the place of.
  for (int i = 0; i < state->loop->output_count; i++) {
    if (state->loop->outputs[i].combine != RK_STORE) RK_NAME(sum_rows)(closing, i, tile, is_copied);
  }
  for (int i = 0; i < state->loop->output_count; i++) {
    if (state->loop->outputs[i].combine != RK_STORE) continue;
    if (is_copied || !state->outputs[i].is_direct) RK_NAME(copy_out)(closing, i, tile, is_copied);
  }
}
