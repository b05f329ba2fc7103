// Keeps the prediction up with the player while the phrase is still played.

/// Hands the chords of a phrase to the prediction as soon as they are known, so that little is left to do at its end.
///
/// A chord is written when the next one has begun and its own notes have ended; one that is held for long is written as
/// it is. When the phrase is over, the chords since the last mark are written once more on the final beat, and if that
/// changes more than a few of them the prediction goes back to the mark and hears them again.
struct PhraseFeed {
  /// Notes after which the mark moves on. It bounds what is repeated at the end of a phrase to about 10 ms of steps.
  private static let repeatable = 128
  /// Chords that wait for a held note before it.
  private static let patience = 16

  /// The onset before the phrase.
  private let before: Double?
  private var writer: PhraseWriter
  private var nextChord = 0
  /// The first chord after the mark, and the onset before it.
  private var markedChord = 0
  private var markedBefore: Double?
  private var sinceMark: [NoteEvent] = []
  private var chordEvents: [NoteEvent] = []

  /// Begins a phrase `before` which the last onset lay, at which the prediction's state is marked.
  init(before: Double?, prediction: any NotePrediction) {
    self.before = before
    markedBefore = before
    writer = PhraseWriter(before: before)
    sinceMark.reserveCapacity(Self.repeatable + 16)
    prediction.mark()
  }

  /// Hands over the chords that are complete.
  mutating func advance(
    _ capture: PhraseCapture, now: Double, beat: Double, scale: ScaleCondition?, prediction: any NotePrediction
  ) {
    guard capture.chordCount > nextChord + 1 else { return }
    var chords = ChordWalk(capture.notes, from: nextChord)
    while let chord = chords.next(), let next = chords.nextOnset {
      let isHeld = chord.contains { $0.release == nil }
      if isHeld, capture.chordCount - nextChord <= Self.patience { return }
      hand(chord, next: next, now: now, beat: beat, scale: scale, prediction: prediction)
      if sinceMark.count >= Self.repeatable { mark(before: chord.first?.onset, prediction) }
    }
  }

  /// Hands over the rest of a phrase that is over, and repeats it when the final beat shows it in another light.
  mutating func finish(
    _ capture: PhraseCapture, now: Double, beat: Double, scale: ScaleCondition?, prediction: any NotePrediction
  ) {
    var rest = ChordWalk(capture.notes, from: nextChord)
    while let chord = rest.next() {
      hand(chord, next: rest.nextOnset, now: now, beat: beat, scale: scale, prediction: prediction)
    }
    var rewritten: [NoteEvent] = []
    rewritten.reserveCapacity(sinceMark.count)
    var writer = PhraseWriter(before: markedBefore)
    var all = ChordWalk(capture.notes, from: markedChord)
    while let chord = all.next() {
      writer.write(chord, next: all.nextOnset, now: now, beat: beat, to: &rewritten)
    }
    guard Self.differs(rewritten, sinceMark) else { return }
    prediction.rewind()
    // The memory has learned these notes already, so they only move the state.
    for event in rewritten { prediction.play(event, scale: scale) }
    sinceMark = rewritten
  }

  /// Goes on with a phrase that was thought to be over: what was handed over stays.
  mutating func resume(after onset: Double, prediction: any NotePrediction) {
    mark(before: onset, prediction)
  }

  private mutating func hand(
    _ chord: ArraySlice<PlayedNote>, next: Double?, now: Double, beat: Double, scale: ScaleCondition?,
    prediction: any NotePrediction
  ) {
    chordEvents.removeAll(keepingCapacity: true)
    writer.write(chord, next: next, now: now, beat: beat, to: &chordEvents)
    for event in chordEvents { prediction.hear(event, scale: scale) }
    sinceMark += chordEvents
    nextChord = (chord.first?.chord ?? nextChord) + 1
  }

  private mutating func mark(before onset: Double?, _ prediction: any NotePrediction) {
    prediction.mark()
    sinceMark.removeAll(keepingCapacity: true)
    markedChord = nextChord
    markedBefore = onset
  }

  /// Whether more than a tenth of the events fall into other classes of time.
  private static func differs(_ first: [NoteEvent], _ second: [NoteEvent]) -> Bool {
    guard first.count == second.count else { return true }
    let changed = zip(first, second).count { one, other in
      NoteVocabulary.intervalClass(ticks: one.interval) != NoteVocabulary.intervalClass(ticks: other.interval)
        || NoteVocabulary.durationClass(ticks: one.duration) != NoteVocabulary.durationClass(ticks: other.duration)
    }
    return changed * 10 > first.count
  }
}
