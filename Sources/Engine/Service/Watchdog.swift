// Decides whether the service manager may be told that the daemon is well.

/// Looks at what should move. Pure: counters and times come in.
///
/// Half-way through the manager's interval it is told that all is well, but only while every thread turns and the audio
/// side gets on: cycles run or, without a server, the search for one does.
struct Watchdog {
  /// What is looked at.
  struct Signs: Sendable {
    /// The beats of the threads that must never stand still.
    var threads: [(name: String, beats: Int)]
    /// Cycles of the audio server.
    var cycles: Int
    /// Looks of the thread that supervises the audio client.
    var looks: Int
    /// Whether a server is believed to run cycles.
    var isActive: Bool
    /// Seconds that the machine has slept since it was started.
    var slept = 0.0
  }

  /// What a look came to.
  enum Verdict: Equatable {
    /// All is well, and it is not yet time to say so.
    case well
    /// All is well; the manager is to be told.
    case feed
    /// These stand still; the manager is not told.
    case hung([String])
  }

  /// What the audio side is called in a verdict.
  static let audio = "audio client"
  /// Seconds of sleep that are no mere difference of two clocks that are read one after the other.
  private static let leastSleep = 0.1

  /// Seconds after which the manager must have been told.
  let interval: Double
  private var lastFeed = -Double.infinity
  private var lastLook: Double?
  private var lastSigns: Signs?
  /// When each was last seen to move.
  private var moved: [String: Double] = [:]

  /// - Parameter interval: seconds after which the manager gives up, `WATCHDOG_USEC`.
  init(interval: Double) { self.interval = interval }

  /// Seconds for which something may stand still.
  var tolerance: Double { interval / 3 }
  /// Seconds between two looks.
  var period: Double { min(1, interval / 20) }

  /// Takes a look; to be called every `period`.
  ///
  /// - Parameter now: seconds of the monotonic clock, which stands still while the machine sleeps.
  mutating func look(_ signs: Signs, at now: Double) -> Verdict {
    defer { (lastSigns, lastLook) = (signs, now) }
    // Who was held up himself, by a sleep of the machine or by SIGSTOP, cannot tell whether others were.
    let hasSlept = signs.slept - (lastSigns?.slept ?? signs.slept) > Self.leastSleep
    let isLate = now - (lastLook ?? now) > tolerance
    if lastSigns == nil || hasSlept || isLate { moved = [:] }
    for thread in signs.threads where beats(of: thread.name) != thread.beats { moved[thread.name] = now }
    if isAudioMoving(signs) { moved[Self.audio] = now }
    let hung = (signs.threads.map(\.name) + [Self.audio]).filter { name in
      let last = moved[name, default: now]
      moved[name] = last
      return now - last > tolerance
    }
    guard hung.isEmpty else { return .hung(hung) }
    guard now - lastFeed >= interval / 2 else { return .well }
    lastFeed = now
    return .feed
  }

  private func beats(of name: String) -> Int? { lastSigns?.threads.first { $0.name == name }?.beats }

  private func isAudioMoving(_ signs: Signs) -> Bool {
    guard let lastSigns else { return true }
    return signs.cycles != lastSigns.cycles || (!signs.isActive && signs.looks != lastSigns.looks)
  }
}
