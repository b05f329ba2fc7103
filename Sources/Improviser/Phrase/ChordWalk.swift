// Goes through played notes chord by chord.

/// The chords of a list of notes that is ordered by chord.
struct ChordWalk {
  private let notes: [PlayedNote]
  private var place: Int

  /// The chords from number `chord` on.
  init(_ notes: [PlayedNote], from chord: Int = 0) {
    self.notes = notes
    // Backwards, for what is asked for are the last few of a long phrase.
    place = notes.count
    while place > 0, notes[place - 1].chord >= chord { place -= 1 }
  }

  /// The next chord, at least one note, or nil at the end.
  mutating func next() -> ArraySlice<PlayedNote>? {
    guard place < notes.count else { return nil }
    let start = place
    while place < notes.count, notes[place].chord == notes[start].chord { place += 1 }
    return notes[start..<place]
  }

  /// The onset of the chord that `next` will give.
  var nextOnset: Double? { place < notes.count ? notes[place].onset : nil }
}
