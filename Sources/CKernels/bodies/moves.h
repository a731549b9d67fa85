/// Gathering, scattering, random draws and the search for non-finite elements.

static void RK_NAME(gather)(ptrdiff_t outer, ptrdiff_t extent, ptrdiff_t inner,
                            const int32_t *indices, ptrdiff_t count, const void *from, void *to) {
  const Real *source = from;
  Real *target = to;
  for (ptrdiff_t o = 0; o < outer; o++, source += extent * inner) {
    for (ptrdiff_t b = 0; b < count; b++, target += inner) {
      const Real *run = source + (ptrdiff_t)indices[b] * inner;
      if (inner == 1) *target = *run;
      else memcpy(target, run, (size_t)inner * sizeof(Real));
    }
  }
}

static void RK_NAME(scatter_add)(ptrdiff_t outer, ptrdiff_t extent, ptrdiff_t inner,
                                 const int32_t *indices, ptrdiff_t count, const void *from,
                                 void *to) {
  const Real *source = from;
  Real *target = to;
  RK_NAME(fill)(target, 0, outer * extent * inner);
  for (ptrdiff_t o = 0; o < outer; o++, target += extent * inner) {
    for (ptrdiff_t b = 0; b < count; b++, source += inner) {
      RK_NAME(add_rows_to)(target + (ptrdiff_t)indices[b] * inner, source, NULL, 1, inner);
    }
  }
}

/// The finalizer of SplitMix64.
RK_INLINE uint64_t RK_NAME(mix)(uint64_t z) {
  z = (z ^ (z >> 30)) * 0xbf58476d1ce4e5b9u;
  z = (z ^ (z >> 27)) * 0x94d049bb133111ebu;
  return z ^ (z >> 31);
}

static void RK_NAME(uniform)(uint64_t seed, uint64_t stream, uint64_t position, ptrdiff_t count,
                             void *to) {
  const uint64_t weyl = 0x9e3779b97f4a7c15u;
  const uint64_t base = RK_NAME(mix)(seed + weyl * (RK_NAME(mix)(stream + weyl) | 1));
  const Real unit = (Real)1 / (Real)((uint64_t)1 << RK_RANDOM_BITS);
  Real *target = to;
  for (ptrdiff_t i = 0; i < count; i++) {
    const uint64_t draw = RK_NAME(mix)(base + (position + (uint64_t)i + 1) * weyl);
    target[i] = (Real)(int64_t)(draw >> (64 - RK_RANDOM_BITS)) * unit;
  }
}

static ptrdiff_t RK_NAME(first_non_finite)(const void *from, ptrdiff_t count) {
  const Real *source = from;
  ptrdiff_t i = 0;
  // x * 0 is zero or NaN, and a sum is NaN when a term is.
  for (; i + 8 * RK_LANES <= count; i += 8 * RK_LANES) {
    Vector sum = RK_NAME(splat)(0);
    RK_UNROLLED for (int j = 0; j < 8; j++) sum += RK_NAME(load)(source + i + j * RK_LANES) * 0;
    const Real all = RK_NAME(sum_of_lanes)(sum);
    if (all != all) break;
  }
  for (; i < count; i++) {
    const Real nothing = source[i] * 0;
    if (nothing != nothing) return i;
  }
  return -1;
}
