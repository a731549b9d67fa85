/// The blocks of a matrix multiplication, and the packing of panels that cannot be read in place.

/// to[p * width + j] = element `skip` + j of stored row `first` + p for j < count, 0 for the j
/// beyond, where width is a whole number of vectors; or width = count, and less than a vector
/// behind the last row is written over.
static void RK_NAME(pack_straight)(const RK_NAME(Matrix) *matrix, ptrdiff_t first, ptrdiff_t depth,
                                   ptrdiff_t skip, ptrdiff_t count, ptrdiff_t width, Real *to) {
  for (ptrdiff_t p = 0; p < depth; p++, to += width) {
    const Real *from = RK_NAME(stored_row)(matrix, first + p) + skip;
    for (ptrdiff_t j = 0; j < width; j += RK_LANES) {
      const Vector value = count - j < RK_LANES ? RK_NAME(load_part)(from + j, count - j, 0)
                                                : RK_NAME(load)(from + j);
      RK_NAME(store)(to + j, value);
    }
  }
}

/// Asks for the share number `share` of `count` of a window, as it lies in memory, for later.
RK_INLINE void RK_NAME(prefetch)(const RK_NAME(Matrix) *matrix, RK_NAME(Tile) window,
                                 ptrdiff_t share, ptrdiff_t count) {
  const int is_turned = matrix->is_transposed;
  const ptrdiff_t first = is_turned ? window.column : window.row;
  const ptrdiff_t skip = is_turned ? window.row : window.column;
  const ptrdiff_t runs = is_turned ? window.columns : window.rows;
  const ptrdiff_t length = is_turned ? window.rows : window.columns;
  if (length <= 0) return;
  for (ptrdiff_t run = share * runs / count; run < (share + 1) * runs / count; run++) {
    const Real *from = RK_NAME(stored_row)(matrix, first + run) + skip;
    for (ptrdiff_t i = 0; i < length; i += 64 / RK_REAL_BYTES) __builtin_prefetch(from + i, 0, 2);
    __builtin_prefetch(from + length - 1, 0, 2);
  }
}

/// Whether a block of A is packed: in place its rows are read `lda` apart, which only few columns
/// of C excuse; fewer where registers are too scarce to hold that many addresses. A transposed
/// block is read along its rows, and packed if it would not stay in L1. Rows by number are always
/// packed.
RK_INLINE int RK_NAME(packs_a)(const RK_NAME(Matrix) *a, ptrdiff_t rows, ptrdiff_t depth,
                               ptrdiff_t n) {
  if (a->rows) return 1;
  if (n <= (RK_VECTOR_BYTES == 64 ? 8 : 2) * RK_LANES) return 0;
  return !a->is_transposed || rows * depth * (ptrdiff_t)sizeof(Real) > RK_GEMM_NEAR;
}

/// How many of `k` the block that begins at `first` takes.
RK_INLINE ptrdiff_t RK_NAME(block_length)(ptrdiff_t first, ptrdiff_t k) {
  return k - first < RK_GEMM_DEPTH ? k - first : RK_GEMM_DEPTH;
}

/// One block of rows and of k: packs A if that pays, then goes through the panels of B.
static void RK_NAME(gemm_block)(const RK_NAME(Matrix) *a, const RK_NAME(Matrix) *b, ptrdiff_t row,
                                ptrdiff_t rows, ptrdiff_t n, ptrdiff_t k, ptrdiff_t first,
                                const RK_NAME(Target) *result, Real *scratch) {
  const int is_far = n * k * (ptrdiff_t)sizeof(Real) > RK_GEMM_FAR;
  const ptrdiff_t depth = RK_NAME(block_length)(first, k), after = first + depth;
  const int packs_a = RK_NAME(packs_a)(a, rows, depth, n);
  // Tiles along a panel, where those of less than full height count as one.
  const ptrdiff_t tiles = (rows + RK_TILE_ROWS - 1) / RK_TILE_ROWS;
  const ptrdiff_t panels = (n + 2 * RK_LANES - 1) / (2 * RK_LANES);
  const RK_NAME(Tile) next_a = {row, after, rows, RK_NAME(block_length)(after, k)};
  Real *panel = scratch, *packed_a = scratch + 2 * RK_LANES * depth;
  if (packs_a) {
    for (ptrdiff_t i = 0, count; i < rows; i += count) {
      count = RK_NAME(tile_rows)(rows - i);
      Real *to = packed_a + i * depth;
      if (a->is_transposed) RK_NAME(pack_straight)(a, first, depth, row + i, count, count, to);
      else RK_NAME(pack_transposed)(a, row + i, count, first, depth, count, to);
    }
  }
  for (ptrdiff_t column = 0; column < n; column += 2 * RK_LANES) {
    const ptrdiff_t left = n - column, columns = left < 2 * RK_LANES ? left : 2 * RK_LANES;
    const ptrdiff_t width = columns <= RK_LANES ? RK_LANES : 2 * RK_LANES;
    RK_NAME(Operands) operands = {.b = panel, .b_step = width, .depth = depth};
    if (b->is_transposed) {
      RK_NAME(pack_transposed)(b, column, columns, first, depth, width, panel);
    } else if (b->rows || columns < width || rows > 8 * RK_TILE_ROWS) {
      RK_NAME(pack_straight)(b, first, depth, column, columns, width, panel);
    } else {
      operands.b = RK_NAME(element)(b, first, column), operands.b_step = b->stride;
    }
    const ptrdiff_t next = column + 2 * RK_LANES;
    const RK_NAME(Tile) next_b =
        next < n ? (RK_NAME(Tile)){first, next, depth,
                                   n - next < 2 * RK_LANES ? n - next : 2 * RK_LANES}
                 : (RK_NAME(Tile)){after, 0, RK_NAME(block_length)(after, k),
                                   n < 2 * RK_LANES ? n : 2 * RK_LANES};
    for (ptrdiff_t i = 0, count; i < rows; i += count) {
      count = RK_NAME(tile_rows)(rows - i);
      if (is_far) RK_NAME(prefetch)(b, next_b, i / RK_TILE_ROWS, tiles);
      if (a->rows) {
        const ptrdiff_t share = column / (2 * RK_LANES) * tiles + i / RK_TILE_ROWS;
        RK_NAME(prefetch)(a, next_a, share, tiles * panels);
      }
      RK_NAME(Target) target = *result;
      target.c += (row + i) * target.ldc + column;
      target.tile = (RK_NAME(Tile)){row + i, column, count, columns};
      operands.a = packs_a ? packed_a + i * depth : RK_NAME(element)(a, row + i, first);
      operands.a_row = packs_a || a->is_transposed ? 1 : a->stride;
      operands.a_step = packs_a ? count : a->is_transposed ? a->stride : 1;
      RK_NAME(run_gemm_tile)(&operands, &target);
    }
  }
}

