// Plays chords and a bass under the player, in the player's scale and on the player's pulse.

public import Music

/// The accompaniment of one player. It does no input or output: messages and times come in, events go out.
///
/// Chords are held from the beat on which they are chosen: at bar lines the best one, in between only when the chord
/// has come to clash with what is played. Where the music goes round, the chord is chosen for what comes. The bass has
/// the root on the first beat, the fifth in the middle and passing notes. It plays while the player plays, a scale is
/// known and there is a pulse, and stops within a beat of the player's last note. Times are seconds on one axis; what
/// lies before the latest counts as now.
/// Call `advance` after every other call and whenever `nextDeadline` is reached. The same inputs and seed give the same
/// music. One thread only.
public final class Accompanist {
  /// Channels of the events.
  public static let chordChannel = 1
  public static let bassChannel = 2
  /// Seconds by which events are sent ahead of their time.
  public static let lookahead = 0.02
  /// A note held without another for this many beats no longer counts as playing.
  private static let patience = 16.0
  /// A chord is left within a bar when another is better by this much.
  private static let changeMargin = 0.22
  /// Beats in which what was heard fades to 1/e.
  private static let fading = 1.0
  /// The share of what is expected to repeat, when it is trusted entirely.
  private static let repetitionShare = 0.85
  /// Silent beats after which what was heard before does not count as the same passage.
  private static let longestRest = 16.0
  private static let passingChance = 0.5

  /// The knobs; a change acts on the next beat.
  public var settings: AccompanistSettings

  private var generator: SeededGenerator
  private var scale: Scale?
  private var pattern: PatternScale?
  /// The notes of the scale or the pattern.
  private var notes: HarmonyNotes?
  private var chords: [ScaleChord] = []
  private var heard = HeardPitchClasses()
  private var memory = HarmonyMemory()
  private var expected: [Double] = []
  private var beat: Double?
  private var phase = 0.0
  private var barLine: Double?
  private var clock = -Double.infinity
  private var lastActivity: Double?
  private var lastOnset = -Double.infinity
  /// The first note since the player was silent.
  private var firstOnset = 0.0

  private var sounding = AccompanimentNotes()
  private var chord: ScaleChord?
  private var voicing: [Int] = []
  private var bassPitch: Int?
  /// The place in the bar of the beat that was played last; nil while silent.
  private var position: Int?
  /// The time of the beat that was played last. It outlives a silence: a beat that was played ahead of its time and
  /// then silenced is not played again.
  private var lastBeat = -Double.infinity

  /// An accompanist that has heard nothing.
  public init(settings: AccompanistSettings = AccompanistSettings(), seed: UInt64 = 0) {
    self.settings = settings
    generator = SeededGenerator(seed: seed)
  }

  /// The player pressed a key. Values outside MIDI's ranges are not heard; velocity 0 is a release.
  public func noteOn(pitch: Int, velocity: Int, at time: Double) {
    guard (0..<128).contains(pitch), (0...127).contains(velocity) else { return }
    guard velocity > 0 else { return noteOff(pitch: pitch, at: time) }
    let time = tick(time)
    if !isPlaying(at: time) { firstOnset = time }
    heard.noteOn(pitch: pitch, velocity: velocity, at: time)
    lastActivity = time
    lastOnset = time
  }

  /// The player let a key go.
  public func noteOff(pitch: Int, at time: Double) {
    guard (0..<128).contains(pitch) else { return }
    let time = tick(time)
    // A key that was held beyond all patience does not begin anything when it is let go at last.
    let wasPlaying = isPlaying(at: time)
    heard.noteOff(pitch: pitch, at: time)
    if wasPlaying { lastActivity = time }
  }

  /// All keys are up, as when a keyboard is unplugged.
  public func releaseAll(at time: Double) { heard.releaseAll(at: tick(time)) }

  /// Tells the scale, or nil when none is known: then there is silence from the next `advance` on.
  public func setScale(_ scale: Scale?) {
    guard scale != self.scale || pattern != nil else { return }
    (self.scale, pattern) = (scale, nil)
    use(scale.map { HarmonyNotes($0) })
  }

  /// Tells a pattern to play in instead of a scale: no chord and no bass has a pitch outside it. Patterns that hold no
  /// triad are accompanied in intervals or single notes.
  public func setPattern(_ pattern: PatternScale) {
    guard pattern != self.pattern else { return }
    (scale, self.pattern) = (nil, pattern)
    use(HarmonyNotes(pattern))
  }

  private func use(_ notes: HarmonyNotes?) {
    self.notes = notes
    chords = notes?.chords() ?? []
    expected = []
  }

