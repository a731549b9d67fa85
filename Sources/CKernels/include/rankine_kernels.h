/// Leaf loops of the executor: everything that is done per element, per pair or per multiply-add.
///
/// Arrays are row-major, float or double as `type` says. No function allocates, locks or keeps
/// state. Summation orders are fixed: they depend on the sizes and the instruction-set level, never
/// on threads. Functions that take a range may be called for disjoint ranges from several threads.
#pragma once

#include <stddef.h>
#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

typedef enum rk_type { RK_F32 = 0, RK_F64 = 1 } rk_type;

/// Instruction-set levels, lowest first. The baseline is the target's own (SSE2, or plain arm64).
typedef enum rk_level { RK_BASELINE = 0, RK_AVX2 = 1, RK_AVX512 = 2 } rk_level;

/// The highest level this machine can run.
rk_level rk_best_level(void);
/// The level in use: `RANKINE_ISA` = baseline | avx2 | avx512 at start, capped by the machine, else
/// the best.
rk_level rk_current_level(void);
/// Forces a level (capped by the machine) on the calling thread alone, other threads keep theirs;
/// returns the one now in use. For tests, which can so compare levels side by side.
rk_level rk_set_level(rk_level level);
const char *rk_level_name(rk_level level);

/// The calling thread's floating-point mode, and the one that differs from it only in that numbers
/// below the normal ones count as 0. Beside the terms of a sum they are nothing, but each takes as
/// long as a hundred others.
uint64_t rk_float_mode(void);
uint64_t rk_flushing_mode(uint64_t mode);
void rk_set_float_mode(uint64_t mode);

/// Scalar functions of a block program, applied element by element.
typedef enum rk_opcode {
  RK_ADD, RK_SUBTRACT, RK_MULTIPLY, RK_DIVIDE,
  RK_MAXIMUM, RK_MINIMUM,  ///< NaN when either operand is
  RK_GREATER,   ///< a > b ? 1 : 0; false for NaN
  RK_EQUAL,     ///< a == b ? 1 : 0
  RK_SELECT,    ///< a != 0 ? b : c; the arm not taken may be NaN
  RK_NEGATE, RK_EXP, RK_LOG, RK_SQRT,
  RK_SIGMOID,   ///< 1/(1 + e^-x), without overflow
  RK_TANH,
  RK_SOFTPLUS,  ///< log(1 + e^x), without overflow
  RK_ABS,
  RK_SIGN,      ///< -1, 0, 1; sign(NaN) is NaN
  // Steps that the compiler puts together; they keep the values between out of memory.
  RK_MULTIPLY_ADD,        ///< a * b + c, rounded once where the level has FMA
  RK_MULTIPLY_SUBTRACT,   ///< a * b - c, likewise
  RK_SUBTRACT_PRODUCT,    ///< c - a * b, likewise
  RK_ADD_PRODUCTS,        ///< a * b + c * d; the second product is rounded
  RK_MULTIPLY_TWICE,      ///< a * b * c
  RK_ADD_MULTIPLY,        ///< (a + b) * c
  RK_SUBTRACT_MULTIPLY,   ///< (a - b) * c
  RK_DIVIDE_BY_SUM,       ///< c / (a + b)
  RK_SQRT_PRODUCT,        ///< the square root of a * b
  RK_GATE,          ///< a > b ? c : 0
  RK_GATE_ADD,      ///< d + (a > b ? c : 0)
  RK_GATE_SUBTRACT, ///< d - (a > b ? c : 0)
  RK_LOG_ONE_PLUS_LEAST, ///< log(1 + min(a * b, c * d)) for a minimum in [0, 1], no product NaN
  RK_LOGISTIC_OF_POWER,  ///< 1/(1 + a * b) for 0 <= a * b < 2^120: sigma(-x) of a * b = e^x
  RK_RAMP_ADD,      ///< max(a - b, 0) + c
  // Chains of steps for loops, with up to fourteen operands x0, x1, ... and up to three results.
  RK_MORE,          ///< four more operands and one more result of the chain before
  /// Adam: a mean m = x4 x2 + x5 x1 of x1, a mean v = x6 x3 + x7 x1^2 of its square, and
  /// x0 - m x8 x10 / (sqrt(v x9) + x11).
  RK_ADAM,
  RK_ADAM_PENALIZED, ///< the same with x12 x13 + x1 in the place of x1
  RK_SILU,          ///< s sigma(s) of s = a + b
  RK_SILU_SLOPE,    ///< the same, and its derivative sigma(s) + s sigma(s) (1 - sigma(s))
  /// sigma(-x), sigma(x) and their product of x0 x1 = e^x, for 0 <= x0 x1 < 2^120.
  RK_LOGISTIC_SLOPE,
  /// The same times x2, x2 and x3, for mixtures.
  RK_LOGISTIC_PART,
  RK_LOGISTIC_PART_ADD, ///< and added to x4, x5 and x6
  RK_OPCODE_COUNT
} rk_opcode;

