// Hears the player and answers: phrase capture, prediction, sampling and the plan of the answer.

public import MIDI
public import Music

/// The dialogue with one player. It does no input or output: messages and times come in, events go out.
///
/// Times are seconds on one monotonic axis that the caller chooses. After each call of another method, after a change
/// of the settings and whenever `nextDeadline` is reached, call `advance`. The same inputs, times and seed give the
/// same answers. One thread only.
public final class Improviser {
  /// Seconds by which events are sent ahead of their time.
  public static let lookahead = 0.02
  /// Seconds of quiet after which what follows is a new piece.
  private static let pieceGap = 20.0
  /// Seconds without a move of any key or pedal after which those that are down count as let go: the player waits, or
  /// a note-off was lost on the way.
  private static let patience = 8.0
  /// The share of the gap after which the phrase is prepared for the answer; a player who goes on does so before.
  private static let preparation = 0.4
  /// The channel of the drums, counted from 0.
  private static let drums = 9

  /// The knobs; a change acts on the next note.
  public var settings: AnswerSettings {
    didSet {
      prediction.memoryShare = settings.memory
      if settings.scaleRule != oldValue.scaleRule || settings.morph != oldValue.morph { choosePattern() }
    }
  }
  /// The pattern that answers play in now, of a morph the one at its place; nil while the rule names none.
  public private(set) var pattern: PatternScale?

  private let prediction: any NotePrediction
  private let morph: PatternMorph?
  /// What `pattern` lets through.
  private var patternWeights: ScaleWeights?
  private var generator: SeededGenerator
  private var capture = PhraseCapture()
  private var gap = PhraseGap()
  private var pulse = Pulse()
  private var feed: PhraseFeed?
  private var isPrepared = false
  private var handOverTime: Double?
  private var detected: DetectedScale?
  private var tempo: KnownTempo?
  private var answer: AnswerPlayer?
  private var answerStart = 0.0
  /// An answer that the player broke off, until `advance` has said so.
  private var broken: (answer: AnswerPlayer, time: Double)?
  /// The last onset before the present phrase, the player's or the answer's.
  private var onsetBefore: Double?
  private var lastHeard: Double?
  /// The phrase that is answered, to which the player may still add until the answer's first note sounds.
  private var answered: (capture: PhraseCapture, feed: PhraseFeed?, onsetBefore: Double?)?
  private var clock = -Double.infinity
  private var program: Int?
  private var accompaniment: Accompaniment

  /// An improviser that draws from `prediction`.
  ///
  /// - Parameter thesaurus: what the rule "morph" needs; shared. Without it a morph is its first pattern below the
  ///   middle and its second from there on.
  public init(
    prediction: any NotePrediction, settings: AnswerSettings = AnswerSettings(), seed: UInt64 = 0,
    thesaurus: ThesaurusModel? = nil
  ) {
    self.prediction = prediction
    self.settings = settings
    morph = thesaurus.map { PatternMorph(model: $0) }
    generator = SeededGenerator(seed: seed)
    accompaniment = Accompaniment(seed: seed)
    prediction.memoryShare = settings.memory
    choosePattern()
  }

  /// The beat of the player in seconds, as it is known or estimated.
  public var beat: Double { tempo?.beat ?? pulse.beat }

  /// The seconds of silence that end a phrase at present.
  public var gapSeconds: Double { gap.seconds }

  /// Whether an answer is under way.
  public var isAnswering: Bool { answer != nil }

  /// The time at which `advance` must next be called, or nil when nothing is to come.
  public var nextDeadline: Double? {
    if let broken { return broken.time }
    if let answer { return settings.mode == .answer ? answer.nextTime.map { $0 - Self.lookahead } : clock }
    guard let end = phraseEnd else { return accompaniment.nextDeadline }
    let next = min(end - Self.lookahead, isPrepared ? .infinity : preparationTime)
    return min(next, accompaniment.nextDeadline ?? .infinity)
  }

