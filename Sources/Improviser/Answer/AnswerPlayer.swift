// Plays one answer: draws its notes just ahead of their time and ends them.

import Foundation

/// One answer under way.
///
/// The interval to the next onset is drawn when a note begins; pitch, duration and velocity are drawn `lookahead`
/// before that onset, so that a knob acts on the next note. Where a knob that shapes the rhythm moves in between, the
/// interval is drawn again with the same random number.
struct AnswerPlayer {
  /// What an advance works with.
  struct Surroundings {
    var settings: AnswerSettings
    var scale: ScaleWeights
    var prediction: any NotePrediction
  }

  /// The next onset.
  private struct Pending {
    var interval: Int
    var ticks: Int
    var isFinal: Bool
    var time: Double
    /// The random number it was drawn with, or nil for the first onset, which the phrase's end sets.
    var place: Double?
  }

  /// Lateness in seconds from which on the rest of the answer moves instead of being hurried through.
  private static let tolerance = 0.25

  private let phrase: Phrase
  private let start: Double
  private let fixedTicks: Int?
  private let phase: Int
  private var beat: Double
  private var plan: AnswerPlan
  private var repetition = RepetitionGuard()
  private var sampler = NoteSampler()
  private var generator: SeededGenerator
  private var sounding = SoundingNotes()
  private var pending: Pending?
  private var drawnWith: AnswerSettings
  private var context: SamplingContext
  private var lastEnd: Double
  private var hasBegun = false

  /// The time of the last onset drawn, or nil before the first.
  private(set) var lastOnset: Double?
  /// Whether the last note has ended.
  private(set) var isOver = false

  /// An answer to `phrase` from `start` on.
  ///
  /// - Parameters:
  ///   - silence: Ticks from the last onset heard to `start`.
  ///   - fixedTicks: The length when a number of bars sets it.
  ///   - phase: The place of `start` within the beat, in ticks.
  init(
    _ phrase: Phrase, start: Double, silence: Int, beat: Double, phase: Int, fixedTicks: Int?, seed: UInt64,
    _ surroundings: Surroundings
  ) {
    let settings = surroundings.settings
    (self.phrase, self.start, self.beat, self.fixedTicks, self.phase) = (phrase, start, beat, fixedTicks, phase)
    generator = SeededGenerator(seed: seed)
    plan = AnswerPlan(phrase, length: settings.length, ticks: fixedTicks, beat: beat, phase: phase)
    drawnWith = settings
    lastEnd = start
    context = SamplingContext(
      settings: settings, phrase: phrase, scale: surroundings.scale,
      register: RegisterWindow(range: phrase.range, register: settings.register))
    pending = Pending(
      interval: NoteVocabulary.intervalClass(ticks: max(1, silence)), ticks: 0, isFinal: false, time: start, place: nil)
  }

  /// The time of the next event, or nil when the answer is over.
  var nextTime: Double? {
    switch (pending?.time, sounding.nextEnd) {
    case (let onset?, let end?): min(onset, end)
    case (let time?, nil), (nil, let time?): time
    case (nil, nil): isOver ? nil : lastEnd
    }
  }

  /// Changes the beat from the next interval on.
  mutating func setBeat(_ beat: Double) { self.beat = beat }

  /// Emits everything due up to `horizon`.
  ///
  /// - Parameter now: The present; onsets are not moved before it.
  mutating func advance(
    to horizon: Double, now: Double, _ surroundings: Surroundings, _ emit: (AnswerEvent) -> Void
  ) {
    follow(surroundings, now: now)
    if let late = pending?.time, now - late > Self.tolerance { pending?.time = now }
    while let time = nextTime, time <= horizon, !isOver {
      if let end = sounding.nextEnd, end <= time {
        endNotes(sounding.takeEnded(by: end), at: nil, emit)
      } else if let onset = pending, onset.time <= time {
        play(onset, surroundings, emit)
      } else {
        isOver = true
        emit(.ended(at: lastEnd))
      }
    }
  }

  /// Breaks off at `time`: everything is silent and the answer is over.
  mutating func silence(at time: Double, _ emit: (AnswerEvent) -> Void) {
    pending = nil
    isOver = true
    guard hasBegun else { return }
    emit(.silence(at: time))
    endNotes(sounding.takeAll(), at: time, emit)
    emit(.ended(at: time))
  }

  /// Takes over changed settings, and draws the interval again if they shape it.
  private mutating func follow(_ surroundings: Surroundings, now: Double) {
    context.scale = surroundings.scale
    let settings = surroundings.settings
    guard settings != drawnWith else { return }
    let shapesRhythm =
      settings.density != drawnWith.density || settings.temperature != drawnWith.temperature
      || settings.nucleus != drawnWith.nucleus || settings.mirror != drawnWith.mirror
      || settings.length != drawnWith.length
    (drawnWith, context.settings) = (settings, settings)
    context.register = RegisterWindow(range: phrase.range, register: settings.register)
    plan = AnswerPlan(phrase, length: settings.length, ticks: fixedTicks, beat: beat, phase: phase)
    guard shapesRhythm, let place = pending?.place else { return }
    drawInterval(place, canStack: false, surroundings)
    // What should have sounded already comes on the next quarter of a beat.
    while let time = pending?.time, let ticks = pending?.ticks, time < now {
      pending?.ticks = ticks + 6
      pending?.time = time + 6 * beat / 24
      pending?.interval = NoteVocabulary.intervalClass(ticks: ticks + 6)
    }
  }

