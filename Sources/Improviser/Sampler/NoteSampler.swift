// Draws the parts of the answer's notes.

import Foundation

/// What a note of the answer is drawn under.
struct SamplingContext {
  /// The knobs.
  var settings: AnswerSettings
  /// The phrase that is answered.
  var phrase: Phrase
  /// The rule for scales.
  var scale: ScaleWeights
  /// Where the pitches lie.
  var register: RegisterWindow
  /// Ticks from the answer's first onset to the last onset drawn.
  var position = 0
  /// How much of the answer lies before that onset, 0...1.
  var progress = 0.0
  /// Notes of the last onset drawn.
  var chordSize = 0
  /// The sounding pitch drawn last.
  var lastPitch: Int?
  /// Whether the note closes the answer.
  var isFinal = false
}

/// Bends a model's probabilities towards the phrase and the settings, and draws from them.
///
/// Hard limits (a locked scale, the range, chords upwards) hold always: where the model leaves nothing inside them, the
/// nearest allowed choice takes its place. Temperature acts on the model's probabilities, before the preferences, so
/// that it opens no scale; the nucleus acts on the result.
struct NoteSampler {
  private var distribution = Distribution()

  /// The class of the next interval, 0 for one more note of the chord; never `NoteVocabulary.end`.
  mutating func interval(
    _ probabilities: UnsafeBufferPointer<Float>, _ context: SamplingContext, canStack: Bool, at place: Double
  ) -> Int {
    let (settings, phrase) = (context.settings, context.phrase)
    let stacks = canStack && context.chordSize < phrase.largestChord
    // Pauses up to twice the phrase's own; a phrase of one onset tells nothing, then two beats.
    let longest = Double(max(24, 2 * (phrase.longestInterval ?? 24))) * max(1, 1 / settings.density)
    let tilt = log2(settings.density)
    distribution.load(probabilities)
    distribution.allow(
      { index in
        guard index > 0 else { return stacks }
        return index < NoteVocabulary.end && (context.isFinal || Double(NoteVocabulary.times[index]) <= longest)
      },
      fallback: { index in
        // Nothing is known, so the simplest goes: the half beat and what lies near it.
        index == 0 ? 0 : exp(-abs(log2(Double(NoteVocabulary.times[index]) / 12)))
      })
    distribution.temper(settings.temperature)
    if tilt != 0 {
      // Classes that are ruled out already have no time to be weighed by.
      distribution.weigh { index in
        guard index > 0, index < NoteVocabulary.end else { return 1 }
        return pow(Double(NoteVocabulary.times[index]) / 12, -1.3 * tilt)
      }
    }
    let mirrored = PhraseMirror.interval(after: context.position, chord: context.chordSize, phrase)
    if settings.mirror > 0, let ticks = mirrored {
      let index = NoteVocabulary.intervalClass(ticks: ticks)
      if index > 0 || stacks { distribution.lean(to: index, share: settings.mirror * settings.mirror) }
    }
    distribution.cut(nucleus: settings.nucleus)
    return distribution.draw(place) ?? NoteVocabulary.intervalClass(ticks: 12)
  }

  /// The next sounding pitch.
  ///
  /// - Parameter isStacked: Whether the note joins a chord, above its last note.
  mutating func pitch(
    _ probabilities: UnsafeBufferPointer<Float>, _ context: SamplingContext, guarding repetition: RepetitionGuard,
    isStacked: Bool, at place: Double
  ) -> Int {
    let (settings, scale, register) = (context.settings, context.scale, context.register)
    let shift = register.octaves
    let rests = context.isFinal && scale.hasRest
    let near = context.lastPitch ?? (register.preferred.lowerBound + register.preferred.upperBound) / 2
    let target = PhraseMirror.pitch(at: context.progress, context.phrase) + settings.register
    distribution.load(probabilities)
    distribution.allow(
      { index in
        let pitch = index + shift
        guard register.possible.contains(pitch), !isStacked || pitch > near else { return false }
        return scale.allows(pitch: pitch) && (!rests || scale.isStable(pitch: pitch))
      },
      fallback: { exp(-Double(abs($0 + shift - near)) / 3) })
    distribution.temper(settings.temperature)
    distribution.weigh { index in
      let pitch = index + shift
      guard register.possible.contains(pitch) else { return 0 }
      var weight = register.weight(pitch: pitch) * scale.weight(pitch: pitch)
      if !isStacked {
        weight *= repetition.weight(pitch: pitch, strength: settings.repetition)
        let distance = Double(pitch - target) / 5
        weight *= exp(-settings.mirror * distance * distance / 2)
        if context.isFinal { weight *= exp(-Double(abs(pitch - near)) / 6) }
      }
      return weight
    }
    distribution.cut(nucleus: settings.nucleus)
    return (distribution.draw(place) ?? near - shift) + shift
  }

  /// The class of the duration.
  mutating func duration(
    _ probabilities: UnsafeBufferPointer<Float>, _ context: SamplingContext, at place: Double
  ) -> Int {
    let longest = max(24, 2 * context.phrase.longestDuration)
    distribution.load(probabilities)
    distribution.allow(
      { $0 > 0 && NoteVocabulary.times[$0] <= longest },
      fallback: { exp(-abs(log2(Double(max(1, NoteVocabulary.times[$0])) / 12))) })
    distribution.temper(context.settings.temperature)
    distribution.cut(nucleus: context.settings.nucleus)
    return distribution.draw(place) ?? NoteVocabulary.durationClass(ticks: 12)
  }

  /// The velocity, 1...127: the model's choice drawn towards the phrase's own dynamics, then scaled.
  mutating func velocity(
    _ probabilities: UnsafeBufferPointer<Float>, _ context: SamplingContext, at place: Double, fine: Double
  ) -> (model: Int, sounding: Int) {
    distribution.load(probabilities)
    distribution.allow({ _ in true }, fallback: { _ in 1 })
    distribution.temper(context.settings.temperature)
    distribution.cut(nucleus: context.settings.nucleus)
    let index = distribution.draw(place) ?? NoteVocabulary.velocityClass(64)
    let drawn = Double(index * 8) + 8 * fine
    let level = 0.35 * drawn + 0.65 * context.phrase.velocity(at: context.progress)
    let inside = min(max(level.rounded(), 1), 127)
    let scaled = min(max((level * context.settings.velocity).rounded(), 1), 127)
    return (Int(inside), Int(scaled))
  }
}