  /// Takes in what the player does. Channel 10, the drums, is not heard: a rhythm alone has no answer in notes.
  public func hear(_ message: MIDIMessage, at time: Double) {
    let time = tick(time)
    switch message {
    case .noteOn(let channel, let pitch, let velocity):
      guard Self.isHeard(channel), (0...127).contains(pitch) else { return }
      guard velocity > 0 else { return hear(.noteOff(channel: channel, pitch: pitch, velocity: 64), at: time) }
      press(channel: channel, pitch: pitch, velocity: min(velocity, 127), at: time)
    case .noteOff(let channel, let pitch, _):
      guard Self.isHeard(channel), (0...127).contains(pitch) else { return }
      capture.release(channel: channel, pitch: pitch, at: time)
      accompaniment.release(pitch: pitch, at: time)
    case .controlChange(let channel, let controller, let value):
      guard Self.isHeard(channel) else { return }
      switch controller {
      case 64: capture.setPedal(value >= 64, channel: channel, at: time)
      // All sound off, reset of the controllers, all notes off and the mode messages that imply it.
      case 120, 121, 123...127:
        capture.releaseAll(channel: channel, at: time)
        accompaniment.releaseAll(at: time)
      default: return
      }
    default: return
    }
    isPrepared = false
    feedPhrase(now: time)
  }

  /// Lets go of every key and pedal, for a keyboard that was unplugged or whose messages were lost.
  public func releaseAll(at time: Double) {
    capture.releaseAll(at: tick(time))
    accompaniment.releaseAll(at: clock)
    isPrepared = false
  }

  /// Ends the phrase at once, as by a controller or pedal: the answer begins at `time`, or on the next bar line when
  /// bars are counted. Without a phrase it does nothing.
  public func handOver(at time: Double) {
    guard capture.hasNotes, answer == nil else { return }
    handOverTime = tick(time)
    capture.releaseAll(at: clock)
    isPrepared = false
  }

  /// Tells the scale that is heard, or nil when none is.
  public func setScale(_ scale: DetectedScale?) { detected = scale }

  /// Tells the tempo of a MIDI clock or transport, or nil when there is none.
  ///
  /// - Parameters:
  ///   - beatSeconds: 0.1...4; anything else counts as none.
  ///   - barLine: The time of any bar line.
  public func setTempo(beatSeconds: Double?, barLine: Double = 0, beatsPerBar: Int = 4) {
    tempo = KnownTempo(beat: beatSeconds, beatsPerBar: beatsPerBar, barLine: barLine)
    if let tempo { answer?.setBeat(tempo.beat) }
  }

  /// Forgets what was learned of the player and where in a piece the dialogue is.
  public func forgetPlayer() {
    prediction.forgetPlayer()
    prediction.beginPiece()
    gap = PhraseGap()
    pulse = Pulse()
    feed = nil
    onsetBefore = nil
  }

  /// Emits, in order, everything due before `time` plus `lookahead`.
  public func advance(to time: Double, _ emit: (AnswerEvent) -> Void) {
    let now = tick(time)
    if let (answer, time) = broken {
      broken = nil
      var answer = answer
      answer.silence(at: time, emit)
    }
    if answer != nil, settings.mode != .answer {
      answer?.silence(at: now, emit)
      endAnswer()
    }
    accompaniment.advance(
      to: now, settings: settings, pattern: pattern, detected: detected, pulse: pulse, tempo: tempo, emit)
    if let end = phraseEnd, answer == nil {
      if !isPrepared, now >= min(preparationTime, end - Self.lookahead) { prepare(end: end) }
      if now + Self.lookahead >= end { endPhrase(at: max(end, now)) }
    }
    guard answer != nil else { return }
    if program != settings.program {
      program = settings.program
      emit(.program(channel: 0, program: settings.program, at: max(now, answerStart)))
    }
    answer?.advance(to: now + Self.lookahead, now: now, surroundings, emit)
    if answer?.isOver == true { endAnswer() }
  }
}

// What happens to the phrase.
extension Improviser {
  private static func isHeard(_ channel: Int) -> Bool { (0...15).contains(channel) && channel != drums }

  private var surroundings: AnswerPlayer.Surroundings {
    AnswerPlayer.Surroundings(
      settings: settings, scale: patternWeights ?? ScaleWeights(rule: settings.scaleRule, detected: detected),
      prediction: prediction)
  }

