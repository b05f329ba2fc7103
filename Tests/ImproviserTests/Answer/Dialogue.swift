// A player, an improviser and a virtual clock for tests.

import MIDI

@testable import Improviser

/// Plays keys to an improviser and collects what it says.
struct Dialogue {
  let improviser: Improviser
  private(set) var events: [AnswerEvent] = []
  private(set) var now = 0.0

  init(_ prediction: FakePrediction, settings: AnswerSettings = AnswerSettings(), seed: UInt64 = 1) {
    improviser = Improviser(prediction: prediction, settings: settings, seed: seed)
  }

  /// Lets time pass, calling `advance` at every deadline.
  mutating func wait(until time: Double) {
    var list: [AnswerEvent] = []
    while let deadline = improviser.nextDeadline, deadline <= time {
      now = max(deadline, now)
      improviser.advance(to: now) { list.append($0) }
    }
    now = max(now, time)
    improviser.advance(to: now) { list.append($0) }
    events += list
  }

  mutating func send(_ message: MIDIMessage, at time: Double) {
    wait(until: time)
    improviser.hear(message, at: time)
    wait(until: time)
  }

  /// Plays a note of `duration` seconds; times must not go back.
  mutating func play(_ pitch: Int, at time: Double, for duration: Double, velocity: Int = 80, channel: Int = 0) {
    send(.noteOn(channel: channel, pitch: pitch, velocity: velocity), at: time)
    send(.noteOff(channel: channel, pitch: pitch, velocity: 0), at: time + duration)
  }

  /// Plays a melody in even notes from the present on.
  mutating func melody(_ pitches: [Int], step: Double = 0.25, velocity: Int = 80) {
    let start = now
    for (index, pitch) in pitches.enumerated() {
      play(pitch, at: start + Double(index) * step, for: step * 0.9, velocity: velocity)
    }
  }

  /// Lets the answer come to its end.
  mutating func finish() {
    var rounds = 0
    while let deadline = improviser.nextDeadline, rounds < 100_000 {
      wait(until: max(deadline, now))
      rounds += 1
    }
  }

  /// The notes begun: pitch, velocity and time.
  var notesOn: [(pitch: Int, velocity: Int, time: Double)] {
    events.compactMap {
      if case .noteOn(_, let pitch, let velocity, let at) = $0 { (pitch, velocity, at) } else { nil }
    }
  }

  /// The times at which answers began.
  var beginnings: [Double] { events.compactMap { if case .began(_, let at) = $0 { at } else { nil } } }
  /// The times at which answers ended.
  var endings: [Double] { events.compactMap { if case .ended(let at) = $0 { at } else { nil } } }
}
