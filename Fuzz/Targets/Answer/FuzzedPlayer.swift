// A player at the keys who does what the input says.

import FuzzSupport
import Improviser
import MIDI
import Music

/// Plays to an improviser on a clock of its own and looks over what comes back.
struct FuzzedPlayer {
  /// What an input may do at most.
  private static let mostActions = 256
  /// Turns of the clock that are enough for all that an input can ask for.
  private static let mostTurns = 200_000
  /// Seconds after the last action in which everything has ended: 16 bars of 32 beats of 4 s, and a bar's wait.
  private static let longest = 2400.0

  private let improviser: Improviser
  private var ledger = AnswerLedger()
  private var now = 0.0
  private var turns = 0

  init(_ prediction: any NotePrediction, _ source: inout ByteSource) {
    var settings = AnswerSettings()
    change(&settings, &source)
    improviser = Improviser(prediction: prediction, settings: settings, seed: UInt64(source.byte()))
    obey()
  }

  /// Does all that the input says, then lets the improviser finish.
  mutating func play(_ source: inout ByteSource) {
    var actions = 0
    while !source.isAtEnd, actions < Self.mostActions {
      actions += 1
      act(&source)
      advance()
    }
    let end = now + Self.longest
    while let deadline = improviser.nextDeadline {
      FuzzInput.check(deadline <= end, "everything ends; at \(now) something is to come at \(deadline)")
      now = max(now, deadline)
      advance()
    }
    ledger.finish()
  }

  private mutating func act(_ source: inout ByteSource) {
    switch source.byte() {
    case 0..<90: press(&source)
    case 90..<140: wait(source.seconds())
    case 140..<150:
      improviser.hear(.controlChange(channel: 0, controller: 64, value: Int(source.byte() & 127)), at: now)
    case 150..<165: hearBytes(&source)
    case 165..<180:
      change(&improviser.settings, &source)
      obey()
    case 180..<190:
      let confidence = Float(bitPattern: (0..<4).reduce(0) { bits, _ in bits << 8 | UInt32(source.byte()) })
      improviser.setScale(
        source.byte() & 3 == 0 ? nil : DetectedScale(scale: scale(&source), confidence: confidence))
    case 190..<200:
      let beat = source.byte() & 1 == 0 ? source.seconds() / 20 : source.anyDouble()
      let barLine = source.byte() & 1 == 0 ? source.seconds() : source.anyDouble()
      improviser.setTempo(beatSeconds: beat, barLine: barLine, beatsPerBar: Int(source.byte()) - 8)
    case 200..<205: improviser.setTempo(beatSeconds: nil)
    case 205..<220: improviser.handOver(at: now)
    case 220..<228: improviser.releaseAll(at: now)
    case 228..<232: improviser.forgetPlayer()
    case 232..<240:
      // Clocks that go back or are none; one that leaps ahead is below.
      let times = [.nan, .infinity, -.infinity, now - source.seconds()]
      improviser.hear(.noteOn(channel: 0, pitch: 60, velocity: 64), at: times[source.number(below: 4)])
    // As after the computer was asleep: the clock leaps and nobody asked in between.
    case 240..<246: now += Double(source.byte()) * 3600
    default: wait(source.seconds() / 50)
    }
  }

  /// A key goes down and, usually, up again.
  private mutating func press(_ source: inout ByteSource) {
    let shape = source.byte()
    let channel = shape & 0xC0 == 0xC0 ? Int(shape & 15) : 0
    let (pitch, velocity) = (Int(source.byte() & 127), Int(source.byte() & 127))
    improviser.hear(.noteOn(channel: channel, pitch: pitch, velocity: velocity), at: now)
    advance()
    if shape & 16 != 0 { wait(source.seconds() / 20) }
    if shape & 32 == 0 { improviser.hear(.noteOff(channel: channel, pitch: pitch, velocity: 64), at: now) }
  }

  private func hearBytes(_ source: inout ByteSource) {
    var parser = MIDIParser()
    for message in parser.parse((0..<3).map { _ in source.byte() }) { improviser.hear(message, at: now) }
  }

  /// The scale that answers must keep to from now on.
  private mutating func obey() {
    ledger.locked = if case .lock(let scale) = improviser.settings.scaleRule { scale } else { nil }
  }

  private mutating func wait(_ seconds: Double) {
    let end = now + seconds
    while let deadline = improviser.nextDeadline, deadline <= end {
      now = max(now, deadline)
      advance()
    }
    now = end
    advance()
  }

  private mutating func advance() {
    turns += 1
    FuzzInput.check(turns <= Self.mostTurns, "the improviser asks for a bounded number of turns")
    improviser.advance(to: now) { ledger.take($0) }
  }
}
