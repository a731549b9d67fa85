/// The blocks of a matrix multiplication, and the packing of panels that cannot be read in place.

typedef struct RK_NAME(Matrix) {
  const Real *from;
  ptrdiff_t stride;
  int is_transposed;
} RK_NAME(Matrix);

RK_INLINE const Real *RK_NAME(element)(const RK_NAME(Matrix) *matrix, ptrdiff_t row,
                                       ptrdiff_t column) {
  return matrix->is_transposed ? matrix->from + column * matrix->stride + row
                               : matrix->from + row * matrix->stride + column;
}

/// to[p * width + j] = from[p * stride + j] for j < count, 0 for the j beyond.
static void RK_NAME(pack_straight)(const Real *from, ptrdiff_t stride, ptrdiff_t count,
                                   ptrdiff_t depth, ptrdiff_t width, Real *to) {
  for (ptrdiff_t p = 0; p < depth; p++, from += stride, to += width) {
    for (ptrdiff_t j = 0; j < width; j++) to[j] = j < count ? from[j] : 0;
  }
}

/// A part of a matrix: `rows` rows from `row` on, `columns` columns from `column` on.
typedef struct RK_NAME(Window) {
  ptrdiff_t row, rows, column, columns;
} RK_NAME(Window);

/// Asks for the share number `share` of `count` of a window, as it lies in memory, for later.
RK_INLINE void RK_NAME(prefetch)(const RK_NAME(Matrix) *matrix, RK_NAME(Window) window,
                                 ptrdiff_t share, ptrdiff_t count) {
  const ptrdiff_t runs = matrix->is_transposed ? window.columns : window.rows;
  const ptrdiff_t length = matrix->is_transposed ? window.rows : window.columns;
  if (length <= 0) return;
  for (ptrdiff_t run = share * runs / count; run < (share + 1) * runs / count; run++) {
    const Real *from = RK_NAME(element)(matrix, window.row, window.column) + run * matrix->stride;
    for (ptrdiff_t i = 0; i < length; i += 64 / RK_REAL_BYTES) __builtin_prefetch(from + i, 0, 2);
    __builtin_prefetch(from + length - 1, 0, 2);
  }
}

/// Whether A is packed: in place its rows are read `lda` apart, which only few columns of C excuse;
/// fewer where registers are too scarce to hold that many addresses.
RK_INLINE int RK_NAME(packs_a)(int is_transposed, ptrdiff_t n) {
  return !is_transposed && n > (RK_VECTOR_BYTES == 64 ? 8 : 2) * RK_LANES;
}

/// How many of `k` the block that begins at `first` takes.
RK_INLINE ptrdiff_t RK_NAME(block_length)(ptrdiff_t first, ptrdiff_t k) {
  return k - first < RK_GEMM_K ? k - first : RK_GEMM_K;
}

