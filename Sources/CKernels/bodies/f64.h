/// The element type is double: its layout, its ranges and its polynomials.

#define RK_SUFFIX f64
#define Real double
#define Bits int64_t
#define UnsignedBits uint64_t

#define RK_REAL_BYTES 8
#define RK_SCALE_BY_POWER __builtin_ia32_scalefpd512_mask
// Loads and stores of some lanes: those whose bit, or sign, is set.
#define RK_LOAD_BITS(from, rest, bits) __builtin_ia32_loadupd512_mask(from, rest, bits)
#define RK_STORE_BITS(to, value, bits) __builtin_ia32_storeupd512_mask(to, value, bits)
#define RK_LOAD_SIGNS(from, signs) __builtin_ia32_maskloadpd256((const void *)(from), signs)
#define RK_STORE_SIGNS(to, value, signs) __builtin_ia32_maskstorepd256((void *)(to), signs, value)
#define RK_MANTISSA_BITS 52
#define RK_EXPONENT_BIAS 1023
#define RK_INFINITY ((double)INFINITY)
#define RK_SMALLEST_NORMAL DBL_MIN
#define RK_RANDOM_BITS 53

/// Below the first, e^x rounds to zero; above the second it overflows.
#define RK_EXP_LOWEST -746.0
#define RK_EXP_HIGHEST 710.0
/// e to the minus this is the smallest power that counts beside 1.
#define RK_EXP_SMALLEST 708.0
/// From here on tanh rounds to 1.
#define RK_TANH_HIGHEST 20.0
/// How far apart rows with one base may be, and how far from it columns have factors of their own:
/// half the one plus the other stays below overflow, the other less half the one is saturated.
#define RK_RANK_SPREAD 650.0
#define RK_RANK_REACH 372.0
/// From this difference on sigma is 0 or 1 to the last bit beside the other.
#define RK_RANK_BAND_WIDTH 38.0
/// e to this is below 2^500, so that two such numbers have a product.
#define RK_RANK_NEAR 340.0
/// The widest spread of scores whose exponentials stay far from overflow in any product.
#define RK_FACTOR_SPREAD 650.0

#define RK_LOG2_E 0x1.71547652b82fep+0
/// ln 2 in two parts; the first has trailing zeros, so that its small multiples are exact.
#define RK_LN2_HIGH 0x1.62e42fefap-1
#define RK_LN2_LOW 0x1.cf79abc9e3b3ap-40
/// The bits of the square root of one half.
#define RK_SQRT_HALF_BITS 0x3fe6a09e667f3bcd

/// (e^r - 1 - r) / r^2 on |r| <= ln(2)/2, interpolated at Chebyshev nodes: relative error 2e-17.
#define RK_EXP_TERMS 10
#define RK_EXP_POLYNOMIAL                                                                  \
  {0.500000000000000103,     0.166666666666666675,     0.0416666666666237416,              \
   0.00833333333333003212,   0.00138888889174064456,   0.000198412698632018284,            \
   0.0000248015209968256958, 2.75572682299632257e-6,   2.76202305675068979e-7,             \
   2.51004947889050405e-8}
/// (2 atanh(s)/s - 2) / s^2 in s^2 on s^2 <= 0.02945, interpolated likewise: error 5e-18.
#define RK_LOG_TERMS 7
#define RK_LOG_POLYNOMIAL                                                                  \
  {0.66666666666666697,  0.39999999999899239,  0.285714286260958915, 0.222222111151441615, \
   0.181828905566956035, 0.153316740301678619, 0.146170375487916501}
