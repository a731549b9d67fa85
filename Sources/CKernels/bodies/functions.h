/// Exponential, logarithm and their relatives, a vector at a time, within about two units in the
/// last place over the whole range.

/// sign x = n ln 2 + sign r with |r| <= ln(2)/2, and n both as a real and as an integer.
typedef struct RK_NAME(Reduced) {
  Vector remainder, real_power;
  Mask power;
} RK_NAME(Reduced);

/// A sign of -1 is as cheap as 1, where a negated x would cost an operation.
RK_INLINE RK_NAME(Reduced) RK_NAME(reduce)(int sign, Vector x) {
  // Adding 1.5 * 2^mantissa rounds to an integer and leaves it in the low bits.
  const Vector shifter = RK_NAME(splat)((Real)3 * (Real)((Bits)1 << (RK_MANTISSA_BITS - 1)));
  const Vector shifted = RK_NAME(multiply_add)(x, RK_NAME(splat)(sign * RK_LOG2_E), shifter);
  const Vector n = shifted - shifter;
  Vector r = RK_NAME(multiply_add)(n, RK_NAME(splat)(-sign * RK_LN2_HIGH), x);
  r = RK_NAME(multiply_add)(n, RK_NAME(splat)(-sign * RK_LN2_LOW), r);
  return (RK_NAME(Reduced)){r, n, RK_NAME(bits)(shifted) - RK_NAME(bits)(shifter)};
}

/// e^r - 1 for |r| <= ln(2)/2, accurate near zero.
RK_INLINE Vector RK_NAME(exp_minus_one_near_zero)(Vector r) {
  static const Real terms[RK_EXP_TERMS] = RK_EXP_POLYNOMIAL;
  Vector sum = RK_NAME(splat)(terms[RK_EXP_TERMS - 1]);
  RK_UNROLLED for (int i = RK_EXP_TERMS - 2; i >= 0; i--) {
    sum = RK_NAME(multiply_add)(sum, r, RK_NAME(splat)(terms[i]));
  }
  return RK_NAME(multiply_add)(r * r, sum, r);
}

/// e^(sign r) for |r| <= ln(2)/2.
RK_INLINE Vector RK_NAME(exp_near_zero)(int sign, Vector r) {
  static const Real terms[RK_EXP_TERMS] = RK_EXP_POLYNOMIAL;
  Vector sum = RK_NAME(splat)(terms[RK_EXP_TERMS - 1] * (RK_EXP_TERMS % 2 ? 1 : sign));
  RK_UNROLLED for (int i = RK_EXP_TERMS - 2; i >= 0; i--) {
    sum = RK_NAME(multiply_add)(sum, r, RK_NAME(splat)(terms[i] * (i % 2 ? sign : 1)));
  }
  sum = RK_NAME(multiply_add)(sum, r, RK_NAME(splat)(sign));
  return RK_NAME(multiply_add)(sum, r, RK_NAME(splat)(1));
}

/// 2^n for n in the range of normal exponents.
RK_INLINE Vector RK_NAME(power_of_two)(Mask n) {
  return RK_NAME(from_bits)((n + RK_EXPONENT_BIAS) << RK_MANTISSA_BITS);
}

/// value * 2^n for n in the range of normal exponents, given both as a real and as an integer.
RK_INLINE Vector RK_NAME(scaled_by_power)(Vector value, Vector real_power, Mask power) {
#if RK_VECTOR_BYTES == 64
  return RK_SCALE_BY_POWER(value, real_power, value, -1, 4);
#else
  return value * RK_NAME(power_of_two)(power);
#endif
}

/// e^(sign x) for |x| <= RK_EXP_SMALLEST.
RK_INLINE Vector RK_NAME(exp_of_moderate)(int sign, Vector x) {
  const RK_NAME(Reduced) reduced = RK_NAME(reduce)(sign, x);
  return RK_NAME(scaled_by_power)(RK_NAME(exp_near_zero)(sign, reduced.remainder),
                                  reduced.real_power, reduced.power);
}

