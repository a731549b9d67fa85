/// Packing of rows that become columns: squares of sixteen bytes by sixteen are turned in
/// registers, as many side by side as a vector holds.

/// Elements of a square's side.
#if !defined(RK_SIDE)
#define RK_SIDE (16 / RK_REAL_BYTES)
#endif

typedef Real RK_NAME(Side) __attribute__((ext_vector_type(RK_SIDE)));
typedef RK_NAME(Side) RK_NAME(UnalignedSide) __attribute__((aligned(sizeof(Real)), may_alias));
typedef double RK_NAME(Halves) __attribute__((ext_vector_type(RK_VECTOR_BYTES / 8)));

#if !defined(RK_LOW_HALVES)
/// In each sixteen bytes of two vectors: the first, or second, halves alternating by element (LOW,
/// HIGH), or by eight bytes.
#if RK_VECTOR_BYTES == 64
#define RK_LOW_HALVES 0, 8, 2, 10, 4, 12, 6, 14
#define RK_HIGH_HALVES 1, 9, 3, 11, 5, 13, 7, 15
#define RK_LOW_FLOATS 0, 16, 1, 17, 4, 20, 5, 21, 8, 24, 9, 25, 12, 28, 13, 29
#define RK_HIGH_FLOATS 2, 18, 3, 19, 6, 22, 7, 23, 10, 26, 11, 27, 14, 30, 15, 31
#elif RK_VECTOR_BYTES == 32
#define RK_LOW_HALVES 0, 4, 2, 6
#define RK_HIGH_HALVES 1, 5, 3, 7
#define RK_LOW_FLOATS 0, 8, 1, 9, 4, 12, 5, 13
#define RK_HIGH_FLOATS 2, 10, 3, 11, 6, 14, 7, 15
#else
#define RK_LOW_HALVES 0, 2
#define RK_HIGH_HALVES 1, 3
#define RK_LOW_FLOATS 0, 4, 1, 5
#define RK_HIGH_FLOATS 2, 6, 3, 7
#endif
#endif

/// Sixteen bytes of every RK_SIDE-th row, one behind the other.
RK_INLINE Vector RK_NAME(load_sides)(const Real *const *rows, ptrdiff_t p) {
#define RK_SIDE_OF(i) (*(const RK_NAME(UnalignedSide) *)(rows[(i) * RK_SIDE] + p))
#if RK_VECTOR_BYTES == 64
  Vector value;
  value.lo.lo = RK_SIDE_OF(0), value.lo.hi = RK_SIDE_OF(1);
  value.hi.lo = RK_SIDE_OF(2), value.hi.hi = RK_SIDE_OF(3);
  return value;
#elif RK_VECTOR_BYTES == 32
  Vector value;
  value.lo = RK_SIDE_OF(0), value.hi = RK_SIDE_OF(1);
  return value;
#else
  return RK_SIDE_OF(0);
#endif
#undef RK_SIDE_OF
}

/// to[p * width + i] = rows[i][p] for the vector's lanes i and RK_SIDE positions p.
RK_INLINE void RK_NAME(transpose_sides)(const Real *const *rows, ptrdiff_t p, ptrdiff_t width,
                                        Real *to) {
#define RK_HALVES(a, b, ...)                                                                   \
  (Vector)__builtin_shufflevector((RK_NAME(Halves))(a), (RK_NAME(Halves))(b), __VA_ARGS__)
  Vector in[RK_SIDE];
  RK_UNROLLED for (int j = 0; j < RK_SIDE; j++) in[j] = RK_NAME(load_sides)(rows + j, p);
  to += p * width;
#if RK_REAL_BYTES == 4
  const Vector a = __builtin_shufflevector(in[0], in[1], RK_LOW_FLOATS);
  const Vector b = __builtin_shufflevector(in[2], in[3], RK_LOW_FLOATS);
  const Vector c = __builtin_shufflevector(in[0], in[1], RK_HIGH_FLOATS);
  const Vector d = __builtin_shufflevector(in[2], in[3], RK_HIGH_FLOATS);
  RK_NAME(store)(to, RK_HALVES(a, b, RK_LOW_HALVES));
  RK_NAME(store)(to + width, RK_HALVES(a, b, RK_HIGH_HALVES));
  RK_NAME(store)(to + 2 * width, RK_HALVES(c, d, RK_LOW_HALVES));
  RK_NAME(store)(to + 3 * width, RK_HALVES(c, d, RK_HIGH_HALVES));
#else
  RK_NAME(store)(to, RK_HALVES(in[0], in[1], RK_LOW_HALVES));
  RK_NAME(store)(to + width, RK_HALVES(in[0], in[1], RK_HIGH_HALVES));
#endif
#undef RK_HALVES
}

/// to[p * width + i] = element `skip` + p of stored row `first` + i, for i < count <= width. Beyond
/// `count` a row of `to` may hold anything, and so may the last row for a vector's length beyond
/// `width`.
static void RK_NAME(pack_transposed)(const RK_NAME(Matrix) *matrix, ptrdiff_t first_row,
                                     ptrdiff_t count, ptrdiff_t skip, ptrdiff_t depth,
                                     ptrdiff_t width, Real *to) {
  for (ptrdiff_t first = 0; first < count; first += RK_LANES) {
    // What is stored beyond `width` lies in the next row, and is stored over with it: unless it is
    // the end of a row, which then had better be stored up to its end alone.
    const ptrdiff_t i = first > 0 && first + RK_LANES > width ? width - RK_LANES : first;
    const Real *rows[RK_VECTOR_BYTES / RK_REAL_BYTES];
    for (ptrdiff_t lane = 0; lane < RK_LANES; lane++) {
      const ptrdiff_t row = i + lane < count ? i + lane : count - 1;
      rows[lane] = RK_NAME(stored_row)(matrix, first_row + row) + skip;
    }
    ptrdiff_t p = 0;
    for (; p + RK_SIDE <= depth; p += RK_SIDE) {
      RK_NAME(transpose_sides)(rows, p, width, to + i);
    }
    for (; p < depth; p++) {
      for (ptrdiff_t lane = 0; lane < RK_LANES && i + lane < count; lane++) {
        to[p * width + i + lane] = rows[lane][p];
      }
    }
  }
}
