// Writes the chords of a phrase as note events.

/// Turns played chords, in order, into note events on the player's beat.
struct PhraseWriter {
  private var grid: OnsetGrid?
  /// The onset before the phrase in seconds, or nil at the start of everything.
  private let before: Double?

  init(before: Double?) {
    self.before = before
  }

  /// Ticks from the first chord to the last one written.
  var position: Int { grid?.position ?? 0 }

  /// Appends the events of one chord.
  ///
  /// - Parameters:
  ///   - chord: The chord's notes, in any order; a note without a release sounds until `now`.
  ///   - next: The onset of the chord that follows, if there is one. A note that ends near it is written up to it,
  ///     as notes are that follow each other.
  mutating func write(
    _ chord: ArraySlice<PlayedNote>, next: Double?, now: Double, beat: Double, to events: inout [NoteEvent]
  ) {
    guard let first = chord.first else { return }
    var interval = 0
    if grid != nil {
      grid?.beat = beat
      interval = grid?.ticks(to: first.onset) ?? 1
    } else {
      if let before { interval = Self.ticks(first.onset - before, beat: beat) }
      grid = OnsetGrid(beat: beat, first: first.onset)
    }
    var following = grid
    let toNext = next.flatMap { following?.ticks(to: $0) }
    for (place, note) in chord.sorted(by: { $0.pitch < $1.pitch }).enumerated() {
      let sounding = max(0, (note.release ?? now) - note.onset)
      var duration = Self.ticks(sounding, beat: beat)
      if let next, let toNext {
        let share = sounding / max(0.001, next - note.onset)
        if share > 0.7, share < 1.15 { duration = toNext }
      }
      events.append(
        NoteEvent(
          interval: place == 0 ? interval : 0, pitch: note.pitch, duration: duration, velocity: note.velocity))
    }
  }

  /// Seconds as ticks, 1...576.
  static func ticks(_ seconds: Double, beat: Double) -> Int {
    Int(min(576, max(1, (seconds / beat * 24).rounded())))
  }
}
