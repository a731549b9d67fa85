// What one core of this machine can do at most, as JSON lines: multiply-adds a second in registers,
// and bytes a second read from and copied in arrays that fit in each level of the memory.
//
//     cc -O3 -march=native Tests/Peers/machine_limits.c -o machine_limits && ./machine_limits

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#if defined(__AVX512F__)
#define LANES 16
#elif defined(__AVX2__)
#define LANES 8
#else
#define LANES 4
#endif

typedef float vector __attribute__((vector_size(LANES * sizeof(float))));

static double seconds(void) {
  struct timespec time;
  clock_gettime(CLOCK_MONOTONIC, &time);
  return (double)time.tv_sec + 1e-9 * (double)time.tv_nsec;
}

static float sum_of(vector x) {
  float sum = 0;
  for (int lane = 0; lane < LANES; lane++) sum += x[lane];
  return sum;
}

// Twelve chains, so that no multiply-add waits for the one before it.
__attribute__((noinline)) static float multiply_adds(long count, float factor) {
  vector a[12], b = {0};
  b += factor;
  for (int chain = 0; chain < 12; chain++) a[chain] = b + (float)chain;
  for (long turn = 0; turn < count; turn++)
#pragma GCC unroll 12
    for (int chain = 0; chain < 12; chain++) a[chain] = a[chain] * b + b;
  for (int chain = 1; chain < 12; chain++) a[0] += a[chain];
  return sum_of(a[0]);
}

__attribute__((noinline)) static float read_all(const float *memory, long count) {
  vector a[8] = {0};
  for (long i = 0; i + 8 * LANES <= count; i += 8 * LANES)
#pragma GCC unroll 8
    for (int part = 0; part < 8; part++) a[part] += *(const vector *)(memory + i + part * LANES);
  for (int part = 1; part < 8; part++) a[0] += a[part];
  return sum_of(a[0]);
}

int main(void) {
  volatile float sink = 0;
  double fastest = 1e9;
  const long turns = 100000;
  for (int round = 0; round < 500; round++) {
    double start = seconds();
    sink += multiply_adds(turns, 0.5f);
    double time = seconds() - start;
    if (time < fastest) fastest = time;
  }
  printf("{\"what\": \"multiply-add\", \"lanes\": %d, \"gflops\": %.1f}\n", LANES,
         2.0 * 12 * LANES * (double)turns / fastest * 1e-9);

  const long sizes[] = {16 << 10, 256 << 10, 2 << 20, 8 << 20, 128 << 20};
  for (int level = 0; level < 5; level++) {
    long bytes = sizes[level], count = bytes / (long)sizeof(float);
    float *from = aligned_alloc(64, (size_t)bytes), *to = aligned_alloc(64, (size_t)bytes);
    if (!from || !to) return 1;
    memset(from, 0, (size_t)bytes);
    memset(to, 0, (size_t)bytes);
    // Short rounds, of which the fastest is undisturbed by other work; at least one pass.
    long repeats = bytes < (8 << 20) ? (8 << 20) / bytes : 1;
    double reading = 1e9, copying = 1e9;
    for (int round = 0; round < (bytes > (8 << 20) ? 40 : 300); round++) {
      double start = seconds();
      for (long i = 0; i < repeats; i++) sink += read_all(from, count);
      double time = seconds() - start;
      if (time < reading) reading = time;
      start = seconds();
      for (long i = 0; i < repeats; i++) {
        memcpy(to, from, (size_t)bytes);
        __asm__ volatile("" : : "r"(to) : "memory");
      }
      time = seconds() - start;
      if (time < copying) copying = time;
    }
    double moved = (double)bytes * (double)repeats * 1e-9;
    printf("{\"what\": \"memory\", \"array_kb\": %ld, \"read_gb_s\": %.1f, \"copy_gb_s\": %.1f}\n",
           bytes >> 10, moved / reading, 2 * moved / copying);
    free(from);
    free(to);
  }
  return 0;
}