/// One step of a block program: values are numbered inputs first, then constants, then slots.
/// Slots may be written more than once; `dst` is always a slot, and may equal an operand. A chain
/// takes several instructions one behind the other, the first with its name, the others `RK_MORE`.
typedef struct rk_instruction {
  uint16_t op, dst, a, b, c, d;
} rk_instruction;

#define RK_MAX_RANK 6
/// A program uses at most this many slots. A slot takes two kilobytes of stack; about sixteen of
/// them stay in L1 together with their inputs.
#define RK_MAX_SLOTS 40

typedef struct rk_stream {
  void *base;
  ptrdiff_t stride[RK_MAX_RANK];  ///< in elements, outermost first; 0 broadcasts
} rk_stream;

/// What becomes of an output value: stored, or combined over the axes whose stride is 0.
/// The largest of a set with a NaN is NaN. A sum of products multiplies on the way, and rounds once
/// where the level has FMA.
typedef enum rk_combine {
  RK_STORE = 0, RK_SUM = 1, RK_LARGEST = 2, RK_SUM_OF_PRODUCTS = 3
} rk_combine;

typedef struct rk_output {
  rk_stream to;
  uint16_t value;    ///< any value: slot, input or constant
  uint16_t combine;  ///< rk_combine
  uint16_t factor;   ///< the other factor of a product that is summed
} rk_output;

/// An elementwise chain over an index space, with broadcasts as zero strides and closing reductions.
typedef struct rk_loop {
  int32_t type, rank;  ///< rank 1...RK_MAX_RANK; a scalar is rank 1 of extent 1
  ptrdiff_t extent[RK_MAX_RANK];
  int32_t input_count, constant_count, instruction_count, output_count, slot_count;
  int32_t chunk_axis;  ///< no combined output has stride 0 there (unless it is not split)
  const rk_stream *inputs;
  const double *constants;
  const rk_instruction *instructions;
  const rk_output *outputs;
} rk_loop;

/// Runs the part begin..<end of `chunk_axis` (the whole axis when the loop is not split). Combined
/// outputs start from zero (or -infinity) in the region that the range covers. An output may share
/// memory with an input only when both have the same base, and the same strides everywhere.
void rk_run_loop(const rk_loop *loop, ptrdiff_t begin, ptrdiff_t end);

typedef struct rk_pair_input {
  const void *base;
  ptrdiff_t lead_stride;  ///< elements from one lead index to the next
} rk_pair_input;

typedef enum rk_pair_sum { RK_ALL = 0, RK_ROWS = 1, RK_COLUMNS = 2 } rk_pair_sum;

/// How a term of an output is computed from the values a, b and c.
typedef enum rk_pair_form {
  RK_PAIR_VALUE = 0,    ///< a
  RK_PAIR_PRODUCT = 1,  ///< a * b * c
  RK_PAIR_RAMP = 2,     ///< max(a - b, 0) + c
  RK_PAIR_SQUARE = 3    ///< max(a - b, 0)^2 * c
} rk_pair_form;

/// A value that counts where another is above a third.
typedef struct rk_pair_term {
  uint16_t form, a, b, c, above, below;
} rk_pair_term;

/// What is summed: a value, or one gated term, or two.
typedef struct rk_pair_output {
  uint16_t value;                ///< where there are no terms
  uint8_t sum;                   ///< rk_pair_sum
  uint8_t is_negated;            ///< whether the negated total is summed
  uint8_t term_count;            ///< 0, 1 or 2
  uint8_t is_second_subtracted;  ///< whether the second term is subtracted
  rk_pair_term terms[2];
} rk_pair_output;

/// Sums of scalar expressions over all (row, column) pairs, for each lead index (task) on its own.
/// Values are numbered: row inputs, column inputs, scalar inputs, constants, slots.
typedef struct rk_pair {
  int32_t type;
  int32_t row_input_count, column_input_count, scalar_input_count;
  int32_t constant_count, instruction_count, output_count, slot_count;
  ptrdiff_t rows, columns;
  const rk_pair_input *row_inputs, *column_inputs, *scalar_inputs;
  const double *constants;
  const rk_instruction *instructions;
  const rk_pair_output *outputs;
} rk_pair;