  /// Plays the notes of one onset and draws the interval to the next.
  private mutating func play(_ onset: Pending, _ surroundings: Surroundings, _ emit: (AnswerEvent) -> Void) {
    if !hasBegun {
      hasBegun = true
      emit(.began(phraseNotes: phrase.events.count, at: start))
    }
    context.position += onset.ticks
    context.progress = Double(context.position) / Double(max(1, plan.finalPosition))
    context.isFinal = onset.isFinal
    context.chordSize = 0
    lastOnset = onset.time
    pending = nil
    playNote(interval: onset.interval, ticks: max(1, onset.ticks), at: onset.time, surroundings, emit)
    while pending == nil {
      let hasRoom = (context.lastPitch ?? 127) < context.register.preferred.upperBound
      let canStack = hasRoom && context.chordSize < phrase.voices
      if onset.isFinal, !canStack || context.chordSize >= phrase.largestChord { return }
      drawInterval(generator.uniform(), canStack: canStack, surroundings)
      guard let next = pending else { return }
      if next.interval == 0 {
        pending = nil
        guard canPlaceAbove() else { return drawAfterChord(onset, surroundings) }
        playNote(interval: 0, ticks: 0, at: onset.time, surroundings, emit)
      } else if onset.isFinal {
        pending = nil
        return
      }
    }
  }

  /// Draws the interval after a chord on which nothing fits any more; nothing after the last.
  private mutating func drawAfterChord(_ onset: Pending, _ surroundings: Surroundings) {
    if !onset.isFinal { drawInterval(generator.uniform(), canStack: false, surroundings) }
  }

  /// Whether an allowed pitch lies above the last one of the chord, within the register.
  private func canPlaceAbove() -> Bool {
    let (scale, register) = (context.scale, context.register)
    guard let last = context.lastPitch, last < register.preferred.upperBound else { return false }
    let rests = context.isFinal && scale.hasRest
    return (last + 1...register.preferred.upperBound).contains {
      scale.allows(pitch: $0) && (!rests || scale.isStable(pitch: $0))
    }
  }

  private mutating func drawInterval(_ place: Double, canStack: Bool, _ surroundings: Surroundings) {
    let index = sampler.interval(surroundings.prediction.intervals(), context, canStack: canStack, at: place)
    let last = lastOnset ?? start
    guard index > 0, !context.isFinal else {
      pending = Pending(interval: index, ticks: 0, isFinal: context.isFinal, time: last, place: place)
      return
    }
    let next = plan.interval(NoteVocabulary.times[index], after: context.position)
    pending = Pending(
      interval: NoteVocabulary.intervalClass(ticks: next.ticks), ticks: next.ticks, isFinal: next.isFinal,
      time: last + Double(next.ticks) * beat / 24, place: place)
  }

  private mutating func playNote(
    interval: Int, ticks: Int, at time: Double, _ surroundings: Surroundings, _ emit: (AnswerEvent) -> Void
  ) {
    let prediction = surroundings.prediction
    let isStacked = context.chordSize > 0
    let pitch = sampler.pitch(
      prediction.pitches(interval: interval), context, guarding: repetition, isStacked: isStacked,
      at: generator.uniform())
    let modelPitch = min(max(pitch - context.register.octaves, 0), 127)
    let drawn = sampler.duration(
      prediction.durations(interval: interval, pitch: modelPitch), context, at: generator.uniform())
    let rest = plan.finalDuration(at: context.position)
    let length = context.isFinal ? rest : min(NoteVocabulary.times[drawn], max(3, plan.ticks - context.position))
    let duration = NoteVocabulary.durationClass(ticks: length)
    let velocity = sampler.velocity(
      prediction.velocities(interval: interval, pitch: modelPitch, duration: duration), context,
      at: generator.uniform(), fine: generator.uniform())

    if let again = sounding.take(pitch: pitch) { endNotes([again], at: time, emit) }
    while sounding.entries.count >= phrase.voices, let oldest = sounding.takeOldest(before: time) {
      endNotes([oldest], at: time, emit)
    }
    let seconds = Double(length) * beat / 24 * (context.isFinal ? 1 : phrase.articulation)
    sounding.begin(pitch: pitch, onset: time, end: time + max(0.02, seconds))
    emit(.noteOn(channel: 0, pitch: pitch, velocity: velocity.sounding, at: time))

    prediction.play(
      NoteEvent(
        interval: NoteVocabulary.times[min(interval, NoteVocabulary.timeCount - 1)], pitch: modelPitch,
        duration: length, velocity: velocity.model), scale: surroundings.scale.condition)
    if !isStacked { repetition.hear(pitch) }
    context.lastPitch = pitch
    context.chordSize += 1
  }

  /// Emits the ends of notes, at their own time or at `time`, but never before their onset.
  private mutating func endNotes(_ notes: [SoundingNotes.Entry], at time: Double?, _ emit: (AnswerEvent) -> Void) {
    for note in notes {
      let end = max(time ?? note.end, note.onset)
      lastEnd = max(lastEnd, end)
      emit(.noteOff(channel: 0, pitch: note.pitch, at: end))
    }
  }
}
