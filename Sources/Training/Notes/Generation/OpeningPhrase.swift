// The first phrase of a generated piece.

import Foundation
import Improviser
import Music

/// Draws a short phrase from a model that has heard nothing.
struct OpeningPhrase {
  /// Ticks of the phrase: two bars of four.
  private static let ticks = 192
  private static let fewestNotes = 4
  private static let pitches = 52...79
  /// The longest pause between two onsets.
  private static let longest = 48

  let settings: AnswerSettings
  let scale: Scale?

  /// The phrase, drawn with a seed.
  func notes(_ prediction: any NotePrediction, seed: UInt64) -> [PlacedNote] {
    var random = SplitMix64(seed: seed, index: 0x6F70656E)
    let condition = scale.map(ScaleCondition.init)
    prediction.beginPiece()
    var notes: [PlacedNote] = []
    var position = 0
    while true {
      let (isFirst, last) = (notes.isEmpty, notes.last?.pitch ?? -1)
      let interval = isFirst ? 0 : draw(prediction.intervals(), &random) { index in
        // A phrase of single notes leaves the harmony open to the answers.
        index > 0 && index < NoteVocabulary.end && NoteVocabulary.times[index] <= Self.longest
      } ?? NoteVocabulary.intervalClass(ticks: 12)
      position += NoteVocabulary.times[interval]
      guard position < Self.ticks || notes.count < Self.fewestNotes else { return notes }
      let pitch = draw(prediction.pitches(interval: interval), &random) { pitch in
        Self.pitches.contains(pitch) && condition?.contains(pitch: pitch) != false && abs(pitch - last) <= 12
          || isFirst && Self.pitches.contains(pitch) && condition?.contains(pitch: pitch) != false
      } ?? Self.nearest(last, condition)
      let duration = draw(prediction.durations(interval: interval, pitch: pitch), &random) {
        $0 > 0 && NoteVocabulary.times[$0] <= 2 * Self.longest
      } ?? NoteVocabulary.durationClass(ticks: 12)
      let velocity = draw(prediction.velocities(interval: interval, pitch: pitch, duration: duration), &random) {
        (6...13).contains($0)
      } ?? NoteVocabulary.velocityClass(80)
      let note = PlacedNote(
        onset: position, duration: NoteVocabulary.times[duration], pitch: pitch,
        velocity: NoteVocabulary.velocity(ofClass: velocity))
      notes.append(note)
      prediction.play(
        NoteEvent(
          interval: NoteVocabulary.times[interval], pitch: note.pitch, duration: note.duration,
          velocity: note.velocity), scale: condition)
    }
  }

  /// A class within the nucleus of those allowed, at the settings' temperature; nil when none is possible.
  private func draw(
    _ probabilities: UnsafeBufferPointer<Float>, _ random: inout SplitMix64, allows: (Int) -> Bool
  ) -> Int? {
    var choices = probabilities.indices.filter { allows($0) && probabilities[$0] > 0 }
      .map { (index: $0, weight: pow(Double(probabilities[$0]), 1 / settings.temperature)) }
      .sorted { ($1.weight, $0.index) < ($0.weight, $1.index) }
    let sum = choices.reduce(0) { $0 + $1.weight }
    guard sum > 0 else { return nil }
    var covered = 0.0
    let kept = choices.prefix { choice in
      defer { covered += choice.weight }
      return covered < settings.nucleus * sum
    }
    choices = Array(kept)
    return random.choose(choices.map { (item: $0.index, weight: $0.weight) })
  }

  private static func nearest(_ pitch: Int, _ scale: ScaleCondition?) -> Int {
    let near = pitches.contains(pitch) ? pitch : 64
    return pitches.filter { scale?.contains(pitch: $0) != false }.min { abs($0 - near) < abs($1 - near) } ?? near
  }
}