/// Sweeps rows x columns of one lead index. `results[o]` of an RK_ROWS or RK_ALL output points to
/// one element per row of the whole problem (`rows` long): element i gets the sum over the given
/// columns, for the given rows. `results[o]` of an RK_COLUMNS output points to `columns` elements:
/// element j gets the sum over the given rows, for the given columns.
void rk_run_pair(const rk_pair *pair, ptrdiff_t lead, ptrdiff_t row_begin, ptrdiff_t row_end,
                 ptrdiff_t column_begin, ptrdiff_t column_end, void *const *results);

/// Factors of exponentials of differences: for scale s, row scores f and column scores g,
/// rows[i] = exp(s (f_i - c)) and columns[j] = exp(s (c - g_j)), so that their product is
/// exp(s (f_i - g_j)) for every pair; differences are taken in double. `row_scores` and `column_scores` are
/// those of one lead index.
typedef struct rk_pair_factor {
  int32_t type;
  double scale;
  ptrdiff_t rows, columns;
  rk_pair_input row_scores, column_scores;
  void *row_factors, *column_factors;  ///< [lead, rows] and [lead, columns]
} rk_pair_factor;

/// Fills in the factors of one lead index and returns 1, or returns 0 when scores are not finite or so
/// far apart (scaled, 80; double: 650) that a product could overflow.
int rk_fill_pair_factor(const rk_pair_factor *factor, ptrdiff_t lead);

/// The smoothed rank criterion and its gradients, in one sweep. With d = s_i - t_j (scores already
/// divided by the bandwidth) and sigma the logistic function:
///
///     value_i    = sum_j [high_i > low_j] sigma(d) + [high_j > low_i] sigma(-d)
///     slope_i    = sum_j ([high_i > low_j] - [high_j > low_i]) sigma'(d)
///     slope_j    = -sum_i (the same terms)
///
/// Comparisons with NaN are false, so a missing outcome takes no part.
typedef struct rk_rank {
  int32_t type;
  ptrdiff_t rows, columns;
  rk_pair_input row_score, row_high, row_low;
  rk_pair_input column_score, column_high, column_low;
} rk_rank;

/// How the pairs of one lead index are swept.
typedef enum rk_rank_form {
  RK_RANK_FACTORED = 0,  ///< sigma(s - t) = 1/(1 + e^(c - s) e^(t - c)): exponentials per row and column
  RK_RANK_DIRECT = 1,    ///< an exponential per pair
  RK_RANK_BAND = 2,      ///< factored, over near scores alone; other pairs in order are counted
  RK_RANK_FREE = 3       ///< no form is asked for
} rk_rank_form;

/// The rows of one lead index in the order of a sweep: those that share a base c side by side. All
/// arrays are the caller's, `rows` long, `firsts` one longer.
typedef struct rk_rank_plan {
  int32_t wanted;  ///< rk_rank_form; the plan takes another one where that would be wrong
  int32_t form;    ///< rk_rank_form
  int32_t base_count;
  int32_t is_near;  ///< whether all scores are within 42 (double: 340), so that no product is large
  int32_t is_ordered;  ///< whether sweeps go by the order of the columns' keys
  int32_t *order;   ///< numbers of the rows
  void *row_factor, *row_high, *row_low;  ///< of the rows in this order
  double *bases;    ///< c of each group
  int32_t *firsts;  ///< where each group begins, and the end
  double saturated; ///< what pairs outside the sweep add to the value
  void *workspace;  ///< of `rk_rank_workspace` bytes, aligned to 64; null: no band
  void *ordering;   ///< of `rk_rank_ordering` bytes, aligned to 64, zero at first; null: no order
} rk_rank_plan;

/// Bytes that the band form needs for one lead index, 0 where there are too few pairs for it.
size_t rk_rank_workspace(rk_type type, ptrdiff_t rows, ptrdiff_t columns);

/// Bytes that the order of the columns of one lead index needs.
size_t rk_rank_ordering(rk_type type, ptrdiff_t rows, ptrdiff_t columns);

/// Fills in a plan: bases at most 56 (double: 650) from each other, so that exponentials of rows stay
/// moderate; those of columns are kept in a range beyond which sigma is 0 or 1 to the last bit. Their
/// differences from a base are taken in double. The direct form is taken for scores that are not finite,
/// and where there would be less than two rows a base.
///
/// With a workspace, the band is taken where an estimate from the scores' distribution finds it
/// cheaper: scores sorted, differences up to 18 (double: 38) swept, beyond which sigma is 0 or 1 to
/// the last bit, and the pairs in order beyond it counted. In a plan of that form columns are numbered
/// in ascending order of their scores, and cuts lie at multiples of 256.
///
/// With an ordering, a factored plan orders the columns by their keys, where each has one
/// (high = low) or none: a sweep without slopes per column then takes a prefix of them as below a row
/// and a suffix as above it, and compares only where rows of a group differ. In such a plan columns
/// are numbered in that order, and cuts lie at multiples of 64. The order is kept for the next plan.
void rk_plan_rank(const rk_rank *rank, ptrdiff_t lead, rk_rank_plan *plan);

