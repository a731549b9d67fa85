/// The element type is float: its layout, its ranges and its polynomials.

#define RK_SUFFIX f32
#define Real float
#define Bits int32_t
#define UnsignedBits uint32_t

#define RK_REAL_BYTES 4
#define RK_SCALE_BY_POWER __builtin_ia32_scalefps512_mask
// Loads and stores of some lanes: those whose bit, or sign, is set.
#define RK_LOAD_BITS(from, rest, bits) __builtin_ia32_loadups512_mask(from, rest, bits)
#define RK_STORE_BITS(to, value, bits) __builtin_ia32_storeups512_mask(to, value, bits)
#define RK_LOAD_SIGNS(from, signs) __builtin_ia32_maskloadps256((const void *)(from), signs)
#define RK_STORE_SIGNS(to, value, signs) __builtin_ia32_maskstoreps256((void *)(to), signs, value)
#define RK_MANTISSA_BITS 23
#define RK_EXPONENT_BIAS 127
#define RK_INFINITY ((float)INFINITY)
#define RK_SMALLEST_NORMAL FLT_MIN
#define RK_HIGHEST_FINITE FLT_MAX
#define RK_RANDOM_BITS 24

/// Below the first, e^x rounds to zero; above the second it overflows.
#define RK_EXP_LOWEST -104.0f
#define RK_EXP_HIGHEST 89.0f
/// e to the minus this is the smallest power that counts beside 1.
#define RK_EXP_SMALLEST 87.0f
/// From here on tanh rounds to 1.
#define RK_TANH_HIGHEST 10.0f
/// How far apart rows with one base may be, and how far from it columns have factors of their own:
/// half the one plus the other stays below overflow, the other less half the one is saturated.
#define RK_RANK_SPREAD 56.0
#define RK_RANK_REACH 58.0
/// From this difference on sigma is 0 or 1 to the last bit beside the other.
#define RK_RANK_BAND_WIDTH 18.0
/// e to this is well below 2^62, so that two such numbers have a product.
#define RK_RANK_NEAR 42.0
/// The widest spread of scores whose exponentials stay far from overflow in any product.
#define RK_FACTOR_SPREAD 80.0

#define RK_LOG2_E 0x1.715476p+0f
/// ln 2 in two parts; the first has trailing zeros, so that its small multiples are exact.
#define RK_LN2_HIGH 0x1.63p-1f
#define RK_LN2_LOW -0x1.bd0106p-13f
/// The bits of the square root of one half.
#define RK_SQRT_HALF_BITS 0x3f3504f3

/// (e^r - 1 - r) / r^2 on |r| <= ln(2)/2, interpolated at Chebyshev nodes: relative error 1e-8.
#define RK_EXP_TERMS 5
#define RK_EXP_POLYNOMIAL                                                                  \
  {0.5f, 0.166665765831580019f, 0.0416665541093467166f, 0.00836324666975372826f,           \
   0.00139262680525705735f}
/// (2 atanh(s)/s - 2) / s^2 in s^2 on s^2 <= 0.02945, interpolated likewise: error 3e-9.
#define RK_LOG_TERMS 3
#define RK_LOG_POLYNOMIAL {0.66666685063750327f, 0.399887706735108764f, 0.29580398281484708f}
/// log(1 + e) / e on [0, 1], interpolated likewise: error 5e-9.
#define RK_LOG_ONE_PLUS_TERMS 10
#define RK_LOG_ONE_PLUS_POLYNOMIAL                                                         \
  {0.999999995f, -0.499998926f, 0.333297105f, -0.249516163f, 0.196632743f, -0.152696671f,  \
   0.105436238f, -0.0563736127f, 0.0195425272f, -0.00317605701f}
