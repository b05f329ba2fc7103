// Reads sequences with the shipped inference and counts its surprise.

import Improviser

/// Asks a predictor for every part of every note, then tells it the note.
struct NoteReader {
  private let predictor: any NotePrediction

  init(_ predictor: any NotePrediction) { self.predictor = predictor }

  /// Predicts a sequence as a piece of its own by a player of its own.
  func measure(_ sequence: NoteSequence, tellsScale: Bool, into score: inout PartScore) {
    let scale = tellsScale ? sequence.scale.map(ScaleCondition.init) : nil
    (predictor as? NotePredictor)?.forgetPlayer()
    predictor.beginPiece()
    for event in sequence.events {
      let interval = NoteVocabulary.intervalClass(ticks: event.interval)
      let duration = NoteVocabulary.durationClass(ticks: event.duration)
      score.addNote()
      score.add(predictor.intervals(), target: interval, .interval)
      score.add(predictor.pitches(interval: interval), target: event.pitch, .pitch)
      score.add(predictor.durations(interval: interval, pitch: event.pitch), target: duration, .duration)
      score.add(
        predictor.velocities(interval: interval, pitch: event.pitch, duration: duration),
        target: NoteVocabulary.velocityClass(event.velocity), .velocity)
      predictor.hear(event, scale: scale)
    }
    score.add(predictor.intervals(), target: NoteVocabulary.end, .interval)
  }
}
