/// Chains of operations as one step: what is between operands and results stays in registers.

/// Whether the operands that are as a rule the same all over a block are, and no others.
RK_INLINE int RK_NAME(is_regular)(const Step *step, int operands, unsigned uniform) {
  int is_regular = 1;
  for (int i = 0; i < operands; i++) is_regular &= (step->stride[i] == 0) == (uniform >> i & 1);
  return is_regular;
}

/// A loop for the regular case, which loads the same operands once, and one for all others.
#define RK_CHAIN(opcode, operands, results, uniform, ...)                                      \
  RK_INLINE void RK_NAME(over_##opcode)(const Step *step, Real *const *cells, ptrdiff_t rows,  \
                                        ptrdiff_t vectors, int is_regular) {                   \
    const Real *from[operands];                                                                \
    Real *to[results];                                                                         \
    Vector first[operands];                                                                    \
    RK_UNROLLED for (int k = 0; k < operands; k++) {                                           \
      from[k] = cells[step->from[k]], first[k] = RK_NAME(load)(from[k]);                       \
    }                                                                                          \
    RK_UNROLLED for (int k = 0; k < results; k++) to[k] = cells[step->to[k]];                  \
    for (ptrdiff_t row = 0; row < rows; row++) {                                               \
      for (ptrdiff_t i = 0; i < vectors; i++) {                                                \
        Vector x[operands], y[results];                                                        \
        RK_UNROLLED for (int k = 0; k < operands; k++) {                                       \
          if (is_regular && (uniform >> k & 1)) x[k] = first[k];                               \
          else x[k] = RK_NAME(load)(from[k] + i * (is_regular ? RK_LANES : step->stride[k]));  \
        }                                                                                      \
        __VA_ARGS__                                                                            \
        RK_UNROLLED for (int k = 0; k < results; k++) {                                        \
          RK_NAME(store)(to[k] + i * RK_LANES, y[k]);                                          \
        }                                                                                      \
      }                                                                                        \
      RK_UNROLLED for (int k = 0; k < operands; k++) {                                         \
        if (!is_regular || !(uniform >> k & 1)) from[k] += step->from_row[k];                  \
      }                                                                                        \
      RK_UNROLLED for (int k = 0; k < results; k++) to[k] += step->to_row[k];                  \
    }                                                                                          \
  }                                                                                            \
  static void RK_NAME(run_##opcode)(const Step *step, Real *const *cells, ptrdiff_t rows,      \
                                    ptrdiff_t vectors) {                                       \
    if (RK_NAME(is_regular)(step, operands, uniform)) {                                        \
      RK_NAME(over_##opcode)(step, cells, rows, vectors, 1);                                   \
    } else {                                                                                   \
      RK_NAME(over_##opcode)(step, cells, rows, vectors, 0);                                   \
    }                                                                                          \
  }

#include "chainlist.h"
#undef RK_CHAIN

/// What is known of an opcode; a chain takes an instruction for each four operands or each result.
typedef struct RK_NAME(Operation) {
  void (*run)(const Step *step, Real *const *cells, ptrdiff_t rows, ptrdiff_t vectors);
  int operands, results;
} RK_NAME(Operation);

#define RK_OPERATION(opcode, operands, expression)                                             \
  [opcode] = {RK_NAME(run_##opcode), operands, 1},
#define RK_CHAIN(opcode, operands, results, uniform, ...)                                      \
  [opcode] = {RK_NAME(run_##opcode), operands, results},
static const RK_NAME(Operation) RK_NAME(operations)[RK_OPCODE_COUNT] = {
#include "operationlist.h"
#include "chainlist.h"
};
#undef RK_OPERATION
#undef RK_CHAIN
