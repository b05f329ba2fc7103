// Hooks for the audio thread: RealtimeSanitizer's region marks, flush-to-zero, and a clock.
#pragma once
#include <stdint.h>
#ifdef __cplusplus
extern "C" {
#endif

/// Tells Swift's performance checker that a C function takes no lock and allocates nothing.
#define REALTIME_SAFE __attribute__((swift_attr("@_noLocks")))

/// Begins a region in which RealtimeSanitizer forbids allocation, locks and system calls. Does nothing in other builds.
void realtime_enter(void) REALTIME_SAFE;
/// Ends the region of the last `realtime_enter`.
void realtime_exit(void) REALTIME_SAFE;
/// Loads the checker. To be called once before the first `realtime_enter`, outside the audio thread's cycle.
void realtime_prepare(void);
/// 1 in a build with -fsanitize=realtime, else 0.
int realtime_checked(void);

/// Makes the calling thread treat denormal numbers as zero: a decaying tail must not cost a hundred times more than sound.
void realtime_flush_denormals(void) REALTIME_SAFE;
/// Monotonic time in nanoseconds, from user space (vDSO) on Linux.
uint64_t realtime_nanoseconds(void) REALTIME_SAFE;

/// As poll(2), but to the nanosecond; 0 or more seconds. Sleeps, so not for the audio thread.
struct pollfd;
int realtime_poll(struct pollfd *entries, unsigned count, double seconds);

/// Allocates and frees, and lies about it with `REALTIME_SAFE`: what the sanitizer must find where the compiler cannot.
void realtime_break_promise(void) REALTIME_SAFE;

#ifdef __cplusplus
}
#endif