  /// Brings the pattern up to date with the rule and the place of a morph.
  private func choosePattern() {
    let chosen: PatternScale?
    switch settings.scaleRule {
    case .pattern(let scale): chosen = scale
    case .morph(let ends):
      let found = morph?.pattern(from: ends.start, to: ends.end, at: settings.morph)
      chosen = PatternScale(tonic: ends.tonic, pattern: found ?? (settings.morph < 0.5 ? ends.start : ends.end))
    case .follow, .lock, .off: chosen = nil
    }
    guard chosen != pattern else { return }
    pattern = chosen
    patternWeights = chosen.map { ScaleWeights(rule: .pattern($0), detected: nil) }
  }

  /// The time as it is used: never before an earlier one. A time that is no number is the last one.
  private func tick(_ time: Double) -> Double {
    if time.isFinite, time > clock { clock = time }
    if !clock.isFinite { clock = 0 }
    return clock
  }

  /// Seconds of quiet that end the present phrase.
  private var wait: Double { capture.isReleased ? gap.seconds : Self.patience }

  /// When the present phrase ends if the player does nothing more, or nil when nothing was played.
  private var phraseEnd: Double? {
    guard capture.hasNotes, answer == nil else { return nil }
    let end = handOverTime ?? (capture.quietSince + wait)
    guard settings.bars != nil, let tempo, settings.mode == .answer else { return end }
    return tempo.nextBarLine(from: end)
  }

  private var preparationTime: Double {
    handOverTime ?? (capture.quietSince + Self.preparation * wait)
  }

  private func press(channel: Int, pitch: Int, velocity: Int, at time: Double) {
    breakOff(at: time)
    if let lastHeard, time - lastHeard > Self.pieceGap, !capture.hasNotes {
      prediction.beginPiece()
      onsetBefore = nil
    }
    lastHeard = time
    handOverTime = nil
    accompaniment.press(pitch: pitch, velocity: velocity, at: time)
    let isFirst = !capture.hasNotes
    if isFirst { pulse.beginPhrase(at: time) }
    let before = capture.chordOnset
    guard capture.press(channel: channel, pitch: pitch, velocity: velocity, at: time) else { return }
    pulse.hear(onset: time)
    if isFirst {
      feed = PhraseFeed(before: onsetBefore, prediction: prediction)
    } else {
      gap.hear(interOnset: time - before)
    }
  }

  /// Ends the answer because a key went down at `time`.
  private func breakOff(at time: Double) {
    guard let answer else { return }
    if broken == nil { broken = (answer, time) }
    let phrase = answered
    endAnswer()
    guard time < answerStart, let phrase else { return }
    // The first note was on its way but not heard: the phrase goes on.
    prediction.rewind()
    (capture, feed, onsetBefore) = phrase
    feed?.resume(after: capture.chordOnset, prediction: prediction)
  }

  /// Hands the prediction what is complete, and tells the accompaniment what it expects.
  private func feedPhrase(now: Double) {
    defer {
      if settings.mode == .accompany, capture.hasNotes {
        accompaniment.expect(prediction.pitches(interval: NoteVocabulary.intervalClass(ticks: 24)))
      }
    }
    feed?.advance(capture, now: now, beat: beat, scale: surroundings.scale.condition, prediction: prediction)
  }

  /// Brings the prediction to the end of the phrase, so that the first note of the answer costs one step.
  private func prepare(end: Double) {
    isPrepared = true
    feed?.finish(capture, now: min(end, clock), beat: beat, scale: surroundings.scale.condition, prediction: prediction)
  }

  private func endPhrase(at start: Double) {
    capture.releaseAll(at: clock)
    let phrase = Phrase(capture, before: onsetBefore, now: clock, beat: beat)
    let lastOnset = capture.chordOnset
    answered = (capture, feed, onsetBefore)
    capture.begin()
    handOverTime = nil
    feed = nil
    onsetBefore = lastOnset
    guard settings.mode == .answer, let phrase else { return }
    prediction.mark()
    let bars = settings.bars.flatMap { bars in tempo.map { bars * $0.beatsPerBar * 24 } }
    answer = AnswerPlayer(
      phrase, start: start, silence: PhraseWriter.ticks(start - lastOnset, beat: beat), beat: beat,
      phase: bars == nil ? phrase.phase : 0, fixedTicks: bars, seed: generator.next(), surroundings)
    answerStart = start
  }

  private func endAnswer() {
    onsetBefore = answer?.lastOnset ?? onsetBefore
    lastHeard = clock
    answer = nil
    answered = nil
  }
}
