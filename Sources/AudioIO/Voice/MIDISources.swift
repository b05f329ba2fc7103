// Watches the sources of the MIDI input, for a keyboard that vanishes sends no note-offs.
internal import Synchronization

/// Counts the times at which messages may have been lost: a source or a server went away.
final class MIDISources: Sendable {
  private let wired = Mutex<Set<String>>([])
  private let losses = Atomic<Int>(0)
  private let told = Atomic<Int>(0)

  /// A session begins: what the one before had held is lost.
  func begin() {
    let hadSources = wired.withLock { wired in
      defer { wired = [] }
      return !wired.isEmpty
    }
    if hadSources { losses.add(1, ordering: .releasing) }
  }

  /// Supervising thread.
  func look(_ supervisor: Supervisor) {
    let now = Set(supervisor.wiring[.midiIn] ?? [])
    let isLost = wired.withLock { wired in
      defer { wired = now }
      return !wired.isSubset(of: now)
    }
    if isLost { losses.add(1, ordering: .releasing) }
  }

  /// True once after something was lost. Hands thread.
  /// - Parameter dropped: messages that were lost because they were not read in time.
  func takeLoss(dropped: Int) -> Bool {
    let now = losses.load(ordering: .acquiring) &+ dropped
    return told.exchange(now, ordering: .relaxed) != now
  }
}
