/// Tiles of the last two axes of a loop: gathered into blocks, stored and combined out of them.
///
/// A tile is `rows` by `columns` elements that lie densely in a block: a part of one long row, or
/// as many short rows as fit.

/// A stream as seen from the last two axes.
typedef struct RK_NAME(Lane) {
  Real *start;
  ptrdiff_t row_stride, stride;
  Real *block;           ///< where elements that do not lie densely are gathered or made
  const Real *gathered;  ///< what `block` holds, if it may be used again
  ptrdiff_t gathered_count;
  double sum;            ///< of the run so far, for sums into one element
  int is_direct;         ///< an output that the instructions write where it goes
  ptrdiff_t period;      ///< of an input that repeats along the columns; 0 if it does not
} RK_NAME(Lane);

typedef struct RK_NAME(Tile) {
  ptrdiff_t row, column, rows, columns;
} RK_NAME(Tile);

RK_INLINE int RK_NAME(is_dense)(const RK_NAME(Lane) *lane, RK_NAME(Tile) tile) {
  return (lane->stride == 1 || tile.columns == 1) &&
         (lane->row_stride == tile.columns || tile.rows == 1);
}

RK_INLINE Real *RK_NAME(tile_start)(const RK_NAME(Lane) *lane, RK_NAME(Tile) tile) {
  return lane->start + tile.row * lane->row_stride + tile.column * lane->stride;
}

/// Fills the block with a part of what repeats along the columns.
static Real *RK_NAME(gather_repeated)(const RK_NAME(Lane) *lane, RK_NAME(Tile) tile) {
  Real *to = lane->block;
  ptrdiff_t column = tile.column % lane->period;
  for (ptrdiff_t left = tile.columns, count; left > 0; left -= count, column = 0) {
    count = lane->period - column < left ? lane->period - column : left;
    const Real *from = lane->start + column * lane->stride;
    for (ptrdiff_t i = 0; i < count; i++) *to++ = from[i * lane->stride];
  }
  for (ptrdiff_t i = tile.columns; i % RK_LANES != 0; i++) *to++ = 0;
  return lane->block;
}

/// Where the tile's elements of an input lie densely: in their place or gathered into the lane's
/// block. Those beyond the last whole vector, from `rest` on, are in the block, followed by zeros.
static Real *RK_NAME(gather_tile)(RK_NAME(Lane) *lane, RK_NAME(Tile) tile, ptrdiff_t rest) {
  if (lane->period > 0) return RK_NAME(gather_repeated)(lane, tile);
  Real *from = RK_NAME(tile_start)(lane, tile);
  const ptrdiff_t count = tile.rows * tile.columns;
  if (RK_NAME(is_dense)(lane, tile)) {
    if (rest == count) return from;
    lane->gathered = 0;
    for (ptrdiff_t i = rest; i < count; i++) lane->block[i] = from[i];
    for (ptrdiff_t i = count; i % RK_LANES != 0; i++) lane->block[i] = 0;
    return from;
  }
  if (lane->gathered == from && lane->gathered_count >= count) return lane->block;
  Real *to = lane->block;
  for (ptrdiff_t row = 0; row < tile.rows; row++, from += lane->row_stride) {
    if (lane->stride == 1) {
      for (ptrdiff_t i = 0; i < tile.columns; i++) *to++ = from[i];
    } else {
      for (ptrdiff_t i = 0; i < tile.columns; i++) *to++ = from[i * lane->stride];
    }
  }
  for (ptrdiff_t i = count; i % RK_LANES != 0; i++) *to++ = 0;
  if (lane->row_stride == 0 && tile.rows > 1) {
    lane->gathered = from;
    lane->gathered_count = count;
  }
  return lane->block;
}

static void RK_NAME(store_tile)(const RK_NAME(Lane) *lane, RK_NAME(Tile) tile, const Real *from) {
  Real *to = RK_NAME(tile_start)(lane, tile);
  if (RK_NAME(is_dense)(lane, tile)) {
    memcpy(to, from, (size_t)(tile.rows * tile.columns) * sizeof(Real));
    return;
  }
  for (ptrdiff_t row = 0; row < tile.rows; row++, to += lane->row_stride) {
    if (lane->stride == 1) {
      for (ptrdiff_t i = 0; i < tile.columns; i++) to[i] = *from++;
    } else {
      for (ptrdiff_t i = 0; i < tile.columns; i++) to[i * lane->stride] = *from++;
    }
  }
}

/// Combines a tile along its columns: into one element for each row, or one for all. A sum whose
/// element takes in several tiles is kept back in double, for `flush_sum`. `factor` is the other
/// factor of a product.
static void RK_NAME(combine_columns)(RK_NAME(Lane) *lane, int combine, RK_NAME(Tile) tile,
                                     int is_kept_back, const Real *from, const Real *factor) {
  ptrdiff_t rows = tile.rows, count = tile.columns;
  if (lane->row_stride == 0) count *= rows, rows = 1;
  Real *to = lane->start + tile.row * lane->row_stride;
  for (ptrdiff_t row = 0; row < rows; row++, to += lane->row_stride, from += count) {
    if (combine == RK_LARGEST) {
      const Real value = RK_NAME(largest_of)(from, count);
      RK_NAME(raise_to)(to, &value, 1);
      continue;
    }
    const Real sum = combine == RK_SUM
                         ? RK_NAME(sum_of)(from, count)
                         : RK_NAME(sum_of_products)(from, factor + row * count, count);
    if (is_kept_back) lane->sum += (double)sum;
    else *to += sum;
  }
}

/// Combines a tile into elements along its columns, row by row; `factor` likewise.
static void RK_NAME(combine_rows)(const RK_NAME(Lane) *lane, int combine, RK_NAME(Tile) tile,
                                  const Real *from, const Real *factor) {
  Real *to = RK_NAME(tile_start)(lane, tile);
  const ptrdiff_t columns = tile.columns;
  if (lane->row_stride == 0 && lane->stride == 1 && combine != RK_LARGEST) {
    RK_NAME(add_rows_to)(to, from, combine == RK_SUM ? NULL : factor, tile.rows, columns);
    return;
  }
  for (ptrdiff_t row = 0; row < tile.rows; row++, to += lane->row_stride, from += columns) {
    if (lane->stride == 1 && combine == RK_LARGEST) {
      RK_NAME(raise_to)(to, from, columns);
    } else if (lane->stride == 1) {
      const Real *by = combine == RK_SUM ? NULL : factor + row * columns;
      RK_NAME(add_rows_to)(to, from, by, 1, columns);
    } else {
      for (ptrdiff_t i = 0; i < columns; i++) {
        Real *element = to + i * lane->stride;
        if (combine == RK_LARGEST) {
          RK_NAME(raise_to)(element, from + i, 1);
        } else {
          const Real other = combine == RK_SUM ? 1 : factor[row * columns + i];
          *element = RK_NAME(multiply_add_one)(from[i], other, *element);
        }
      }
    }
  }
}
