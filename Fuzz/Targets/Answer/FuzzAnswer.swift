// A player out of bounds: any notes, pedals, times and settings are answered with notes that begin, end and are few.

import FuzzSupport
import Improviser
import MIDI
import Music

/// The first byte chooses a player at the keys or a recording, and what is drawn from; the rest is what happens.
@_cdecl("LLVMFuzzerTestOneInput")
public func fuzz(_ start: UnsafePointer<UInt8>?, _ size: Int) -> Int32 {
  FuzzInput.process(start, size) { bytes in
    var source = ByteSource(bytes)
    let kind = source.byte()
    let prediction: any NotePrediction =
      kind & 1 == 0
      ? SmallNetwork.prediction(capacity: 32) : DrawnPrediction((0..<8).map { _ in source.byte() })
    if kind & 2 == 0 {
      var player = FuzzedPlayer(prediction, &source)
      player.play(&source)
    } else {
      converse(prediction, &source)
    }
  }
}

/// A dialogue with a recording, as `antiphon answer` holds it.
private func converse(_ prediction: any NotePrediction, _ source: inout ByteSource) {
  var settings = AnswerSettings()
  change(&settings, &source)
  let seed = UInt64(source.byte())
  var notes: [Note] = []
  var onset = 0.0
  while !source.isAtEnd, notes.count < 64 {
    let shape = source.byte()
    onset = shape & 1 == 0 ? onset + source.seconds() : source.anyDouble()
    notes.append(
      Note(
        pitch: Int(source.byte()) - (shape & 2 == 0 ? 0 : 64), velocity: Int(source.byte()), onset: onset,
        duration: shape & 4 == 0 ? source.seconds() : source.anyDouble(), channel: Int(source.byte() & 15)))
  }
  let improviser = Improviser(prediction: prediction, settings: settings, seed: seed)
  var dialogue = OfflineDialogue(improviser)
  let result = dialogue.run(notes)
  FuzzInput.check(result.player.count <= notes.count, "the player's notes are the recording's")
  FuzzInput.check(result.answer.count <= 100_000, "an input has a bounded answer")
  for note in result.answer + result.accompaniment {
    FuzzInput.check((0...127).contains(note.pitch) && (1...127).contains(note.velocity), "\(note) is in range")
    FuzzInput.check(note.onset.isFinite && note.duration >= 0 && note.duration.isFinite, "\(note) has its time")
    if case .lock(let scale) = settings.scaleRule {
      FuzzInput.check(scale.contains(PitchClass(wrapping: note.pitch)), "\(note) is in \(scale)")
    }
    if let scale = improviser.pattern {
      FuzzInput.check(scale.pitches.contains(note.pitch), "\(note) is in \(scale.name)")
    }
  }
}

/// Moves a few knobs, the mode and the scale.
func change(_ settings: inout AnswerSettings, _ source: inout ByteSource) {
  for _ in 0..<source.number(below: 6) {
    let index = source.number(below: AnswerSettings.parameters.count + 2)
    guard index < AnswerSettings.parameters.count else {
      if index == AnswerSettings.parameters.count {
        settings.mode = AnswerMode.allCases[source.number(below: AnswerMode.allCases.count)]
      } else {
        settings.scaleRule = rule(&source)
      }
      continue
    }
    let parameter = AnswerSettings.parameters[index]
    parameter.set(&settings, parameter.value(atKnob: source.share()))
  }
}

private func rule(_ source: inout ByteSource) -> ScaleRule {
  switch source.number(below: 6) {
  case 0: .follow
  case 1: .off
  case 2: .pattern(PatternScale(tonic: PitchClass(wrapping: source.number(below: 12)), pattern: pattern(&source)))
  case 3: .morph(ScaleMorph(start: pattern(&source), end: pattern(&source)))
  default: .lock(scale(&source))
  }
}

/// One of all patterns.
private func pattern(_ source: inout ByteSource) -> ThesaurusPattern {
  let number = 256 * source.number(below: 256) + source.number(below: 256)
  return PatternList.all.patterns[number % PatternList.all.patterns.count]
}

/// One of all scales.
func scale(_ source: inout ByteSource) -> Scale {
  let tonic = PitchClass(wrapping: source.number(below: 12))
  return Scale(tonic: tonic, family: ScaleFamily.allCases[source.number(below: ScaleFamily.allCases.count)])
}
