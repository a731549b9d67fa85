/// Counts the calls of the allocator in this process: for tests that promise to make none, and for
/// the benchmark command.
///
/// Linking this target puts definitions of malloc and its kin in front of those that the process
/// would use otherwise; each passes its call on to them.
#pragma once

/// Whether the platform lets the allocator be counted.
int allocation_counter_is_available(void);
/// Calls of malloc, calloc, realloc and the aligned forms by this thread so far.
long allocation_counter_count(void);
/// Starts to count the calls of all threads, from zero.
void allocation_counter_start(void);
/// Stops to count the calls of all threads.
///
/// Returns the calls since `allocation_counter_start`.
long allocation_counter_stop(void);