  /// Tells the pulse.
  /// - Parameters:
  ///   - beat: seconds a beat, 0.1...4; anything else or nil is no pulse, and there is silence.
  ///   - phase: the time of any beat.
  ///   - barLine: the time of any bar line; nil when nobody knows, then bars are counted from the player's first note.
  public func setPulse(beat: Double?, phase: Double, barLine: Double? = nil) {
    self.beat = beat.flatMap { (0.1...4).contains($0) && phase.isFinite ? $0 : nil }
    self.phase = phase.isFinite ? phase : 0
    self.barLine = barLine.flatMap { $0.isFinite ? $0 : nil }
    if let beat = self.beat { heard.fading = Self.fading * beat }
  }

  /// Tells how probable each of the 128 pitches is next (`NotePredictor.pitches`); acts until the next call.
  public func expect(_ pitches: UnsafeBufferPointer<Float>) {
    var sums = [Double](repeating: 0, count: 12)
    for (pitch, probability) in pitches.enumerated() where probability.isFinite && probability > 0 {
      sums[pitch % 12] += Double(probability)
    }
    let sum = sums.reduce(0, +)
    expected = sum > 0 ? sums.map { $0 / sum } : []
  }

  /// The time at which `advance` must next be called, or nil when nothing is to come.
  public var nextDeadline: Double? {
    var times: [Double] = []
    if let end = sounding.nextEnd { times.append(end - Self.lookahead) }
    if !sounding.isEmpty, stopTime.isFinite { times.append(stopTime - Self.lookahead) }
    if isReady, let next = nextBeat(from: clock), isPlaying(at: next) { times.append(next - Self.lookahead) }
    return times.min()
  }

  /// Emits everything due before `time` plus `lookahead`, in order of time.
  public func advance(to time: Double, _ emit: (AnswerEvent) -> Void) {
    let now = tick(time)
    // A little more than the lookahead, so that the rounding of `nextDeadline` cannot make a beat late.
    let horizon = now + Self.lookahead + 1e-6
    guard isReady else { return silence(at: now, emit) }
    while let next = nextBeat(from: now), next <= horizon {
      if !isPlaying(at: next) { break }
      sounding.finishDue(by: next, emit)
      play(at: next, emit)
    }
    sounding.finishDue(by: min(horizon, max(now, stopTime)), emit)
    if stopTime <= horizon { silence(at: max(now, stopTime), emit) }
  }

  /// Ends everything that sounds at `time`; with the player's next note it begins anew.
  public func stop(at time: Double, _ emit: (AnswerEvent) -> Void) {
    silence(at: tick(time), emit)
    lastActivity = nil
    lastOnset = -.infinity
  }

  private var isReady: Bool { notes != nil && beat != nil && !chords.isEmpty && settings.velocity > 0 }

  /// When the player counts as having stopped if nothing more comes; infinite while nothing was played.
  private var stopTime: Double {
    guard let beat, let lastActivity else { return .infinity }
    return heard.heldCount > 0 ? lastOnset + Self.patience * beat : lastActivity + beat
  }

  private func isPlaying(at time: Double) -> Bool { lastActivity != nil && time < stopTime }

  /// The time as it is used: never before an earlier one. A time that is no number is the last one.
  private func tick(_ time: Double) -> Double {
    if time.isFinite, time > clock { clock = time }
    if !clock.isFinite { clock = 0 }
    return clock
  }

  /// The first beat from `time` on that was not played, at least half a beat after the one that was.
  private func nextBeat(from time: Double) -> Double? {
    guard let beat, time.isFinite else { return nil }
    let earliest = max(time, lastBeat + beat / 2)
    let next = phase + ((earliest - phase) / beat).rounded(.up) * beat
    // Against a bar line that is too far away a beat gets lost in the rounding: the same one would come for ever.
    return next >= lastBeat + beat / 4 ? next : nil
  }

  private func silence(at time: Double, _ emit: (AnswerEvent) -> Void) {
    sounding.finish(at: time, emit)
    chord = nil
    voicing = []
    bassPitch = nil
    position = nil
  }
}

// What happens on a beat.
extension Accompanist {
  private func play(at time: Double, _ emit: (AnswerEvent) -> Void) {
    guard let beat, let notes else { return }
    let beats = min(max(settings.beatsPerBar, 1), 16)
    if barLine == nil, let position {
      self.position = (position + 1) % beats
    } else {
      let place = ((time - (barLine ?? firstOnset)) / beat).rounded().truncatingRemainder(dividingBy: Double(beats))
      position = Int(place < 0 ? place + Double(beats) : place)
    }
    heard.advance(to: time)
    remember(time, beat: beat)
    lastBeat = time
    let choice = ChordChoice(
      tonic: notes.tonic, heard: evidence(beatsLeft: beats - (position ?? 0)), expected: expected)
    let isNew = choose(choice, notes)
    if isNew { playChord(at: time, emit) }
    playBass(at: time, beat: beat, beats: beats, isNew: isNew, choice, notes, emit)
  }

