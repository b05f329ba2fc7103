// The voice's events that are not due yet, in the order of time.
internal import Synth

/// An event with its place in the stream.
struct ScheduledEvent: BitwiseCopyable {
  /// Frame of the stream, counted from the first cycle.
  var frame: Int
  /// Counts the events as they came.
  var sequence: Int
  var event: VoiceEvent

  @_noLocks init(frame: Int, sequence: Int, event: VoiceEvent) {
    self.frame = frame
    self.sequence = sequence
    self.event = event
  }

  /// Earlier frames first, then the order in which they came.
  @_noLocks func precedes(_ other: ScheduledEvent) -> Bool {
    frame != other.frame ? frame < other.frame : sequence < other.sequence
  }
}

/// A binary heap of a fixed size, for the audio thread alone.
struct VoiceSchedule: ~Copyable, @unchecked Sendable {
  // @unchecked: the pointers belong to the audio thread.
  private let entries: UnsafeMutablePointer<ScheduledEvent>
  private let filled: UnsafeMutablePointer<Int>
  private let capacity: Int

  /// Allocates room for `capacity` events.
  init(capacity: Int) {
    self.capacity = capacity
    entries = .allocate(capacity: capacity)
    filled = .allocate(capacity: 1)
    filled.initialize(to: 0)
  }

  deinit {
    entries.deallocate()
    filled.deallocate()
  }

  /// Events that wait.
  var count: Int { @_noLocks get { filled.pointee } }

  /// - Returns: false when there is no room.
  /// - Complexity: O(log n).
  @_noLocks borrowing func insert(_ entry: ScheduledEvent) -> Bool {
    var place = filled.pointee
    if place == capacity { return false }
    filled.pointee = place &+ 1
    while place > 0 {
      let parent = (place &- 1) / 2
      if !entry.precedes(entries[parent]) { break }
      entries[place] = entries[parent]
      place = parent
    }
    entries[place] = entry
    return true
  }

  /// Takes the earliest event if it lies before `end`, else nil.
  /// - Complexity: O(log n).
  @_noLocks borrowing func pop(before end: Int) -> ScheduledEvent? {
    if filled.pointee == 0 || entries[0].frame >= end { return nil }
    let first = entries[0]
    let last = filled.pointee &- 1
    filled.pointee = last
    let moved = entries[last]
    var place = 0
    while true {
      var child = 2 &* place &+ 1
      if child >= last { break }
      if child &+ 1 < last, entries[child &+ 1].precedes(entries[child]) { child = child &+ 1 }
      if !entries[child].precedes(moved) { break }
      entries[place] = entries[child]
      place = child
    }
    entries[place] = moved
    return first
  }
}