/// e^x for x from RK_EXP_LOWEST to RK_EXP_HIGHEST.
RK_INLINE Vector RK_NAME(exp_in_range)(Vector x) {
  const RK_NAME(Reduced) reduced = RK_NAME(reduce)(1, x);
  const Vector value = RK_NAME(exp_near_zero)(1, reduced.remainder);
#if RK_VECTOR_BYTES == 64
  return RK_SCALE_BY_POWER(value, reduced.real_power, value, -1, 4);
#else
  // Two factors, since 2^n itself may be subnormal or too large.
  const Mask half = RK_NAME(shift_right)(reduced.power + 4096, 1) - 2048;
  return value * RK_NAME(power_of_two)(half) * RK_NAME(power_of_two)(reduced.power - half);
#endif
}

RK_INLINE Vector RK_NAME(exp)(Vector x) {
  const Vector lowest = RK_NAME(splat)(RK_EXP_LOWEST), highest = RK_NAME(splat)(RK_EXP_HIGHEST);
  x = x < lowest ? lowest : x;
  return RK_NAME(exp_in_range)(x > highest ? highest : x);
}

/// e^-|x|.
RK_INLINE Vector RK_NAME(exp_of_minus_absolute)(Vector x) {
  const Vector exponent = -RK_NAME(absolute)(x), lowest = RK_NAME(splat)(RK_EXP_LOWEST);
  return RK_NAME(exp_in_range)(exponent < lowest ? lowest : exponent);
}

/// log(x) for normal x, as a sum: log(1 + f) with f in [sqrt(1/2) - 1, sqrt(2) - 1], plus e ln 2.
RK_INLINE Vector RK_NAME(log_of_normal)(Vector x, Vector exponent_shift) {
  const Mask offset = RK_NAME(bits)(x) - (Mask)(Bits)RK_SQRT_HALF_BITS;
  const Bits mantissa = ((Bits)1 << RK_MANTISSA_BITS) - 1;
  const Vector f =
      RK_NAME(from_bits)((offset & (Mask)mantissa) + (Mask)(Bits)RK_SQRT_HALF_BITS) - 1;
  const Mask biased = RK_NAME(shift_right)(
      offset + (Mask)((Bits)RK_EXPONENT_BIAS << RK_MANTISSA_BITS), RK_MANTISSA_BITS);
  const Vector integers = RK_NAME(splat)((Real)((Bits)1 << RK_MANTISSA_BITS));
  const Vector e = RK_NAME(from_bits)(RK_NAME(bits)(integers) | biased) - integers -
                   (Real)RK_EXPONENT_BIAS - exponent_shift;
  const Vector s = f / (f + 2), w = s * s;
  static const Real terms[RK_LOG_TERMS] = RK_LOG_POLYNOMIAL;
  Vector sum = RK_NAME(splat)(terms[RK_LOG_TERMS - 1]);
  RK_UNROLLED for (int i = RK_LOG_TERMS - 2; i >= 0; i--) {
    sum = RK_NAME(multiply_add)(sum, w, RK_NAME(splat)(terms[i]));
  }
  // log(1 + f) = 2 atanh(s) = f - s (f - w sum), since 2 s = f - s f.
  const Vector small = s * (f - w * sum) - e * (Real)RK_LN2_LOW;
  return RK_NAME(multiply_add)(e, RK_NAME(splat)(RK_LN2_HIGH), f - small);
}

RK_INLINE Vector RK_NAME(log)(Vector x) {
  const Vector zero = RK_NAME(splat)(0), infinity = RK_NAME(splat)(RK_INFINITY);
  const Mask subnormal = x < RK_NAME(splat)(RK_SMALLEST_NORMAL);
  const Vector scaled = subnormal ? x * (Real)((Bits)1 << RK_MANTISSA_BITS) : x;
  const Vector shift = subnormal ? RK_NAME(splat)(RK_MANTISSA_BITS) : zero;
  Vector value = RK_NAME(log_of_normal)(scaled, shift);
  value = x < infinity ? value : x;
  return x > zero ? value : (x == zero ? -infinity : RK_NAME(splat)((Real)NAN));
}