/// One block of rows and of k: packs A if that pays, then goes through the panels of B.
static void RK_NAME(gemm_block)(const RK_NAME(Matrix) *a, const RK_NAME(Matrix) *b, ptrdiff_t row,
                                ptrdiff_t rows, ptrdiff_t n, ptrdiff_t k, ptrdiff_t first,
                                Real *c, ptrdiff_t ldc, int accumulate, Real *scratch) {
  const int packs_a = RK_NAME(packs_a)(a->is_transposed, n);
  const int is_far = n * k * (ptrdiff_t)sizeof(Real) > RK_GEMM_FAR;
  const ptrdiff_t depth = RK_NAME(block_length)(first, k), after = first + depth;
  const ptrdiff_t tiles = (rows + RK_TILE_ROWS - 1) / RK_TILE_ROWS;
  Real *panel = scratch, *packed_a = scratch + 2 * RK_LANES * depth;
  if (packs_a) {
    for (ptrdiff_t i = 0, count; i < rows; i += count) {
      count = RK_NAME(tile_rows)(rows - i);
      RK_NAME(pack_transposed)(RK_NAME(element)(a, row + i, first), a->stride, count, depth,
                               count, packed_a + i * depth);
    }
  }
  for (ptrdiff_t column = 0; column < n; column += 2 * RK_LANES) {
    const ptrdiff_t left = n - column, columns = left < 2 * RK_LANES ? left : 2 * RK_LANES;
    const ptrdiff_t width = columns <= RK_LANES ? RK_LANES : 2 * RK_LANES;
    const Real *from = RK_NAME(element)(b, first, column);
    RK_NAME(Operands) operands = {.b = panel, .b_step = width, .depth = depth};
    if (b->is_transposed) {
      RK_NAME(pack_transposed)(from, b->stride, columns, depth, width, panel);
    } else if (columns < width || rows > 8 * RK_TILE_ROWS) {
      RK_NAME(pack_straight)(from, b->stride, columns, depth, width, panel);
    } else {
      operands.b = from, operands.b_step = b->stride;
    }
    const ptrdiff_t next = column + 2 * RK_LANES;
    const RK_NAME(Window) next_b =
        next < n ? (RK_NAME(Window)){first, depth, next,
                                     n - next < 2 * RK_LANES ? n - next : 2 * RK_LANES}
                 : (RK_NAME(Window)){after, RK_NAME(block_length)(after, k), 0,
                                     n < 2 * RK_LANES ? n : 2 * RK_LANES};
    for (ptrdiff_t i = 0, count; i < rows; i += count) {
      count = RK_NAME(tile_rows)(rows - i);
      if (is_far) RK_NAME(prefetch)(b, next_b, i / RK_TILE_ROWS, tiles);
      const RK_NAME(Target) target = {c + (row + i) * ldc + column, ldc, columns, accumulate};
      operands.a = packs_a ? packed_a + i * depth : RK_NAME(element)(a, row + i, first);
      operands.a_row = packs_a || a->is_transposed ? 1 : a->stride;
      operands.a_step = packs_a ? count : a->is_transposed ? a->stride : 1;
      RK_NAME(run_gemm_tile)(count, &operands, &target);
    }
  }
}

static void RK_NAME(gemm)(int transpose_a, int transpose_b, ptrdiff_t m, ptrdiff_t n, ptrdiff_t k,
                          const void *a, ptrdiff_t lda, const void *b, ptrdiff_t ldb, void *c,
                          ptrdiff_t ldc, int accumulate, void *scratch) {
  if (n == 1 && ldc == 1 && m > 1) {
    // A single column is the transpose of a single row, which fills the vectors of a tile.
    RK_NAME(gemm)(!transpose_b, !transpose_a, 1, m, k, b, ldb, a, lda, c, m, accumulate, scratch);
    return;
  }
  const RK_NAME(Matrix) left = {a, lda, transpose_a}, right = {b, ldb, transpose_b};
  if (k == 0 && !accumulate) {
    for (ptrdiff_t i = 0; i < m; i++) RK_NAME(fill)((Real *)c + i * ldc, 0, n);
  }
  for (ptrdiff_t row = 0; row < m; row += RK_GEMM_M) {
    const ptrdiff_t rows = m - row < RK_GEMM_M ? m - row : RK_GEMM_M;
    for (ptrdiff_t first = 0; first < k; first += RK_GEMM_K) {
      RK_NAME(gemm_block)(&left, &right, row, rows, n, k, first, c, ldc, accumulate || first > 0,
                          scratch);
    }
  }
}

static size_t RK_NAME(gemm_scratch)(ptrdiff_t m, ptrdiff_t n, ptrdiff_t k) {
  (void)n;
  const ptrdiff_t depth = k < RK_GEMM_K ? k : RK_GEMM_K, rows = m < RK_GEMM_M ? m : RK_GEMM_M;
  return (size_t)(depth * (rows + 2 * RK_LANES) + RK_LANES) * sizeof(Real);
}
