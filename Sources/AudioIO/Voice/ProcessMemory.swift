// How the allocator treats the memory of a daemon that loads and drops SoundFonts for weeks.

internal import CJACK

/// Settings of the C library's allocator, for the whole process.
public enum ProcessMemory {
  /// One arena for all threads. With an arena a thread, what each SoundFont leaves behind lies scattered, and the
  /// process holds 45 to 65 MB where 38 suffice. The audio threads allocate nothing, so none waits for another.
  ///
  /// To be called first, before the process has a second thread.
  public static func useOneArena() { mallopt(M_ARENA_MAX, 1) }

  /// Hands freed memory back to the system. Any thread but the audio threads.
  static func giveBack() { malloc_trim(0) }
}
