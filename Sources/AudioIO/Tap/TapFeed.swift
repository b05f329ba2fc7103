// Joins the taps of successive sessions into one stream for the thread that keeps the sound.
internal import Synchronization

/// Gives each session a tap while sound is wanted. Any thread may open and close; one thread reads.
final class TapFeed: Sendable {
  private struct Entry: Sendable {
    let tap: AudioTap
    let life: Int
  }

  private struct State: Sendable {
    var isOpen = false
    var lives = 0
    var context: ProcessContext?
    var entries: [Entry] = []  // oldest first; the last may be the present session's
    var hasCurrent = false  // the last entry is the present session's
    var dropped = 0  // by taps that are no more in `entries`
  }

  /// Sessions whose sound may wait at once.
  private static let depth = 3

  private let state = Mutex(State())

  /// Announces a session, before its first cycle.
  func begin(_ context: ProcessContext) {
    state.withLock { state in
      state.lives += 1
      state.context = context
      state.hasCurrent = false
      // Nobody reads while it is closed: the memory goes back now.
      if state.isOpen { Self.attach(&state) } else { while !state.entries.isEmpty { Self.removeFirst(&state) } }
    }
  }

  /// Begins or ends to take the sound. The memory is taken at the first begin of a session and kept until its end.
  func set(isOpen: Bool) {
    state.withLock { state in
      state.isOpen = isOpen
      if isOpen { Self.attach(&state) } else if state.hasCurrent {
        state.entries.last?.tap.isOpen.store(false, ordering: .relaxed)
      }
    }
  }

  /// Takes the oldest cycle, or nil.
  func read(_ target: UnsafeMutablePointer<Float>) -> TapBlock? {
    state.withLock { state in
      while let entry = state.entries.first {
        if var block = entry.tap.pop(target) {
          block.life = entry.life
          return block
        }
        let isPresent = state.hasCurrent && state.entries.count == 1
        if isPresent { return nil }
        Self.removeFirst(&state)
      }
      return nil
    }
  }

  /// Frames that found no room so far.
  var droppedFrames: Int {
    state.withLock { state in state.entries.reduce(state.dropped) { $0 + $1.tap.droppedFrames } }
  }

  private static func attach(_ state: inout State) {
    guard let context = state.context else { return }
    if !state.hasCurrent {
      if state.entries.count == depth { removeFirst(&state) }
      let tap = AudioTap()
      state.entries.append(Entry(tap: tap, life: state.lives))
      state.hasCurrent = true
      context.tapSlot.put(tap)
    }
    state.entries.last?.tap.isOpen.store(true, ordering: .relaxed)
  }

  private static func removeFirst(_ state: inout State) {
    state.dropped += state.entries.removeFirst().tap.droppedFrames
  }
}