/// log(1 + e) for e in [0, 1], accurate for small e.
RK_INLINE Vector RK_NAME(log_one_plus)(Vector e) {
  const Vector u = e + 1;
  return RK_NAME(log_of_normal)(u, RK_NAME(splat)(0)) + (e - (u - 1)) / u;
}

/// The same by a polynomial alone where that is short enough, without a division.
RK_INLINE Vector RK_NAME(short_log_one_plus)(Vector e) {
#if RK_REAL_BYTES == 4
  static const Real terms[RK_LOG_ONE_PLUS_TERMS] = RK_LOG_ONE_PLUS_POLYNOMIAL;
  Vector sum = RK_NAME(splat)(terms[RK_LOG_ONE_PLUS_TERMS - 1]);
  RK_UNROLLED for (int i = RK_LOG_ONE_PLUS_TERMS - 2; i >= 0; i--) {
    sum = RK_NAME(multiply_add)(sum, e, RK_NAME(splat)(terms[i]));
  }
  return e * sum;
#else
  return RK_NAME(log_one_plus)(e);
#endif
}

/// log(1 + min(a, b)) for numbers whose minimum is in [0, 1].
RK_INLINE Vector RK_NAME(log_one_plus_least)(Vector a, Vector b) {
  return RK_NAME(short_log_one_plus)(a < b ? a : b);
}

/// 1/(1 + a b) for 0 <= a b < 2^120.
RK_INLINE Vector RK_NAME(logistic_of_product)(Vector a, Vector b) {
  return RK_NAME(reciprocal)(RK_NAME(multiply_add)(a, b, RK_NAME(splat)(1)));
}

/// e^-x for x >= 0, no smaller than the smallest normal number: smaller ones are slow, and beside 1
/// nothing.
RK_INLINE Vector RK_NAME(exp_of_minus)(Vector x) {
  const Vector highest = RK_NAME(splat)(RK_EXP_SMALLEST);
  return RK_NAME(exp_of_moderate)(-1, x > highest ? highest : x);
}

RK_INLINE Vector RK_NAME(sigmoid)(Vector x) {
  const Vector e = RK_NAME(exp_of_minus_absolute)(x), one = RK_NAME(splat)(1);
  return (x < 0 ? e : one) * RK_NAME(reciprocal)(e + 1);
}

/// sigma(x) for x >= 1 - RK_EXP_SMALLEST: without the smallest values, one form serves both signs.
RK_INLINE Vector RK_NAME(sigmoid_of_moderate)(Vector x) {
  const Vector highest = RK_NAME(splat)(RK_EXP_SMALLEST);
  const Vector e = RK_NAME(exp_of_moderate)(-1, x > highest ? highest : x);
  return RK_NAME(reciprocal)(e + 1);
}

RK_INLINE Vector RK_NAME(softplus)(Vector x) {
  const Vector rest = RK_NAME(log_one_plus)(RK_NAME(exp_of_minus_absolute)(x));
  return (x < 0 ? RK_NAME(splat)(0) : x) + rest;
}

/// tanh|x| = (e^2|x| - 1) / (e^2|x| + 1), by e^y - 1 = 2^n (e^r - 1) + (2^n - 1).
RK_INLINE Vector RK_NAME(tanh)(Vector x) {
  const Vector highest = RK_NAME(splat)(RK_TANH_HIGHEST);
  Vector size = RK_NAME(absolute)(x);
  size = size > highest ? highest : size;
  const RK_NAME(Reduced) reduced = RK_NAME(reduce)(1, size + size);
  const Vector scale = RK_NAME(power_of_two)(reduced.power);
  const Vector numerator = RK_NAME(multiply_add)(
      scale, RK_NAME(exp_minus_one_near_zero)(reduced.remainder), scale - 1);
  return RK_NAME(with_sign)(numerator / (numerator + 2), x);
}

RK_INLINE Vector RK_NAME(sign)(Vector x) {
  const Vector one = RK_NAME(splat)(1);
  return x > 0 ? one : (x < 0 ? -one : x);
}
