/// The scalar functions of block programs, one loop over vectors for each opcode.

#define Step RK_NAME(Step)

#if !defined(RK_STEP_OPERANDS)
/// The most operands and results of a step.
#define RK_STEP_OPERANDS 14
#define RK_STEP_RESULTS 3
#endif

/// One decoded instruction: cells of the program to read and write. A cell whose value is the same
/// all over the block is one vector long, and its stride is 0. Of a block of several rows the row
/// strides say how far apart these lie.
typedef struct Step {
  void (*run)(const struct Step *step, Real *const *cells, ptrdiff_t rows, ptrdiff_t vectors);
  int operands, results;
  int to[RK_STEP_RESULTS];
  int from[RK_STEP_OPERANDS];
  int stride[RK_STEP_OPERANDS];
  ptrdiff_t to_row[RK_STEP_RESULTS], from_row[RK_STEP_OPERANDS];
} Step;

#define RK_CASES_OF_1(run)                                            \
  if (a) run(step, cells, rows, vectors, 1, 0, 0);                    \
  else run(step, cells, rows, vectors, 0, 0, 0);                      \
  (void)b, (void)c;
#define RK_CASES_OF_2(run)                                            \
  switch (a + 2 * b) {                                                \
    case 0: run(step, cells, rows, vectors, 0, 0, 0); break;          \
    case 1: run(step, cells, rows, vectors, 1, 0, 0); break;          \
    case 2: run(step, cells, rows, vectors, 0, 1, 0); break;          \
    default: run(step, cells, rows, vectors, 1, 1, 0); break;         \
  }                                                                   \
  (void)c;
#define RK_CASES_OF_3(run)                                            \
  switch (a + 2 * b + 4 * c) {                                        \
    case 0: run(step, cells, rows, vectors, 0, 0, 0); break;          \
    case 1: run(step, cells, rows, vectors, 1, 0, 0); break;          \
    case 2: run(step, cells, rows, vectors, 0, 1, 0); break;          \
    case 3: run(step, cells, rows, vectors, 1, 1, 0); break;          \
    case 4: run(step, cells, rows, vectors, 0, 0, 1); break;          \
    case 5: run(step, cells, rows, vectors, 1, 0, 1); break;          \
    case 6: run(step, cells, rows, vectors, 0, 1, 1); break;          \
    default: run(step, cells, rows, vectors, 1, 1, 1); break;         \
  }
#define RK_CASES_OF_4(run) RK_CASES_OF_3(run)

/// A loop for each way in which the first three operands may be the same all over the block: those
/// are loaded once.
#define RK_OPERATION(opcode, operands, expression)                                             \
  RK_INLINE void RK_NAME(over_##opcode)(const Step *step, Real *const *cells, ptrdiff_t rows,  \
                                        ptrdiff_t vectors, int a_varies, int b_varies,         \
                                        int c_varies) {                                        \
    const Real *from_a = cells[step->from[0]], *from_b = cells[step->from[1]];                 \
    const Real *from_c = cells[step->from[2]], *from_d = cells[step->from[3]];                 \
    const Vector first_a = RK_NAME(load)(from_a), first_b = RK_NAME(load)(from_b);             \
    const Vector first_c = RK_NAME(load)(from_c);                                              \
    const ptrdiff_t d_step = step->stride[3];                                                  \
    Real *to = cells[step->to[0]];                                                             \
    for (ptrdiff_t row = 0; row < rows; row++) {                                               \
      _Pragma("clang loop unroll_count(2)") for (ptrdiff_t i = 0; i < vectors; i++) {          \
        const Vector a = a_varies ? RK_NAME(load)(from_a + i * RK_LANES) : first_a;            \
        const Vector b __attribute__((unused)) =                                               \
            b_varies ? RK_NAME(load)(from_b + i * RK_LANES) : first_b;                         \
        const Vector c __attribute__((unused)) =                                               \
            c_varies ? RK_NAME(load)(from_c + i * RK_LANES) : first_c;                         \
        const Vector d __attribute__((unused)) = RK_NAME(load)(from_d + i * d_step);           \
        RK_NAME(store)(to + i * RK_LANES, expression);                                         \
      }                                                                                        \
      from_a += step->from_row[0], from_b += step->from_row[1], from_c += step->from_row[2];   \
      from_d += step->from_row[3], to += step->to_row[0];                                      \
    }                                                                                          \
  }                                                                                            \
  static void RK_NAME(run_##opcode)(const Step *step, Real *const *cells, ptrdiff_t rows,      \
                                    ptrdiff_t vectors) {                                       \
    const int a = step->stride[0] != 0, b = step->stride[1] != 0, c = step->stride[2] != 0;   \
    RK_CASES_OF_##operands(RK_NAME(over_##opcode))                                             \
  }

#include "operationlist.h"
#undef RK_OPERATION
#undef RK_CASES_OF_1
#undef RK_CASES_OF_2
#undef RK_CASES_OF_3
#undef RK_CASES_OF_4
