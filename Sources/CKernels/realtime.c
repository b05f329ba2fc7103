// Hooks for the audio thread: RealtimeSanitizer's region marks, flush-to-zero, and a clock.
#define _GNU_SOURCE // for ppoll
#include "realtime.h"

#include <poll.h>
#include <stdlib.h>
#include <time.h>
#if defined(__SSE2__)
#include <xmmintrin.h>
#endif

// Weak: present only in a binary linked with -fsanitize=realtime.
__attribute__((weak)) void __rtsan_ensure_initialized(void);
__attribute__((weak)) void __rtsan_realtime_enter(void);
__attribute__((weak)) void __rtsan_realtime_exit(void);

int realtime_checked(void) { return __rtsan_realtime_enter != 0; }

void realtime_prepare(void) {
  if (__rtsan_ensure_initialized) __rtsan_ensure_initialized();
}

void realtime_enter(void) {
  if (__rtsan_realtime_enter) __rtsan_realtime_enter();
}

void realtime_exit(void) {
  if (__rtsan_realtime_exit) __rtsan_realtime_exit();
}

void realtime_flush_denormals(void) {
#if defined(__SSE2__)
  const unsigned flushToZeroAndDenormalsAreZero = 0x8040;
  _mm_setcsr(_mm_getcsr() | flushToZeroAndDenormalsAreZero);
#elif defined(__aarch64__)
  uint64_t control;
  __asm__ volatile("mrs %0, fpcr" : "=r"(control));
  __asm__ volatile("msr fpcr, %0" : : "r"(control | (1u << 24)));
#endif
}

uint64_t realtime_nanoseconds(void) {
  struct timespec now;
  clock_gettime(CLOCK_MONOTONIC, &now);
  return (uint64_t)now.tv_sec * 1000000000u + (uint64_t)now.tv_nsec;
}

void realtime_break_promise(void) {
  void *volatile block = malloc(64);
  free(block);
}

int realtime_poll(struct pollfd *entries, unsigned count, double seconds) {
  struct timespec time;
  time.tv_sec = (time_t)seconds;
  time.tv_nsec = (long)((seconds - (double)time.tv_sec) * 1e9);
  return ppoll(entries, count, &time, NULL);
}
