/// The scalar functions of block programs, one loop over vectors for each opcode.

#define Step RK_NAME(Step)

/// One decoded instruction: cells of the program to read and write. A cell whose value is the same
/// all over the block is one vector long, and its step is 0.
typedef struct Step {
  void (*run)(const struct Step *step, Real *const *cells, ptrdiff_t vectors);
  int to;
  int from[4];
  int stride[4];
} Step;

#define RK_OPERATION(name, expression)                                                         \
  static void RK_NAME(name)(const Step *step, Real *const *cells, ptrdiff_t vectors) {         \
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

RK_OPERATION(operation_add, a + b)
RK_OPERATION(operation_subtract, a - b)
RK_OPERATION(operation_multiply, a * b)
RK_OPERATION(operation_divide, a / b)
RK_OPERATION(operation_maximum, RK_NAME(larger)(a, b))
RK_OPERATION(operation_minimum, RK_NAME(smaller)(a, b))
RK_OPERATION(operation_greater, a > b ? RK_NAME(splat)(1) : RK_NAME(splat)(0))
RK_OPERATION(operation_equal, a == b ? RK_NAME(splat)(1) : RK_NAME(splat)(0))
RK_OPERATION(operation_select, a != 0 ? b : c)
RK_OPERATION(operation_negate, -a)
RK_OPERATION(operation_exp, RK_NAME(exp)(a))
RK_OPERATION(operation_log, RK_NAME(log)(a))
RK_OPERATION(operation_sqrt, __builtin_elementwise_sqrt(a))
RK_OPERATION(operation_sigmoid, RK_NAME(sigmoid)(a))
RK_OPERATION(operation_tanh, RK_NAME(tanh)(a))
RK_OPERATION(operation_softplus, RK_NAME(softplus)(a))
RK_OPERATION(operation_abs, RK_NAME(absolute)(a))
RK_OPERATION(operation_sign, RK_NAME(sign)(a))
RK_OPERATION(operation_multiply_add, RK_NAME(multiply_add)(a, b, c))
RK_OPERATION(operation_multiply_subtract, RK_NAME(multiply_add)(a, b, -c))
RK_OPERATION(operation_subtract_product, RK_NAME(multiply_add)(-a, b, c))
RK_OPERATION(operation_add_products, RK_NAME(multiply_add)(a, b, c * d))
RK_OPERATION(operation_multiply_twice, a * b * c)
RK_OPERATION(operation_add_multiply, (a + b) * c)
RK_OPERATION(operation_subtract_multiply, (a - b) * c)
RK_OPERATION(operation_divide_by_sum, c / (a + b))
RK_OPERATION(operation_sqrt_product, __builtin_elementwise_sqrt(a * b))

typedef struct RK_NAME(Operation) {
  void (*run)(const Step *step, Real *const *cells, ptrdiff_t vectors);
  int operands;
} RK_NAME(Operation);

static const RK_NAME(Operation) RK_NAME(operations)[RK_OPCODE_COUNT] = {
    [RK_ADD] = {RK_NAME(operation_add), 2},
    [RK_SUBTRACT] = {RK_NAME(operation_subtract), 2},
    [RK_MULTIPLY] = {RK_NAME(operation_multiply), 2},
    [RK_DIVIDE] = {RK_NAME(operation_divide), 2},
    [RK_MAXIMUM] = {RK_NAME(operation_maximum), 2},
    [RK_MINIMUM] = {RK_NAME(operation_minimum), 2},
    [RK_GREATER] = {RK_NAME(operation_greater), 2},
    [RK_EQUAL] = {RK_NAME(operation_equal), 2},
    [RK_SELECT] = {RK_NAME(operation_select), 3},
    [RK_NEGATE] = {RK_NAME(operation_negate), 1},
    [RK_EXP] = {RK_NAME(operation_exp), 1},
    [RK_LOG] = {RK_NAME(operation_log), 1},
    [RK_SQRT] = {RK_NAME(operation_sqrt), 1},
    [RK_SIGMOID] = {RK_NAME(operation_sigmoid), 1},
    [RK_TANH] = {RK_NAME(operation_tanh), 1},
    [RK_SOFTPLUS] = {RK_NAME(operation_softplus), 1},
    [RK_ABS] = {RK_NAME(operation_abs), 1},
    [RK_SIGN] = {RK_NAME(operation_sign), 1},
    [RK_MULTIPLY_ADD] = {RK_NAME(operation_multiply_add), 3},
    [RK_MULTIPLY_SUBTRACT] = {RK_NAME(operation_multiply_subtract), 3},
    [RK_SUBTRACT_PRODUCT] = {RK_NAME(operation_subtract_product), 3},
    [RK_ADD_PRODUCTS] = {RK_NAME(operation_add_products), 4},
    [RK_MULTIPLY_TWICE] = {RK_NAME(operation_multiply_twice), 3},
    [RK_ADD_MULTIPLY] = {RK_NAME(operation_add_multiply), 3},
    [RK_SUBTRACT_MULTIPLY] = {RK_NAME(operation_subtract_multiply), 3},
    [RK_DIVIDE_BY_SUM] = {RK_NAME(operation_divide_by_sum), 3},
    [RK_SQRT_PRODUCT] = {RK_NAME(operation_sqrt_product), 2},
};