  /// Enters the beat that ends at `time`, and silent ones after a rest.
  private func remember(_ time: Double, beat: Double) {
    let passed = ((time - lastBeat) / beat).rounded()
    if passed > Self.longestRest { memory.reset() } else { memory.process(heard.beatWeights) }
    for _ in stride(from: 1, to: min(passed, Self.longestRest), by: 1) {
      memory.process([Double](repeating: 0, count: 12))
    }
    heard.beginBeat()
  }

  /// What the chord is to fit: what was heard, and what comes if the music repeats.
  private func evidence(beatsLeft: Int) -> [Double] {
    guard let next = memory.expectation(of: beatsLeft) else { return heard.weights }
    let share = Self.repetitionShare * next.trust
    let sum = max(heard.weights.reduce(0, +), 1e-9)
    return zip(heard.weights, next.weights).map { (1 - share) * $0 / sum + share * $1 }
  }

  /// Chooses the chord of this beat.
  /// - Returns: whether it is to be struck.
  private func choose(_ choice: ChordChoice, _ notes: HarmonyNotes) -> Bool {
    var best: (chord: ScaleChord, voicing: [Int], score: Double)?
    for candidate in chords {
      let pitches = Voicing.voicing(of: candidate, in: notes.pitches, after: voicing, below: heard.lowest)
      let movement = voicing.isEmpty ? 0 : Voicing.movement(from: voicing, to: pitches)
      // A little chance decides between chords that are as good as each other.
      let score = choice.score(candidate, after: chord, movement: movement) + 0.01 * generator.uniform()
      if !pitches.isEmpty, score > best?.score ?? -.infinity { best = (candidate, pitches, score) }
    }
    guard let best else { return false }
    if let chord, chords.contains(chord), voicing.allSatisfy(notes.pitches.contains) {
      let isBarLine = position == 0
      let isBetter = best.chord != chord && best.score > choice.score(chord, after: chord, movement: 0)
      let isMuchBetter = choice.fit(best.chord) > choice.fit(chord) + Self.changeMargin
      guard isBarLine || (isBetter && isMuchBetter) else { return false }
    }
    chord = best.chord
    voicing = best.voicing
    return true
  }

  private func playChord(at time: Double, _ emit: (AnswerEvent) -> Void) {
    sounding.finish(at: time, emit) { channel, _ in channel == Self.chordChannel }
    guard settings.chords else { return }
    for pitch in voicing {
      sounding.begin(
        channel: Self.chordChannel, pitch: pitch, velocity: velocity(0.75), at: time, end: .infinity, emit)
    }
  }

  private func playBass(
    at time: Double, beat: Double, beats: Int, isNew: Bool, _ choice: ChordChoice, _ notes: HarmonyNotes,
    _ emit: (AnswerEvent) -> Void
  ) {
    guard settings.bass, let chord else { return }
    var pitch: Int?
    var length = 0.9
    if isNew || position == 0 {
      pitch = BassLine.pitch(of: chord.root, in: notes.pitches, near: bassPitch)
      length = beats > 2 ? 1.8 : 0.9
    } else if beats > 2, position == beats / 2 {
      pitch = BassLine.pitch(of: (chord.root + chord.fifth) % 12, in: notes.pitches, near: bassPitch)
    } else if position == beats - 1, let last = bassPitch, generator.uniform() < Self.passingChance,
      let next = choice.continuation(of: chord, among: chords),
      let goal = BassLine.pitch(of: next.root, in: notes.pitches, near: last)
    {
      pitch = BassLine.approach(to: goal, from: last, in: notes.pitches)
    }
    guard let pitch else { return }
    sounding.finish(at: time, emit) { channel, _ in channel == Self.bassChannel }
    sounding.begin(
      channel: Self.bassChannel, pitch: pitch, velocity: velocity(0.9), at: time, end: time + length * beat, emit)
    bassPitch = pitch
  }

  private func velocity(_ share: Double) -> Int {
    let loudness = settings.velocity.isFinite ? min(settings.velocity, 2) : 1
    return min(max(Int(((heard.velocity ?? 64) * share * loudness).rounded()), 1), 127)
  }
}
