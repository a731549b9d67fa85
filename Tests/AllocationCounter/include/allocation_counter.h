/// Counts the calls of the allocator in this process, for tests that promise to make none.
#pragma once

/// Whether the platform lets the allocator be counted.
int allocation_counter_is_available(void);
/// Calls of malloc, calloc, realloc and the aligned forms by this thread so far.
long allocation_counter_count(void);
