#define _GNU_SOURCE
#include "allocation_counter.h"

#include <dlfcn.h>
#include <errno.h>
#include <stdatomic.h>
#include <stddef.h>
#include <stdlib.h>

#if defined(__has_feature)
#if __has_feature(address_sanitizer) || __has_feature(thread_sanitizer)
#define HAS_OTHER_ALLOCATOR 1
#endif
#endif

// A sanitizer brings an allocator of its own, which must see every allocation.
#if defined(__GLIBC__) && !defined(HAS_OTHER_ALLOCATOR)
// For calls that come before the next definition is known, from the search for it.
extern void *__libc_malloc(size_t);
extern void *__libc_calloc(size_t, size_t);
extern void *__libc_realloc(void *, size_t);
extern void *__libc_memalign(size_t, size_t);

static _Thread_local long own_count;
static _Thread_local int is_searching;
static atomic_bool counts_all;
static atomic_long all_count;

static void count(void) {
  own_count++;
  if (atomic_load_explicit(&counts_all, memory_order_relaxed))
    atomic_fetch_add_explicit(&all_count, 1, memory_order_relaxed);
}

// The definition that this one hides: the C library's, or that of an allocator loaded before it.
// The first call finds it; two threads that search at a time find the same.
static void *next(_Atomic(void *) *found, const char *name) {
  void *function = atomic_load_explicit(found, memory_order_acquire);
  if (function || is_searching) return function;
  is_searching = 1;
  function = dlsym(RTLD_NEXT, name);
  is_searching = 0;
  atomic_store_explicit(found, function, memory_order_release);
  return function;
}

void *malloc(size_t size) {
  static _Atomic(void *) found;
  void *(*function)(size_t) = next(&found, "malloc");
  count();
  return function ? function(size) : __libc_malloc(size);
}

void *calloc(size_t number, size_t size) {
  static _Atomic(void *) found;
  void *(*function)(size_t, size_t) = next(&found, "calloc");
  count();
  return function ? function(number, size) : __libc_calloc(number, size);
}

void *realloc(void *memory, size_t size) {
  static _Atomic(void *) found;
  void *(*function)(void *, size_t) = next(&found, "realloc");
  count();
  return function ? function(memory, size) : __libc_realloc(memory, size);
}

void *aligned_alloc(size_t alignment, size_t size) {
  static _Atomic(void *) found;
  void *(*function)(size_t, size_t) = next(&found, "aligned_alloc");
  count();
  return function ? function(alignment, size) : __libc_memalign(alignment, size);
}

int posix_memalign(void **memory, size_t alignment, size_t size) {
  static _Atomic(void *) found;
  int (*function)(void **, size_t, size_t) = next(&found, "posix_memalign");
  count();
  if (function) return function(memory, alignment, size);
  void *block = __libc_memalign(alignment, size);
  if (!block) return ENOMEM;
  *memory = block;
  return 0;
}

int allocation_counter_is_available(void) { return 1; }
long allocation_counter_count(void) { return own_count; }

void allocation_counter_start(void) {
  atomic_store(&all_count, 0);
  atomic_store(&counts_all, 1);
}

long allocation_counter_stop(void) {
  atomic_store(&counts_all, 0);
  return atomic_load(&all_count);
}
#else
int allocation_counter_is_available(void) { return 0; }
long allocation_counter_count(void) { return 0; }
void allocation_counter_start(void) {}
long allocation_counter_stop(void) { return 0; }
#endif
