// The hands' thread: sleeps until a key is pressed or a note is due.

import CKernels
import Control
import Foundation
import Glibc
import Music
import Synchronization

/// Runs `Hands` on a thread of their own, with real-time priority where that is allowed.
final class HandsThread: Sendable {
  /// What others may know of the hands.
  struct State: Sendable {
    var dialogue = DialogueSummary()
    /// The pattern of the Thesaurus that the player plays.
    var pattern: PatternScale?
    /// Times that the sequencer lost messages.
    var overruns = 0
    /// Whether the thread has real-time priority.
    var isRealtime = false
    /// Whether the system refused it.
    var isRealtimeRefused = false
    /// Share of one core that the thread used over the last seconds.
    var load = 0.0
    /// What is wrong, one sentence each.
    var warnings: [String] = []
  }

  /// Seconds over which the load is taken, and between two looks at it.
  private static let loadPeriod = 2.0
  /// Seconds between two turns at most.
  private static let longestRest = 2.0
  /// Turns without a rest after which there is one all the same.
  private static let mostHurriedTurns = 16

  /// Beats once a turn, at least every two seconds.
  let heartbeat = Heartbeat()
  private let state = Mutex(State())
  private let isStopping = Atomic<Bool>(false)
  private let worker = WorkerThread()
  private let wakePipe: WakePipe

  /// Starts the thread.
  ///
  /// - Parameters:
  ///   - wakePipe: wakes the thread; the desk's changes must.
  ///   - make: makes the hands, on their thread.
  ///   - onNews: called on the hands' thread when something changed that a person sees; must be quick.
  init(
    wakePipe: WakePipe, make: @escaping @Sendable () -> Hands, onNews: @escaping @Sendable () -> Void = {}
  ) {
    self.wakePipe = wakePipe
    worker.start("hands") { [self] in
      let isRealtime = ThreadPriority.raise()
      state.withLock {
        $0.isRealtime = isRealtime
        $0.isRealtimeRefused = !isRealtime
      }
      run(make(), onNews)
    }
  }

  /// How the hands fare. Any thread.
  var current: State { state.withLock { $0 } }

  /// Silences everything, ends the thread and waits for it; to be called once.
  func stop() {
    isStopping.store(true, ordering: .relaxed)
    wakePipe.wake()
    worker.join()
  }

  private func run(_ hands: Hands, _ onNews: () -> Void) {
    var meter = LoadMeter(period: Self.loadPeriod)
    var shown: DialogueSummary?
    var shownPattern: PatternScale?
    var hurriedTurns = 0
    var revision = -1
    while !isStopping.load(ordering: .relaxed) {
      hands.turn { MonotonicTime.now }
      heartbeat.beat()
      let dialogue = hands.report.current
      let pattern = hands.parts.ears.pattern
      let isNews =
        dialogue != shown || pattern != shownPattern || hands.parts.feed.hasNews || hands.revision != revision
      if dialogue != shown { state.withLock { $0.dialogue = dialogue } }
      (shown, shownPattern, revision) = (dialogue, pattern, hands.revision)
      if isNews { onNews() }
      let load = meter.tick()
      state.withLock {
        $0.pattern = pattern
        $0.overruns = hands.report.overruns
        $0.warnings = hands.report.warnings
        if let load { $0.load = load }
      }
      let now = MonotonicTime.now
      let deadline = min(hands.nextDeadline(after: now) ?? .infinity, now + Self.longestRest)
      // With real-time priority a thread that never rests would stop the machine.
      hurriedTurns = deadline > now ? 0 : hurriedTurns + 1
      rest(hands, until: hurriedTurns > Self.mostHurriedTurns ? now + 0.001 : deadline)
    }
    hands.end()
  }

  /// Sleeps until there is something to do, and looks at JACK's input whenever that may have come.
  private func rest(_ hands: Hands, until deadline: Double) {
    let voice = hands.parts.voice
    while true {
      let nap = voice.nap ?? .infinity
      let seconds = min(deadline - MonotonicTime.now, nap)
      if wait(hands.parts.source?.descriptor, seconds: seconds) || voice.hasInput { return }
      if MonotonicTime.now >= deadline { return }
    }
  }

  /// Sleeps until a descriptor can be read, a wake, or the end of `seconds`; returns whether it was one of the first.
  private func wait(_ descriptor: Int32?, seconds: Double) -> Bool {
    var entries = [
      pollfd(fd: wakePipe.readEnd, events: Int16(POLLIN), revents: 0),
      pollfd(fd: descriptor ?? -1, events: Int16(POLLIN), revents: 0),
    ]
    // poll counts whole milliseconds, by which no note is to come late.
    let isReady = realtime_poll(&entries, UInt32(entries.count), max(0, min(seconds, 60))) > 0
    if entries[0].revents != 0 { wakePipe.drain() }
    return isReady
  }
}
