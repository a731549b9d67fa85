/// Matrix multiplication by register tiles of RK_TILE_ROWS rows by two vectors of columns.
///
/// Every element of C is one chain of multiply-adds per block of k, ascending, whatever tile it
/// falls into; the blocks are then added in order.

#if !defined(RK_GEMM_M)
/// Rows of a packed block of A, a multiple of every level's tile.
#define RK_GEMM_M 420
/// Bytes of a block of A that stay in L1 beside a panel of B.
#define RK_GEMM_NEAR (32 << 10)
/// Bytes of B from which on what is packed next is prefetched: about what stays in L2.
#define RK_GEMM_FAR (2 << 20)
#endif

/// A matrix as stored, whose rows lie `stride` apart; or those of its rows that have the numbers.
typedef struct RK_NAME(Matrix) {
  const Real *from;
  ptrdiff_t stride;
  int is_transposed;
  const int32_t *rows;  ///< or null
} RK_NAME(Matrix);

RK_INLINE const Real *RK_NAME(stored_row)(const RK_NAME(Matrix) *matrix, ptrdiff_t row) {
  return matrix->from + (matrix->rows ? matrix->rows[row] : row) * matrix->stride;
}

/// An element of the matrix, transposed if it is to be.
RK_INLINE const Real *RK_NAME(element)(const RK_NAME(Matrix) *matrix, ptrdiff_t row,
                                       ptrdiff_t column) {
  return matrix->is_transposed ? RK_NAME(stored_row)(matrix, column) + row
                               : RK_NAME(stored_row)(matrix, row) + column;
}

/// A tile's view of its operands: element (i, p) of A is a[i * a_row + p * a_step], row p of B
/// begins at b + p * b_step.
typedef struct RK_NAME(Operands) {
  const Real *a, *b;
  ptrdiff_t a_row, a_step, b_step, depth;
} RK_NAME(Operands);

typedef struct RK_NAME(Target) {
  Real *c;  ///< the tile's first element
  ptrdiff_t ldc;
  RK_NAME(Tile) tile;
  int accumulate;
  const RK_NAME(Closing) *closing;  ///< what takes the elements in the place of C, or null
} RK_NAME(Target);

/// Brings a tile's sums to C, whose last vectors may be parts of some, or closes the tile with
/// them.
RK_INLINE void RK_NAME(store_sums)(const int rows, const int vectors,
                                   const RK_NAME(Target) *target, Vector (*sum)[2]) {
  const RK_NAME(Closing) *closing = target->closing;
  Real *c = target->c, *made = closing ? closing->sums : NULL;
  const ptrdiff_t last = target->tile.columns - (vectors - 1) * RK_LANES;
  RK_UNROLLED for (int i = 0; i < rows; i++, c += target->ldc) {
    RK_UNROLLED for (int v = 0; v < vectors; v++) {
      const int is_part = v + 1 == vectors && last < RK_LANES;
      Vector value = sum[i][v];
      Real *at = c + v * RK_LANES;
      if (target->accumulate) {
        value += is_part ? RK_NAME(load_part)(at, last, 0) : RK_NAME(load)(at);
      }
      if (closing) RK_NAME(store)(made + i * RK_TILE_COLUMNS + v * RK_LANES, value);
      else if (is_part) RK_NAME(store_part)(at, last, value);
      else RK_NAME(store)(at, value);
    }
  }
  if (closing) {
    const RK_NAME(Tile) tile = target->tile;
    RK_NAME(close_tile)(closing, tile.row, tile.rows, tile.column, tile.columns);
  }
}

/// C[0..<rows, 0..<columns] (+)= A B, with `rows` and `vectors` known when compiled.
RK_INLINE void RK_NAME(tile_body)(const int rows, const int vectors, const ptrdiff_t a_row,
                                  const RK_NAME(Operands) *operands,
                                  const RK_NAME(Target) *target) {
  Vector sum[RK_TILE_ROWS][2];
  RK_UNROLLED for (int i = 0; i < rows; i++) {
    RK_UNROLLED for (int v = 0; v < vectors; v++) sum[i][v] = RK_NAME(splat)(0);
  }
  const Real *a = operands->a, *b = operands->b;
  for (ptrdiff_t p = operands->depth; p > 0; p--) {
    Vector row[2];
    RK_UNROLLED for (int v = 0; v < vectors; v++) row[v] = RK_NAME(load)(b + v * RK_LANES);
    RK_UNROLLED for (int i = 0; i < rows; i++) {
      const Vector factor = RK_NAME(splat)(a[i * a_row]);
      RK_UNROLLED for (int v = 0; v < vectors; v++) {
        sum[i][v] = RK_NAME(multiply_add)(factor, row[v], sum[i][v]);
      }
    }
    a += operands->a_step, b += operands->b_step;
  }
  if (target->closing || target->tile.columns < vectors * RK_LANES) {
    RK_NAME(store_sums)(rows, vectors, target, sum);
    return;
  }
  Real *c = target->c;
  RK_UNROLLED for (int i = 0; i < rows; i++, c += target->ldc) {
    RK_UNROLLED for (int v = 0; v < vectors; v++) {
      Vector value = sum[i][v];
      if (target->accumulate) value += RK_NAME(load)(c + v * RK_LANES);
      RK_NAME(store)(c + v * RK_LANES, value);
    }
  }
}

#define RK_TILE(name, rows)                                                                    \
  static void RK_NAME(name)(const RK_NAME(Operands) *operands, const RK_NAME(Target) *target) { \
    const int is_narrow = target->tile.columns <= RK_LANES;                                    \
    if (operands->a_row == 1 && is_narrow) {                                                   \
      RK_NAME(tile_body)(rows, 1, 1, operands, target);                                        \
    } else if (operands->a_row == 1) {                                                         \
      RK_NAME(tile_body)(rows, 2, 1, operands, target);                                        \
    } else if (is_narrow) {                                                                    \
      RK_NAME(tile_body)(rows, 1, operands->a_row, operands, target);                          \
    } else {                                                                                   \
      RK_NAME(tile_body)(rows, 2, operands->a_row, operands, target);                          \
    }                                                                                          \
  }

RK_TILE(tile_full, RK_TILE_ROWS)
#if RK_TILE_ROWS > 8
RK_TILE(tile_8, 8)
#endif
RK_TILE(tile_4, 4)
RK_TILE(tile_2, 2)
RK_TILE(tile_1, 1)
#undef RK_TILE

/// The most rows, of those that a tile is compiled for, that fit into `left`.
RK_INLINE ptrdiff_t RK_NAME(tile_rows)(ptrdiff_t left) {
  if (left >= RK_TILE_ROWS) return RK_TILE_ROWS;
  if (RK_TILE_ROWS > 8 && left >= 8) return 8;
  return left >= 4 ? 4 : left >= 2 ? 2 : 1;
}

RK_INLINE void RK_NAME(run_gemm_tile)(const RK_NAME(Operands) *operands,
                                      const RK_NAME(Target) *target) {
  switch (target->tile.rows) {
    case 1: RK_NAME(tile_1)(operands, target); break;
    case 2: RK_NAME(tile_2)(operands, target); break;
    case 4: RK_NAME(tile_4)(operands, target); break;
#if RK_TILE_ROWS > 8
    case 8: RK_NAME(tile_8)(operands, target); break;
#endif
    default: RK_NAME(tile_full)(operands, target); break;
  }
}
