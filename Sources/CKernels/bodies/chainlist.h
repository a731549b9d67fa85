/// The chains: opcode, number of operands, number of results, the operands that are as a rule the
/// same all over a block (a bit each), and the results y of the operands x. The including file says
/// by RK_CHAIN what becomes of each.

RK_CHAIN(RK_ADAM, 12, 3, 0xff0, {
  y[0] = RK_NAME(multiply_add)(x[4], x[2], x[5] * x[1]);
  y[1] = RK_NAME(multiply_add)(x[6], x[3], x[7] * (x[1] * x[1]));
  const Vector size = RK_NAME(over_root)(x[10], y[1] * x[9], x[11]);
  y[2] = RK_NAME(multiply_add)(-size, y[0] * x[8], x[0]);
})
RK_CHAIN(RK_ADAM_PENALIZED, 14, 3, 0xff0, {
  const Vector slope = RK_NAME(multiply_add)(x[12], x[13], x[1]);
  y[0] = RK_NAME(multiply_add)(x[4], x[2], x[5] * slope);
  y[1] = RK_NAME(multiply_add)(x[6], x[3], x[7] * (slope * slope));
  const Vector size = RK_NAME(over_root)(x[10], y[1] * x[9], x[11]);
  y[2] = RK_NAME(multiply_add)(-size, y[0] * x[8], x[0]);
})
RK_CHAIN(RK_LOGISTIC_SLOPE, 2, 3, 0x1, {
  y[0] = RK_NAME(logistic_of_product)(x[0], x[1]);
  y[1] = x[0] * x[1] * y[0];
  y[2] = y[0] * y[1];
})
RK_CHAIN(RK_LOGISTIC_PART, 4, 3, 0xd, {
  const Vector down = RK_NAME(logistic_of_product)(x[0], x[1]);
  const Vector up = x[0] * x[1] * down;
  y[0] = down * x[2];
  y[1] = up * x[2];
  y[2] = down * up * x[3];
})
RK_CHAIN(RK_LOGISTIC_PART_ADD, 7, 3, 0xd, {
  const Vector down = RK_NAME(logistic_of_product)(x[0], x[1]);
  const Vector up = x[0] * x[1] * down;
  y[0] = RK_NAME(multiply_add)(down, x[2], x[4]);
  y[1] = RK_NAME(multiply_add)(up, x[2], x[5]);
  y[2] = RK_NAME(multiply_add)(down * up, x[3], x[6]);
})
// Below -86 (double: -707), both stay at what they are there, less than 1e-35 in size.
RK_CHAIN(RK_SILU, 2, 1, 0, {
  const Vector sum = x[0] + x[1], lowest = RK_NAME(splat)(1 - RK_EXP_SMALLEST);
  const Vector raised = sum < lowest ? lowest : sum;
  y[0] = raised * RK_NAME(sigmoid_of_moderate)(raised);
})
RK_CHAIN(RK_SILU_SLOPE, 2, 2, 0, {
  const Vector sum = x[0] + x[1], lowest = RK_NAME(splat)(1 - RK_EXP_SMALLEST);
  const Vector raised = sum < lowest ? lowest : sum;
  const Vector sigma = RK_NAME(sigmoid_of_moderate)(raised);
  y[0] = raised * sigma;
  y[1] = RK_NAME(multiply_add)(y[0], 1 - sigma, sigma);
})
