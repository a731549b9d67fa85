/// Tiles of the last two axes of a loop: gathered into blocks, stored and combined out of them.
///
/// A tile is `rows` by `columns` elements that lie densely in a block: a part of one long row, or
/// as many short rows as fit.

/// A stream as seen from the last two axes.
typedef struct RK_NAME(Lane) {
  Real *start;
  ptrdiff_t row_stride, stride;
  Real *block;           ///< where elements that do not lie densely are gathered
  const Real *gathered;  ///< what `block` holds, if it may be used again
  ptrdiff_t gathered_count;
  double sum;            ///< of the run so far, for sums into one element
} RK_NAME(Lane);

typedef struct RK_NAME(Tile) {
  ptrdiff_t row, column, rows, columns;
} RK_NAME(Tile);

RK_INLINE int RK_NAME(is_dense)(const RK_NAME(Lane) *lane, RK_NAME(Tile) tile) {
  return (lane->stride == 1 || tile.columns == 1) &&
         (lane->row_stride == tile.columns || tile.rows == 1);
}

/// Makes the tile's elements of an input dense, without reading beyond them.
static Real *RK_NAME(gather_tile)(RK_NAME(Lane) *lane, RK_NAME(Tile) tile) {
  Real *from = lane->start + tile.row * lane->row_stride + tile.column * lane->stride;
  const ptrdiff_t count = tile.rows * tile.columns;
  if (count % RK_LANES == 0 && RK_NAME(is_dense)(lane, tile)) return from;
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
  Real *to = lane->start + tile.row * lane->row_stride + tile.column * lane->stride;
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
/// element takes in several tiles is kept back in double, for `flush_sum`.
static void RK_NAME(combine_columns)(RK_NAME(Lane) *lane, int combine, RK_NAME(Tile) tile,
                                     int is_kept_back, const Real *from) {
  ptrdiff_t rows = tile.rows, count = tile.columns;
  if (lane->row_stride == 0) count *= rows, rows = 1;
  Real *to = lane->start + tile.row * lane->row_stride;
  for (ptrdiff_t row = 0; row < rows; row++, to += lane->row_stride, from += count) {
    if (combine == RK_LARGEST) {
      const Real value = RK_NAME(largest_of)(from, count);
      RK_NAME(raise_to)(to, &value, 1);
    } else if (is_kept_back) {
      lane->sum += (double)RK_NAME(sum_of)(from, count);
    } else {
      *to += RK_NAME(sum_of)(from, count);
    }
  }
}

/// Combines a tile into elements along its columns, row by row.
static void RK_NAME(combine_rows)(const RK_NAME(Lane) *lane, int combine, RK_NAME(Tile) tile,
                                  const Real *from) {
  Real *to = lane->start + tile.row * lane->row_stride + tile.column * lane->stride;
  for (ptrdiff_t row = 0; row < tile.rows; row++, to += lane->row_stride, from += tile.columns) {
    if (lane->stride == 1 && combine == RK_SUM) {
      RK_NAME(add_to)(to, from, tile.columns);
    } else if (lane->stride == 1) {
      RK_NAME(raise_to)(to, from, tile.columns);
    } else {
      for (ptrdiff_t i = 0; i < tile.columns; i++) {
        Real *element = to + i * lane->stride;
        if (combine == RK_SUM) *element += from[i];
        else RK_NAME(raise_to)(element, from + i, 1);
      }
    }
  }
}
