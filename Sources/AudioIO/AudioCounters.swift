// Counters summed over the lives of the client.
internal import Realtime
internal import Synchronization

/// What a session counted, and the sum of such.
struct AudioCounters: Equatable, Sendable {
  var xruns = 0
  var drops = 0
  var gaps = 0
  var oversize = 0
  var cycles = 0
  var busyNanoseconds = 0
  var worstNanoseconds = 0
  var durations = DurationCounts()
  var voice = VoiceTotals()

  static func + (a: AudioCounters, b: AudioCounters) -> AudioCounters {
    var sum = a
    sum.xruns += b.xruns
    sum.drops += b.drops
    sum.gaps += b.gaps
    sum.oversize += b.oversize
    sum.cycles += b.cycles
    sum.busyNanoseconds += b.busyNanoseconds
    sum.worstNanoseconds = max(a.worstNanoseconds, b.worstNanoseconds)
    sum.durations = a.durations + b.durations
    sum.voice = a.voice + b.voice
    return sum
  }

  /// Mean duration of a callback in microseconds.
  var meanMicroseconds: Double { cycles > 0 ? Double(busyNanoseconds) / Double(cycles) / 1000 : 0 }
  /// Median duration of a callback in microseconds.
  var medianMicroseconds: Double { (durations.medianNanoseconds ?? 0) / 1000 }
  /// Longest callback in microseconds.
  var worstMicroseconds: Double { Double(worstNanoseconds) / 1000 }
}

extension ProcessContext {
  /// The counters now. Any thread.
  var counters: AudioCounters {
    AudioCounters(
      xruns: xruns.load(ordering: .relaxed), drops: ring.droppedFrames, gaps: ring.gapCount,
      oversize: oversize.load(ordering: .relaxed), cycles: cycles.load(ordering: .relaxed),
      busyNanoseconds: busyNanoseconds.load(ordering: .relaxed),
      worstNanoseconds: worstNanoseconds.load(ordering: .relaxed), durations: durations.counts, voice: voiceTotals)
  }
}
