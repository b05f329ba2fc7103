// Drives the accompanist from what the improviser hears.

import MIDI
import Music

/// The accompanist with what it needs to know, while the mode is "accompany".
struct Accompaniment {
  /// General MIDI programs of the chords (slow strings) and of the bass (acoustic bass).
  private static let programs = [
    (channel: Accompanist.chordChannel, program: 49), (channel: Accompanist.bassChannel, program: 32),
  ]

  private let accompanist: Accompanist
  private var isOn = false
  private var follower = BeatFollower()

  /// An accompaniment that has heard nothing.
  init(seed: UInt64) {
    accompanist = Accompanist(seed: seed)
  }

  /// The time at which `advance` must next be called, or nil when nothing is to come.
  var nextDeadline: Double? { isOn ? accompanist.nextDeadline : nil }

  /// A key went down.
  mutating func press(pitch: Int, velocity: Int, at time: Double) {
    follower.hear(onset: time)
    accompanist.noteOn(pitch: pitch, velocity: velocity, at: time)
  }

  /// A key went up.
  func release(pitch: Int, at time: Double) { accompanist.noteOff(pitch: pitch, at: time) }

  /// Every key went up.
  func releaseAll(at time: Double) { accompanist.releaseAll(at: time) }

  /// Tells how probable each pitch is next.
  func expect(_ pitches: UnsafeBufferPointer<Float>) { accompanist.expect(pitches) }

  /// Emits what is due, with the settings and the pulse as they are.
  mutating func advance(
    to time: Double, settings: AnswerSettings, pattern: PatternScale?, detected: DetectedScale?, pulse: Pulse,
    tempo: KnownTempo?, _ emit: (AnswerEvent) -> Void
  ) {
    guard settings.mode == .accompany else {
      if isOn { accompanist.stop(at: time, emit) }
      isOn = false
      follower.reset()
      return
    }
    if !isOn {
      for (channel, program) in Self.programs { emit(.program(channel: channel, program: program, at: time)) }
    }
    isOn = true
    accompanist.settings.velocity = settings.velocity
    if let pattern {
      accompanist.setPattern(pattern)
    } else if case .lock(let scale) = settings.scaleRule {
      accompanist.setScale(scale)
    } else {
      accompanist.setScale(detected?.scale)
    }
    if let tempo {
      accompanist.settings.beatsPerBar = tempo.beatsPerBar
      accompanist.setPulse(beat: tempo.beat, phase: tempo.barLine, barLine: tempo.barLine)
    } else {
      accompanist.settings.beatsPerBar = 4
      if let phase = pulse.beatTime {
        follower.process(beat: pulse.beat, phase: phase, at: time)
      } else {
        follower.reset()
      }
      accompanist.setPulse(beat: follower.beat, phase: follower.phase)
    }
    accompanist.advance(to: time, emit)
  }
}
