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

/// A loop for each way in which the first three operands may be the same all over the block: those
/// are loaded once.
#define RK_OPERATION(name, operands, expression)                                               \
  RK_INLINE void RK_NAME(name##_over)(const Step *step, Real *const *cells, ptrdiff_t vectors, \
                                      int a_varies, int b_varies, int c_varies) {              \
    const Real *from_a = cells[step->from[0]], *from_b = cells[step->from[1]];                 \
    const Real *from_c = cells[step->from[2]], *from_d = cells[step->from[3]];                 \
    const Vector first_a = RK_NAME(load)(from_a), first_b = RK_NAME(load)(from_b);             \
    const Vector first_c = RK_NAME(load)(from_c);                                              \
    const ptrdiff_t d_step = step->stride[3];                                                  \
    Real *to = cells[step->to];                                                                \
    _Pragma("clang loop unroll_count(2)") for (ptrdiff_t i = 0; i < vectors; i++) {            \
      const Vector a = a_varies ? RK_NAME(load)(from_a + i * RK_LANES) : first_a;              \
      const Vector b __attribute__((unused)) =                                                 \
          b_varies ? RK_NAME(load)(from_b + i * RK_LANES) : first_b;                           \
      const Vector c __attribute__((unused)) =                                                 \
          c_varies ? RK_NAME(load)(from_c + i * RK_LANES) : first_c;                           \
      const Vector d __attribute__((unused)) = RK_NAME(load)(from_d + i * d_step);             \
      RK_NAME(store)(to + i * RK_LANES, expression);                                           \
    }                                                                                          \
  }                                                                                            \
  static void RK_NAME(name)(const Step *step, Real *const *cells, ptrdiff_t vectors) {         \
    const int a = step->stride[0] != 0, b = step->stride[1] != 0, c = step->stride[2] != 0;   \
    RK_CASES_OF_##operands(RK_NAME(name##_over))                                               \
  }

#define RK_CASES_OF_1(run) \
  if (a) run(step, cells, vectors, 1, 0, 0); else run(step, cells, vectors, 0, 0, 0); \
  (void)b, (void)c;
#define RK_CASES_OF_2(run)                                   \
  switch (a + 2 * b) {                                       \
    case 0: run(step, cells, vectors, 0, 0, 0); break;       \
    case 1: run(step, cells, vectors, 1, 0, 0); break;       \
    case 2: run(step, cells, vectors, 0, 1, 0); break;       \
    default: run(step, cells, vectors, 1, 1, 0); break;      \
  }                                                          \
  (void)c;
#define RK_CASES_OF_3(run)                                   \
  switch (a + 2 * b + 4 * c) {                               \
    case 0: run(step, cells, vectors, 0, 0, 0); break;       \
    case 1: run(step, cells, vectors, 1, 0, 0); break;       \
    case 2: run(step, cells, vectors, 0, 1, 0); break;       \
    case 3: run(step, cells, vectors, 1, 1, 0); break;       \
    case 4: run(step, cells, vectors, 0, 0, 1); break;       \
    case 5: run(step, cells, vectors, 1, 0, 1); break;       \
    case 6: run(step, cells, vectors, 0, 1, 1); break;       \
    default: run(step, cells, vectors, 1, 1, 1); break;      \
  }

RK_OPERATION(operation_add, 2, a + b)
RK_OPERATION(operation_subtract, 2, a - b)
RK_OPERATION(operation_multiply, 2, a * b)
RK_OPERATION(operation_divide, 2, a / b)
RK_OPERATION(operation_maximum, 2, RK_NAME(larger)(a, b))
RK_OPERATION(operation_minimum, 2, RK_NAME(smaller)(a, b))
RK_OPERATION(operation_greater, 2, a > b ? RK_NAME(splat)(1) : RK_NAME(splat)(0))
RK_OPERATION(operation_equal, 2, a == b ? RK_NAME(splat)(1) : RK_NAME(splat)(0))
RK_OPERATION(operation_select, 3, a != 0 ? b : c)
RK_OPERATION(operation_negate, 1, -a)
RK_OPERATION(operation_exp, 1, RK_NAME(exp)(a))
RK_OPERATION(operation_log, 1, RK_NAME(log)(a))
RK_OPERATION(operation_sqrt, 1, __builtin_elementwise_sqrt(a))
RK_OPERATION(operation_sigmoid, 1, RK_NAME(sigmoid)(a))
RK_OPERATION(operation_tanh, 1, RK_NAME(tanh)(a))
RK_OPERATION(operation_softplus, 1, RK_NAME(softplus)(a))
RK_OPERATION(operation_abs, 1, RK_NAME(absolute)(a))
RK_OPERATION(operation_sign, 1, RK_NAME(sign)(a))
RK_OPERATION(operation_multiply_add, 3, RK_NAME(multiply_add)(a, b, c))
RK_OPERATION(operation_gate, 3, a > b ? c : RK_NAME(splat)(0))
RK_OPERATION(operation_gate_add, 3, a > b ? d + c : d)
RK_OPERATION(operation_gate_subtract, 3, a > b ? d - c : d)
RK_OPERATION(operation_log_one_plus, 1, RK_NAME(short_log_one_plus)(a))
RK_OPERATION(operation_logistic_of_power, 1, RK_NAME(splat)(1) / (a + 1))
RK_OPERATION(operation_ramp_add, 3, (a > b ? a - b : RK_NAME(splat)(0)) + c)
RK_OPERATION(operation_multiply_subtract, 3, RK_NAME(multiply_add)(a, b, -c))
RK_OPERATION(operation_subtract_product, 3, RK_NAME(multiply_add)(-a, b, c))
RK_OPERATION(operation_add_products, 3, RK_NAME(multiply_add)(a, b, c * d))
RK_OPERATION(operation_multiply_twice, 3, a * b * c)
RK_OPERATION(operation_add_multiply, 3, (a + b) * c)
RK_OPERATION(operation_subtract_multiply, 3, (a - b) * c)
RK_OPERATION(operation_divide_by_sum, 3, c / (a + b))
RK_OPERATION(operation_sqrt_product, 2, __builtin_elementwise_sqrt(a * b))

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
    [RK_GATE] = {RK_NAME(operation_gate), 3},
    [RK_GATE_ADD] = {RK_NAME(operation_gate_add), 4},
    [RK_GATE_SUBTRACT] = {RK_NAME(operation_gate_subtract), 4},
    [RK_LOG_ONE_PLUS] = {RK_NAME(operation_log_one_plus), 1},
    [RK_LOGISTIC_OF_POWER] = {RK_NAME(operation_logistic_of_power), 1},
    [RK_RAMP_ADD] = {RK_NAME(operation_ramp_add), 3},
};