/// Sweeps rows (positions in the plan's order) and columns of one lead index and returns the sum of
/// their values. The band form takes all rows that are near the columns. Either slope may be null. `row_slope` gets sums over the given columns, at the rows'
/// positions in the plan; `column_slope` sums over the given rows, at the columns' own numbers.
double rk_run_rank(const rk_rank *rank, ptrdiff_t lead, const rk_rank_plan *plan,
                   ptrdiff_t row_begin, ptrdiff_t row_end, ptrdiff_t column_begin,
                   ptrdiff_t column_end, void *row_slope, void *column_slope);

/// Products of more terms than this are summed in blocks: C then holds what is not complete. A panel of
/// B takes 32 kilobytes so, and stays in L1.
#define RK_GEMM_DEPTH 256

/// A factor of a product as stored, with rows `distance` elements apart; transposed if it is to be. With
/// `rows` it consists of the stored rows of these numbers, in this order, which are read where they lie.
typedef struct rk_matrix {
  const void *base;
  ptrdiff_t distance;
  int32_t is_transposed;
  const int32_t *rows;
} rk_matrix;

/// Where C closes with a loop over [lead, m, n] that stores, or sums along its columns: the number of
/// the loop's input that stands for the product, and where the first element of C lies in the loop.
typedef struct rk_closing {
  const rk_loop *loop;
  int32_t product;
  ptrdiff_t lead, row, column;
} rk_closing;

/// C = A B, or C += with `accumulate`; A is m x k, B is k x n, and the rows of C lie `ldc` apart. Each
/// element of C is summed in an order that depends on k alone, so any split of m or n into calls gives
/// the same bits.
///
/// With a closing every element goes to the loop as soon as it is complete, and not to C: the loop runs
/// over the part of its index space that C covers, all rows of it where the loop sums. C may be one of
/// the loop's outputs, unless the loop reads it, and is not touched where k is at most RK_GEMM_DEPTH
/// and nothing is accumulated.
void rk_gemm(rk_type type, ptrdiff_t m, ptrdiff_t n, ptrdiff_t k, const rk_matrix *a,
             const rk_matrix *b, void *c, ptrdiff_t ldc, int accumulate, void *scratch,
             const rk_closing *closing);
/// Bytes of 64-byte aligned scratch that `rk_gemm` needs for these sizes.
size_t rk_gemm_scratch(rk_type type, ptrdiff_t m, ptrdiff_t n, ptrdiff_t k);

/// Adds up `parts` runs of `count` elements, `stride` elements apart, part after part. Element i of the
/// sum goes to to[order[i]], or to[i] without an order, unless `to` is null. Returns the total of all
/// elements in double, in their order.
double rk_add_parts(rk_type type, ptrdiff_t parts, ptrdiff_t stride, ptrdiff_t count,
                    const void *from, const int32_t *order, void *to);

/// to[o, b, :] = from[o, indices[b], :], with `inner` elements in each run and `extent` runs in each
/// outer slice of `from`.
void rk_gather(rk_type type, ptrdiff_t outer, ptrdiff_t extent, ptrdiff_t inner,
               const int32_t *indices, ptrdiff_t count, const void *from, void *to);
/// to = 0; to[o, indices[b], :] += from[o, b, :], b ascending.
void rk_scatter_add(rk_type type, ptrdiff_t outer, ptrdiff_t extent, ptrdiff_t inner,
                    const int32_t *indices, ptrdiff_t count, const void *from, void *to);
/// to[i] = a uniform draw on [0, 1) that depends on (seed, stream, position + i) alone, the same for
/// every level: the top 24 (float) or 53 (double) bits of SplitMix64's mix of the three.
void rk_uniform(rk_type type, uint64_t seed, uint64_t stream, uint64_t position, ptrdiff_t count,
                void *to);
/// The first index whose element is not finite, or -1.
ptrdiff_t rk_first_non_finite(rk_type type, const void *from, ptrdiff_t count);

/// Tells the processor that the caller spins, so that a sibling thread gets its share.
static inline void rk_relax(void) {
#if defined(__x86_64__)
  __builtin_ia32_pause();
#elif defined(__aarch64__)
  __asm__ volatile("yield");
#endif
}

#ifdef __cplusplus
}
#endif
