// Marks code as the audio thread's work, for the sanitizer.
internal import CKernels

/// Runs `body` as if on the audio thread: RealtimeSanitizer, where it is linked, ends the process at the first
/// allocation, lock or system call inside.
public func withRealtimeRules<Result>(_ body: () -> Result) -> Result {
  realtime_prepare()
  realtime_enter()
  defer { realtime_exit() }
  return body()
}

/// True in a build that is linked with RealtimeSanitizer.
public var isRealtimeChecked: Bool { realtime_checked() != 0 }
