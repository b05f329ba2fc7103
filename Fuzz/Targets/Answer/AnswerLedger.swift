// Looks over what the improviser says.

import FuzzSupport
import Improviser
import Music

/// Checks every event as it comes, and at the end that nothing still sounds.
struct AnswerLedger {
  /// No answer and no accompaniment of an input may have more notes.
  private static let mostNotes = 100_000

  /// The scale outside which nothing may begin; nil where none is locked.
  var locked: Scale?
  private var open: [Int: Double] = [:]
  private var notes = 0
  private var isAnswering = false

  /// Takes in an event.
  mutating func take(_ event: AnswerEvent) {
    FuzzInput.check(event.time.isFinite, "the time of \(event) is a time")
    switch event {
    case .noteOn(let channel, let pitch, let velocity, let time):
      FuzzInput.check((0...127).contains(pitch) && (1...127).contains(velocity), "\(event) is in range")
      FuzzInput.check((0...2).contains(channel), "\(event) is on a channel of its own")
      if let locked {
        FuzzInput.check(locked.contains(PitchClass(wrapping: pitch)), "\(event) is in \(locked)")
      }
      FuzzInput.check(channel > 0 || isAnswering, "\(event) comes within an answer")
      let before = open.updateValue(time, forKey: channel * 128 + pitch)
      FuzzInput.check(before == nil, "\(event) had ended before it began again")
      notes += 1
      FuzzInput.check(notes <= Self.mostNotes, "an input has a bounded answer")
    case .noteOff(let channel, let pitch, let time):
      let onset = open.removeValue(forKey: channel * 128 + pitch)
      FuzzInput.check(onset != nil, "\(event) ends a note that began")
      FuzzInput.check(time >= onset ?? 0, "\(event) comes after its beginning")
    case .program(let channel, let program, _):
      FuzzInput.check((0...2).contains(channel) && (0...127).contains(program), "\(event) is in range")
    case .began:
      FuzzInput.check(!isAnswering, "an answer ends before the next begins")
      isAnswering = true
    case .ended:
      FuzzInput.check(isAnswering, "what ends has begun")
      isAnswering = false
    case .silence:
      break
    }
  }

  /// Call when nothing more is to come.
  func finish() {
    FuzzInput.check(open.isEmpty, "every note has ended")
    FuzzInput.check(!isAnswering, "every answer has ended")
  }
}