/// All blocks of a product, whose last ones of k are closed.
static void RK_NAME(gemm_blocks)(const RK_NAME(Matrix) *a, const RK_NAME(Matrix) *b, ptrdiff_t m,
                                 ptrdiff_t n, ptrdiff_t k, RK_NAME(Target) target,
                                 const RK_NAME(Closing) *closing, Real *scratch) {
  const int accumulate = target.accumulate;
  for (ptrdiff_t row = 0; row < m; row += RK_GEMM_M) {
    const ptrdiff_t rows = m - row < RK_GEMM_M ? m - row : RK_GEMM_M;
    ptrdiff_t first = 0;
    // A product over no terms is a block too: zeros.
    do {
      target.accumulate = accumulate || first > 0;
      target.closing = first + RK_GEMM_DEPTH >= k ? closing : NULL;
      RK_NAME(gemm_block)(a, b, row, rows, n, k, first, &target, scratch);
      first += RK_GEMM_DEPTH;
    } while (first < k);
  }
}

/// The same with a closing, whose state lives here.
static void RK_NAME(gemm_closed)(const RK_NAME(Matrix) *a, const RK_NAME(Matrix) *b, ptrdiff_t m,
                                 ptrdiff_t n, ptrdiff_t k, RK_NAME(Target) target,
                                 const rk_closing *given, Real *scratch) {
  const rk_loop *loop = given->loop;
  const int inputs = loop->input_count, outputs = loop->output_count;
  const int instructions = loop->instruction_count;
  const int values = inputs + loop->constant_count + loop->slot_count;
  RK_NAME(Lane) lanes[inputs + outputs];
  uint8_t variations[values], kinds[instructions + 1];
  int cell_of[values];
  Step steps[instructions + 1], on_copies[instructions + 1];
  Real *cells[values + instructions + outputs];
  RK_NAME(Closing) closing = {
      .state = {.loop = loop,
                .program = {.instructions = loop->instructions,
                            .instruction_count = instructions,
                            .first_slot = inputs + loop->constant_count,
                            .slot_count = loop->slot_count,
                            .variations = variations,
                            .cell_of = cell_of,
                            .steps = steps,
                            .cells = cells},
                .inputs = lanes,
                .outputs = lanes + inputs},
      .on_copies = on_copies,
  };
  memset(lanes, 0, sizeof lanes);
  Real *storage = __builtin_alloca_with_align(
      (size_t)RK_NAME(closing_elements)(loop) * sizeof(Real), 512);
  RK_NAME(prepare_closing)(&closing, given, kinds, storage);
  if (m == 0) RK_NAME(clear_sums)(&closing, n);
  RK_NAME(gemm_blocks)(a, b, m, n, k, target, &closing, scratch);
}

static void RK_NAME(gemm)(ptrdiff_t m, ptrdiff_t n, ptrdiff_t k, const rk_matrix *a,
                          const rk_matrix *b, void *c, ptrdiff_t ldc, int accumulate,
                          void *scratch, const rk_closing *closing) {
  const RK_NAME(Matrix) left = {a->base, a->distance, a->is_transposed, a->rows};
  const RK_NAME(Matrix) right = {b->base, b->distance, b->is_transposed, b->rows};
  RK_NAME(Target) target = {.c = c, .ldc = ldc, .accumulate = accumulate};
  if (closing) {
    RK_NAME(gemm_closed)(&left, &right, m, n, k, target, closing, scratch);
  } else if (n == 1 && ldc == 1 && m > 0) {
    // A single column is the transpose of a single row, which fills the vectors of a tile.
    const RK_NAME(Matrix) column = {right.from, right.stride, !right.is_transposed, right.rows};
    const RK_NAME(Matrix) others = {left.from, left.stride, !left.is_transposed, left.rows};
    target.ldc = m;
    RK_NAME(gemm_blocks)(&column, &others, 1, m, k, target, NULL, scratch);
  } else {
    RK_NAME(gemm_blocks)(&left, &right, m, n, k, target, NULL, scratch);
  }
}

static size_t RK_NAME(gemm_scratch)(ptrdiff_t m, ptrdiff_t n, ptrdiff_t k) {
  (void)n;
  const ptrdiff_t depth = k < RK_GEMM_DEPTH ? k : RK_GEMM_DEPTH;
  const ptrdiff_t rows = m < RK_GEMM_M ? m : RK_GEMM_M;
  return (size_t)(depth * (rows + 2 * RK_LANES) + RK_LANES) * sizeof(Real);
}
