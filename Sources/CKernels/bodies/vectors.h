/// Vectors of the level's width, and the few things that C has no operator for.

#define Vector RK_NAME(Vector)
#define UnalignedVector RK_NAME(UnalignedVector)
#define Mask RK_NAME(Mask)
#define RK_LANES ((ptrdiff_t)(RK_VECTOR_BYTES / sizeof(Real)))
/// Elements of a block: two kilobytes, so that a dozen of them stay in L1 and the cost of starting
/// an operation is small against that of a block.
#define RK_BLOCK ((ptrdiff_t)(2048 / sizeof(Real)))

typedef Real Vector __attribute__((ext_vector_type(RK_VECTOR_BYTES / sizeof(Real))));
typedef Vector UnalignedVector __attribute__((aligned(sizeof(Real)), may_alias));
typedef Bits Mask __attribute__((ext_vector_type(RK_VECTOR_BYTES / sizeof(Real))));
typedef UnsignedBits RK_NAME(UnsignedMask)
    __attribute__((ext_vector_type(RK_VECTOR_BYTES / sizeof(Real))));

RK_INLINE Vector RK_NAME(load)(const Real *from) { return *(const UnalignedVector *)from; }

RK_INLINE void RK_NAME(store)(Real *to, Vector value) { *(UnalignedVector *)to = value; }

RK_INLINE Vector RK_NAME(splat)(Real value) { return (Vector)value; }

/// All bits of the first `count` lanes.
RK_INLINE Mask RK_NAME(first_lanes)(ptrdiff_t count) {
  Mask numbers;
  RK_UNROLLED for (int lane = 0; lane < RK_LANES; lane++) numbers[lane] = (Bits)lane;
  return numbers < (Mask)(Bits)count;
}

/// The first `count` elements, with `rest` in the lanes beyond.
RK_INLINE Vector RK_NAME(load_part)(const Real *from, ptrdiff_t count, Real rest) {
#if RK_VECTOR_BYTES == 64
  return RK_LOAD_BITS(from, RK_NAME(splat)(rest), (1u << count) - 1);
#elif RK_VECTOR_BYTES == 32
  const Mask is_there = RK_NAME(first_lanes)(count);
  return is_there ? (Vector)RK_LOAD_SIGNS(from, is_there) : RK_NAME(splat)(rest);
#else
  Real lanes[RK_VECTOR_BYTES / sizeof(Real)] __attribute__((aligned(RK_VECTOR_BYTES)));
  for (ptrdiff_t i = 0; i < RK_LANES; i++) lanes[i] = i < count ? from[i] : rest;
  return *(const Vector *)lanes;
#endif
}

RK_INLINE void RK_NAME(store_part)(Real *to, ptrdiff_t count, Vector value) {
#if RK_VECTOR_BYTES == 64
  RK_STORE_BITS(to, value, (1u << count) - 1);
#elif RK_VECTOR_BYTES == 32
  RK_STORE_SIGNS(to, value, RK_NAME(first_lanes)(count));
#else
  for (ptrdiff_t i = 0; i < count; i++) to[i] = value[i];
#endif
}

/// a * b + c, rounded once where the level has fused multiply-add.
RK_INLINE Vector RK_NAME(multiply_add)(Vector a, Vector b, Vector c) {
#if RK_HAS_FMA
  return __builtin_elementwise_fma(a, b, c);
#else
  return a * b + c;
#endif
}

/// The same of numbers, with the same rounding.
RK_INLINE Real RK_NAME(multiply_add_one)(Real a, Real b, Real c) {
#if RK_HAS_FMA
  return __builtin_elementwise_fma(a, b, c);
#else
  return a * b + c;
#endif
}

RK_INLINE Mask RK_NAME(bits)(Vector value) { return (Mask)value; }

RK_INLINE Vector RK_NAME(from_bits)(Mask value) { return (Vector)value; }

/// A right shift that fills with zeros: the arithmetic one has no 64-bit form before AVX-512.
RK_INLINE Mask RK_NAME(shift_right)(Mask value, int count) {
  return (Mask)((RK_NAME(UnsignedMask))value >> (UnsignedBits)count);
}

RK_INLINE Vector RK_NAME(absolute)(Vector value) {
  const Mask sign = (Mask)(Bits)((UnsignedBits)1 << (sizeof(Real) * 8 - 1));
  return RK_NAME(from_bits)(RK_NAME(bits)(value) & ~sign);
}

/// `magnitude`, which must not be negative, with the sign of `sign`.
RK_INLINE Vector RK_NAME(with_sign)(Vector magnitude, Vector sign) {
  const Mask bit = (Mask)(Bits)((UnsignedBits)1 << (sizeof(Real) * 8 - 1));
  return RK_NAME(from_bits)(RK_NAME(bits)(magnitude) | (RK_NAME(bits)(sign) & bit));
}

/// The larger, or NaN when either is.
RK_INLINE Vector RK_NAME(larger)(Vector a, Vector b) {
  return a != a ? a : (a > b ? a : b);
}

/// The smaller, or NaN when either is.
RK_INLINE Vector RK_NAME(smaller)(Vector a, Vector b) {
  return a != a ? a : (a < b ? a : b);
}

/// 1/x for |x| in [2^-125, 2^125], within a unit in the last place.
RK_INLINE Vector RK_NAME(reciprocal)(Vector x) {
#if RK_VECTOR_BYTES == 64 && RK_REAL_BYTES == 4
  // An estimate of 14 bits and a step of Newton's take half as long as a division.
  const Vector estimate = __builtin_ia32_rcp14ps512_mask(x, x, -1);
  const Vector one = RK_NAME(splat)(1);
  return RK_NAME(multiply_add)(estimate, RK_NAME(multiply_add)(-x, estimate, one), estimate);
#else
  return RK_NAME(splat)(1) / x;
#endif
}

/// a / (sqrt(x) + b) for x >= 0 and b > 0, within some units in the last place, 0 where x is
/// infinite.
RK_INLINE Vector RK_NAME(over_root)(Vector a, Vector x, Vector b) {
#if RK_VECTOR_BYTES == 64 && RK_REAL_BYTES == 4
  const Vector lowest = RK_NAME(splat)(RK_SMALLEST_NORMAL);
  const Vector highest = RK_NAME(splat)(RK_HIGHEST_FINITE);
  const Vector clamped = x < lowest ? lowest : x;
  const Vector estimate = __builtin_ia32_rsqrt14ps512_mask(clamped, clamped, -1);
  const Vector root = clamped * estimate, half = estimate * (Real)0.5;
  const Vector error = RK_NAME(multiply_add)(-root, half, RK_NAME(splat)((Real)0.5));
  const Vector quotient = a * RK_NAME(reciprocal)(RK_NAME(multiply_add)(root, error, root) + b);
  return x > highest ? RK_NAME(splat)(0) : quotient;
#else
  return a / (__builtin_elementwise_sqrt(x) + b);
#endif
}

/// 0, 1, 2 and so on.
RK_INLINE Vector RK_NAME(lane_numbers)(void) {
  Vector numbers;
  RK_UNROLLED for (int lane = 0; lane < RK_LANES; lane++) numbers[lane] = (Real)lane;
  return numbers;
}
