// How a thread computes: its floating-point control register.
#include "include/rankine_kernels.h"

#if defined(__x86_64__)
/// Results below the normal numbers become 0, and operands below them count as 0.
static const uint64_t flushing = 0x8040;

uint64_t rk_float_mode(void) { return __builtin_ia32_stmxcsr(); }
void rk_set_float_mode(uint64_t mode) { __builtin_ia32_ldmxcsr((unsigned)mode); }
#elif defined(__aarch64__)
static const uint64_t flushing = 1 << 24;

uint64_t rk_float_mode(void) { return __builtin_arm_rsr64("fpcr"); }
void rk_set_float_mode(uint64_t mode) { __builtin_arm_wsr64("fpcr", mode); }
#else
static const uint64_t flushing = 0;

uint64_t rk_float_mode(void) { return 0; }
void rk_set_float_mode(uint64_t mode) { (void)mode; }
#endif

uint64_t rk_flushing_mode(uint64_t mode) { return mode | flushing; }
