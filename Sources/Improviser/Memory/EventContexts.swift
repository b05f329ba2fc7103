// What came before a note, in every view of the memories.

/// The contexts of one sequence of notes. A value: a copy is a snapshot.
struct EventContexts: Hashable, Sendable {
  /// Pitch of the newest note; nil before the first.
  private(set) var pitch: Int?
  private var times = NGramContext()
  private var pitches = NGramContext()
  private var leaps = NGramContext()
  private var velocities = NGramContext()

  /// Appends a note.
  mutating func advance(_ event: NoteEvent) {
    let pitch = Self.clamped(event.pitch)
    if let leap = leap(to: pitch) { leaps.push(leap) }
    times.push(NoteVocabulary.intervalClass(ticks: event.interval))
    times.push(NoteVocabulary.durationClass(ticks: event.duration))
    pitches.push(pitch)
    velocities.push(NoteVocabulary.velocityClass(event.velocity))
    self.pitch = pitch
  }

  /// The context of the next note's part in a view; `interval` is the class of its interval, which the view
  /// `.interval` does not look at.
  func context(_ view: MemoryView, interval: Int) -> NGramContext {
    let isInChord = interval == 0 && pitch != nil ? 1 : 0
    return switch view {
    case .interval: times
    case .pitch: pitches.pushing(isInChord)
    case .leap: leaps.pushing(isInChord)
    case .duration: times.pushing(interval)
    case .velocity: velocities.pushing(isInChord)
    }
  }

  /// The symbol of `event` in a view; nil for the leap of the first note.
  func symbol(_ view: MemoryView, of event: NoteEvent) -> Int? {
    switch view {
    case .interval: NoteVocabulary.intervalClass(ticks: event.interval)
    case .pitch: Self.clamped(event.pitch)
    case .leap: leap(to: Self.clamped(event.pitch))
    case .duration: NoteVocabulary.durationClass(ticks: event.duration)
    case .velocity: NoteVocabulary.velocityClass(event.velocity)
    }
  }

  /// Pitches outside 0...127 count as the nearest inside.
  private static func clamped(_ pitch: Int) -> Int { min(max(pitch, 0), NoteVocabulary.pitchCount - 1) }

  private func leap(to next: Int) -> Int? {
    pitch.map { min(max(next - $0, -MemoryView.widestLeap), MemoryView.widestLeap) + MemoryView.widestLeap }
  }
}
