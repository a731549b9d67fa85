/// The scalar functions of block programs, one loop over vectors for each opcode.

#define Step RK_NAME(Step)

/// One decoded instruction: cells of the program to read and write. A cell whose value is the same
/// all over the block is one vector long, and its stride is 0.
typedef struct Step {
  void (*run)(const struct Step *step, Real *const *cells, ptrdiff_t vectors);
  int to;
  int from[4];
  int stride[4];
} Step;

#define RK_OPERATION(opcode, operands, expression)                                             \
  static void RK_NAME(run_##opcode)(const Step *step, Real *const *cells, ptrdiff_t vectors) { \
    const Real *from_a = cells[step->from[0]], *from_b = cells[step->from[1]];                 \
    const Real *from_c = cells[step->from[2]], *from_d = cells[step->from[3]];                 \
    const ptrdiff_t a_step = step->stride[0], b_step = step->stride[1];                        \
    const ptrdiff_t c_step = step->stride[2], d_step = step->stride[3];                        \
    Real *to = cells[step->to];                                                                \
    _Pragma("clang loop unroll(disable)") for (ptrdiff_t i = 0; i < vectors; i++) {            \
      const Vector a = RK_NAME(load)(from_a);                                                  \
      const Vector b __attribute__((unused)) = RK_NAME(load)(from_b);                          \
      const Vector c __attribute__((unused)) = RK_NAME(load)(from_c);                          \
      const Vector d __attribute__((unused)) = RK_NAME(load)(from_d);                          \
      RK_NAME(store)(to, expression);                                                          \
      from_a += a_step, from_b += b_step, from_c += c_step, from_d += d_step, to += RK_LANES;  \
    }                                                                                          \
  }
#include "operationlist.h"
#undef RK_OPERATION

typedef struct RK_NAME(Operation) {
  void (*run)(const Step *step, Real *const *cells, ptrdiff_t vectors);
  int operands;
} RK_NAME(Operation);

#define RK_OPERATION(opcode, operands, expression) [opcode] = {RK_NAME(run_##opcode), operands},
static const RK_NAME(Operation) RK_NAME(operations)[RK_OPCODE_COUNT] = {
#include "operationlist.h"
};
#undef RK_OPERATION
