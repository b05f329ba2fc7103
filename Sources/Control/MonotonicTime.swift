// Seconds by the monotonic clock, the only clock that the daemon measures with.

import Glibc

/// The monotonic clock: it never jumps, and stands still while the machine sleeps.
public enum MonotonicTime {
  /// Seconds since an arbitrary moment. Any thread.
  public static var now: Double {
    var time = timespec()
    clock_gettime(CLOCK_MONOTONIC, &time)
    return Double(time.tv_sec) + Double(time.tv_nsec) * 1e-9
  }
}
